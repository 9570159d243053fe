import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from './kit/clock.ts';
import { startMqttBroker } from './kit/mqtt-broker.ts';
import { createListLogger } from './kit/test-context.ts';

const cli = fileURLToPath(new URL('feed-cli.ts', import.meta.url));
const sample = (path: string): string => fileURLToPath(new URL(`feeds/${path}`, import.meta.url));
const cleanUp: (() => unknown)[] = [];

afterEach(async () => {
  for (const step of cleanUp.splice(0)) await step();
});

function run(...options: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...options], (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

async function serve(answer: (response: import('node:http').ServerResponse) => void): Promise<string> {
  const server = createServer((_, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('npm run feed', () => {
  it('reads a recorded file and prints what it found', async () => {
    const { code, out } = await run('jtt808', '--url', sample('jtt808/sample.bin'));
    expect(code).toBe(0);
    expect(out).toContain('车载终端');
    expect(out).toMatch(/rows +7 accepted, 0 rejected/);
    expect(out).toMatch(/1 × heartbeat/);
  });

  it('asks the stations of the default city for devices', async () => {
    const { out } = await run('outfall-hj212', '--url', sample('outfall-hj212/sample.txt'));
    expect(out).toMatch(/rows +1 accepted/);
  });

  it('reads a recording as of the time it was made', async () => {
    const recording = ['warning-cap', '--url', sample('warning-cap/sample.xml')];
    const late = await run(...recording);
    expect(late.out).toContain('1 × expired before it was read');
    const { code, out } = await run(...recording, '--at', '2026-07-16T15:00:00+08:00');
    expect(out).toMatch(/rows +[1-9]\d* accepted/);
    expect(code).toBe(0);
  });

  it('explains itself', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out).toContain('--url');
  });

  it('speaks JSON', async () => {
    const { code, out } = await run('noise', '--url', sample('noise/sample.json'), '--json');
    expect(code).toBe(0);
    const report = JSON.parse(out) as { accepted: number; layers: unknown; lagS: { median: number } };
    expect(report).toMatchObject({ accepted: 3, rejected: 0, layers: { 'noise-station': 3 } });
    expect(report.lagS.median).toBeTypeOf('number');
  });

  it('listens to a stream for a while', async () => {
    const base = await serve((response) =>
      response.writeHead(200).write('event: remove\ndata: {"id":"e1"}\n\n'),
    );
    const { code, out } = await run('road-event', '--url', base, '--for', '1');
    expect(code).toBe(0);
    expect(out).toContain('1 removed');
  });

  it('names rejects with their raw bytes, and fails when nothing was read', async () => {
    const base = await serve((response) => response.end('{"items":[{"id":1}]}'));
    const { code, out } = await run('noise', '--url', base);
    expect(code).toBe(1);
    expect(out).toContain('record/shape');
    expect(out).toContain('{"id":1}');
  });

  it.each([
    [['noise', '--url', '/no/such/file'], 1, 'no such file'],
    [['noise', '--url', 'http://127.0.0.1:9/'], 1, 'feed/unreachable'],
    [['noise', '--url', 'mqtt://127.0.0.1:9', '--for', '1'], 1, 'name the topic'],
    [['nonsense', '--url', 'x'], 2, 'there is no feed "nonsense"'],
    [['noise'], 2, 'Usage'],
    [['noise', '--what'], 2, 'Usage'],
    [['noise', '--url', 'x', '--city', 'atlantis'], 2, 'atlantis'],
    [['noise', '--url', 'x', '--at', 'noon'], 2, '--at noon'],
  ])('%j exits with %d: %s', async (options, code, words) => {
    const result = await run(...options);
    expect(result.code).toBe(code);
    expect(result.err).toContain(words);
  });

  it('says when a broker is not there', async () => {
    const clock = createSystemClock();
    const broker = await startMqttBroker({ host: '127.0.0.1', port: 0, clock, log: createListLogger([]) });
    await broker.stop();
    const { code, err } = await run(
      'rain-mqtt',
      '--url',
      `mqtt://127.0.0.1:${broker.port}/gy/#`,
      '--for',
      '1',
    );
    expect(code).toBe(1);
    expect(err).toContain('feed/unreachable');
  });
});
