// The server as a process: starts, says so in one line, stops, refuses what it cannot use.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { keptRecords } from './store/kept-records.test-kit.ts';
import { until } from './main/trial-client.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const newFolder = (): string => mkdtempSync(path.join(tmpdir(), 'process-'));
const children = new Set<ChildProcess>();

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
});

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly ended: Promise<number | null>;
}

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

function run(args: readonly string[]): { child: ChildProcess; ended: Promise<Ended>; output: () => string } {
  const ports = ['--mqtt-port', '0', '--jtt808-port', '0', '--hj212-port', '0'];
  const main = path.join(import.meta.dirname, 'main.ts');
  const child = spawn(process.execPath, [main, '--city', 'testville', ...ports, ...args], {
    env: { COCKPIT_WEBHOOK_KEY: KEY },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let output = '';
  child.stdout.on('data', (part: Buffer) => (output += part.toString()));
  child.stderr.on('data', (part: Buffer) => (output += part.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => {
      children.delete(child);
      resolve({ code, output });
    });
  });
  return { child, ended, output: () => output };
}

async function start(args: readonly string[]): Promise<Running> {
  const { child, ended, output } = run(['--port', '0', ...args]);
  const readyLine = (): string | undefined =>
    output()
      .split('\n')
      .find((line) => line.startsWith('{"ready":true'));
  let isOver = false;
  void ended.then(() => (isOver = true));
  await until(() => readyLine() !== undefined || isOver, 'the ready line', 30_000);
  const line = readyLine();
  if (line === undefined) throw new Error(`the server did not start: ${output()}`);
  const { url } = JSON.parse(line) as { url: string };
  return { child, url, ended: ended.then(({ code }) => code) };
}

test('stops on a signal: exit code 0, and the log says so', async () => {
  const dataDir = newFolder();
  const server = await start(['--data-dir', dataDir]);
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
  const { entries } = await keptRecords(dataDir, 'testville');
  expect(entries.map(({ kind }) => kind)).toEqual(['outbox/begin', 'server/start', 'server/stop']);
});

test('answers on IPv6', async () => {
  const server = await start(['--data-dir', newFolder(), '--host', '::1']);
  expect(server.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
  expect(await (await fetch(`${server.url}/health`)).json()).toMatchObject({ city: 'testville' });
});

test.each([
  [['--hots', '::1'], 2, 'did you mean --host?'],
  [['--city', 'nowhere'], 1, 'nowhere'],
  [['--port', '99999'], 2, 'port'],
])('refuses %j with one clear sentence', async (args, code, words) => {
  const { code: given, output } = await run(['--data-dir', newFolder(), ...args]).ended;
  expect([given, output.trim().split('\n').length]).toEqual([code, 1]);
  expect(output).toContain(words);
});

test('refuses settings of a feed that do not exist, by name', async () => {
  const folder = newFolder();
  const file = path.join(folder, 'settings.yaml');
  writeFileSync(file, 'feeds: { noise: { perodS: 5 } }');
  const { code, output } = await run(['--data-dir', folder, '--config', file]).ended;
  expect([code, output.trim()]).toEqual([
    2,
    'ConfigError: feeds.noise: perodS: unknown key: did you mean periodS?',
  ]);
});

test('a taken port is said in one sentence', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  const { code, output } = await run(['--data-dir', newFolder(), '--port', String(port)]).ended;
  expect(code).toBe(1);
  expect(output).toContain(`port ${port}: the port is taken`);
  taken.close();
});
