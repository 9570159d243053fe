// A foreign broker, the real mosquitto: lost and found again.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { connect as dial, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { connectMqttBroker } from './mqtt-client.ts';
import { cleanUp, clock, publisher, subscribe } from './mqtt.test-kit.ts';
import { createListLogger } from './test-context.ts';

const MOSQUITTO = [
  '/usr/sbin/mosquitto',
  '/usr/bin/mosquitto',
  '/opt/homebrew/sbin/mosquitto',
  '/usr/local/sbin/mosquitto',
];

async function startMosquitto(port: number): Promise<ChildProcess> {
  const program = MOSQUITTO.find((path) => existsSync(path));
  if (!program)
    throw new Error(
      `mosquitto is not installed (looked at ${MOSQUITTO.join(', ')}): apt-get install mosquitto`,
    );
  const config = join(mkdtempSync(join(tmpdir(), 'mosquitto-')), 'mosquitto.conf');
  writeFileSync(config, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\n`);
  const child = spawn(program, ['-c', config], { stdio: 'ignore' });
  await vi.waitFor(
    async () => {
      const socket = dial(port, '127.0.0.1');
      try {
        await once(socket, 'connect');
      } finally {
        socket.destroy();
      }
    },
    { timeout: 10_000, interval: 50 },
  );
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function stop(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}

describe('external broker', () => {
  it('reads from mosquitto, reports its loss, and subscribes again when it is back', async () => {
    const port = await freePort();
    let mosquitto = await startMosquitto(port);
    cleanUp.push(() => stop(mosquitto));
    const mqtt = connectMqttBroker({
      url: `mqtt://127.0.0.1:${port}`,
      clock,
      log: createListLogger([]),
      clientId: 'cockpit-test',
    });
    cleanUp.push(() => mqtt.stop());
    const { seen, test } = await subscribe(mqtt, 'gy/+/rain');
    await vi.waitFor(() => expect(test.contacts()).toBe(1), { timeout: 10_000 });
    await (await publisher(port)).publishAsync('gy/1/rain', 'one', { qos: 1 });
    await expect.poll(() => seen).toEqual(['gy/1/rain one']);

    await stop(mosquitto);
    await vi.waitFor(() => expect(test.failures[0]?.code).toBe('feed/unreachable'), { timeout: 10_000 });
    mosquitto = await startMosquitto(port);
    const contacts = test.contacts();
    await vi.waitFor(() => expect(test.contacts()).toBeGreaterThan(contacts), { timeout: 15_000 });
    await (await publisher(port)).publishAsync('gy/2/rain', 'two', { qos: 1 });
    await expect.poll(() => seen).toEqual(['gy/1/rain one', 'gy/2/rain two']);
    expect(test.failures).toHaveLength(1);
  }, 60_000);
});
