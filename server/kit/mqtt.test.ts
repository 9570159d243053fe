import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { connect as dial, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import type { MqttClient } from 'mqtt';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSystemClock } from './clock.ts';
import { startMqttBroker } from './mqtt-broker.ts';
import type { MqttServer } from './mqtt-broker.ts';
import { connectMqttBroker } from './mqtt-client.ts';
import { topicMatches } from './mqtt.ts';
import { createListLogger, createTestContext } from './test-context.ts';

const clock = createSystemClock();
const cleanUp: (() => unknown)[] = [];

afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

describe('topicMatches', () => {
  it.each([
    ['a/b', 'a/b', true],
    ['a/+', 'a/b', true],
    ['a/+', 'a/b/c', false],
    ['a/#', 'a/b/c', true],
    ['a/#', 'a', true],
    ['#', 'a/b', true],
    ['#', '$SYS/x', false],
    ['+/x', '$SYS/x', false],
    ['a/+/c', 'a//c', true],
    ['a', 'a/b', false],
    ['a/b', 'a', false],
  ])('%s on %s: %s', (filter, topic, expected) => {
    expect(topicMatches(filter, topic)).toBe(expected);
  });
});

function logged() {
  const lines: string[] = [];
  return { lines, log: createListLogger(lines) };
}

async function publisher(
  port: number,
  options: { username?: string; password?: string } = {},
): Promise<MqttClient> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0, ...options });
  client.on('error', () => {});
  cleanUp.push(() => client.endAsync(true));
  return client;
}

function closing(client: MqttClient): Promise<void> {
  return new Promise((resolve) => client.once('close', () => resolve()));
}

async function subscribe(mqtt: MqttServer, filter: string) {
  const test = createTestContext(null, { clock });
  const seen: string[] = [];
  await mqtt.subscribe(test.context, filter, ({ topic, payload, retained }) => {
    seen.push(`${topic} ${Buffer.from(payload).toString()}${retained ? ' retained' : ''}`);
  });
  return { test, seen };
}

describe('embedded broker', () => {
  async function broker(
    options: { account?: { user: string; password: string }; maxConnections?: number } = {},
  ) {
    const { lines, log } = logged();
    const started = await startMqttBroker({ host: '127.0.0.1', port: 0, clock, log, ...options });
    cleanUp.push(() => started.stop());
    return { broker: started, lines };
  }

  it('hands device messages to the feed that subscribed, until it ends', async () => {
    const { broker: mqtt } = await broker();
    const { seen, test } = await subscribe(mqtt, 'gy/x/+/rain/+');
    const client = await publisher(mqtt.port);
    await client.publishAsync('gy/x/510802/rain/1', 'one', { qos: 1 });
    await client.publishAsync('gy/x/510802/aws/1', 'other', { qos: 1 });
    await vi.waitFor(() => expect(seen).toEqual(['gy/x/510802/rain/1 one']));
    expect(test.contacts()).toBe(1);
    test.stop();
    await client.publishAsync('gy/x/510802/rain/1', 'two', { qos: 1 });
    expect(seen).toHaveLength(1);
  });

  it('lets nobody read what devices report', async () => {
    const { broker: mqtt } = await broker();
    const client = await publisher(mqtt.port);
    await expect(client.subscribeAsync('#', { qos: 1 })).rejects.toThrow();
  });

  it('cuts off who sends more than 8 KB, before buffering it', async () => {
    const { broker: mqtt, lines } = await broker();
    const { seen } = await subscribe(mqtt, '#');
    const client = await publisher(mqtt.port);
    const closed = closing(client);
    client.publish('a/b', Buffer.alloc(8 * 1024 + 1));
    await closed;
    const raw = dial(mqtt.port, '127.0.0.1');
    raw.on('error', () => {});
    raw.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));
    raw.resume();
    await once(raw, 'close');
    expect(lines.filter((line) => line.startsWith('mqtt.too-large'))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('mqtt.packet-refused'))).toHaveLength(1);
    expect(seen).toEqual([]);
  });

  it('keeps topics under $ for itself', async () => {
    const { broker: mqtt } = await broker();
    const client = await publisher(mqtt.port);
    const closed = closing(client);
    client.publish('$SYS/fake', 'x');
    await closed;
  });

  it('asks for the account', async () => {
    const { broker: mqtt } = await broker({ account: { user: 'device', password: 'right' } });
    await publisher(mqtt.port, { username: 'device', password: 'right' });
    await expect(publisher(mqtt.port, { username: 'device', password: 'wrong' })).rejects.toThrow();
  });

  it('caps connections and names a taken port', async () => {
    const { broker: mqtt, lines } = await broker({ maxConnections: 1 });
    await publisher(mqtt.port);
    const second = dial(mqtt.port, '127.0.0.1');
    second.resume();
    await once(second, 'close');
    expect(lines).toContain('mqtt.full');
    const again = startMqttBroker({ host: '127.0.0.1', port: mqtt.port, clock, log: logged().log });
    await expect(again).rejects.toThrow(String(mqtt.port));
  });
});

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
    const { log } = logged();
    const mqtt = connectMqttBroker({ url: `mqtt://127.0.0.1:${port}`, clock, log, clientId: 'cockpit-test' });
    cleanUp.push(() => mqtt.stop());
    const { seen, test } = await subscribe(mqtt, 'gy/+/rain');
    await vi.waitFor(() => expect(test.contacts()).toBe(1), { timeout: 10_000 });
    await (await publisher(port)).publishAsync('gy/1/rain', 'one', { qos: 1 });
    await vi.waitFor(() => expect(seen).toEqual(['gy/1/rain one']));

    await stop(mosquitto);
    await vi.waitFor(() => expect(test.failures[0]?.code).toBe('feed/unreachable'), { timeout: 10_000 });
    mosquitto = await startMosquitto(port);
    const contacts = test.contacts();
    await vi.waitFor(() => expect(test.contacts()).toBeGreaterThan(contacts), { timeout: 15_000 });
    await (await publisher(port)).publishAsync('gy/2/rain', 'two', { qos: 1 });
    await vi.waitFor(() => expect(seen).toEqual(['gy/1/rain one', 'gy/2/rain two']));
    expect(test.failures).toHaveLength(1);
  }, 60_000);
});
