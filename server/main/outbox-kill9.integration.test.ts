// kill -9 of a process that sends, at each place between writing a message and knowing that it arrived: nothing is lost, and
// a receiver that keeps the once-only key delivers each message once.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { seeded } from '../../contracts/codec/random-rows.test-kit.ts';
import { createSystemClock } from '../kit/clock.ts';
import { keptRecords } from '../store/kept-records.test-kit.ts';

const clock = createSystemClock();
const MESSAGES = 8;
const WAIT_MS = 200_000;

/** What a gateway of the world outside is: it takes each once-only key once. */
class Receiver {
  readonly requests: string[] = [];
  readonly delivered = new Set<string>();
  /** Told of each request; false: it is never answered. */
  answers: (key: string) => boolean = () => true;
  readonly server: Server = createServer((request, response) => {
    const key = String(request.headers['idempotency-key']);
    request.resume().on('end', () => this.#take(key, response));
  });

  #take(key: string, response: ServerResponse): void {
    this.requests.push(key);
    this.delivered.add(key);
    if (this.answers(key)) response.end('{"id":"1"}');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  countOf(key: string): number {
    return this.requests.filter((one) => one === key).length;
  }
}

interface Told {
  readonly counts?: Readonly<Record<string, number>>;
  readonly sending?: string;
  readonly assigned?: number;
}

class Child {
  readonly #child: ChildProcess;
  #told: Told[] = [];
  #wake: () => void = () => undefined;

  constructor(folder: string, url: string, { assigns = 0, mode = 'send' } = {}) {
    const script = path.join(import.meta.dirname, 'outbox-child.test-kit.ts');
    this.#child = spawn(process.execPath, [script, folder, url, String(assigns), mode], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let rest = '';
    this.#child.stdout?.on('data', (part: Buffer) => {
      const lines = `${rest}${part.toString()}`.split('\n');
      rest = lines.pop() ?? '';
      this.#told.push(...lines.map((line) => JSON.parse(line) as Told));
      this.#wake();
    });
  }

  /** Resolves with the first line that fits. @throws Error where it ends before */
  async until(fits: (told: Told) => boolean): Promise<Told> {
    for (const end = clock.elapsed() + WAIT_MS; clock.elapsed() < end;) {
      const found = this.#told.find(fits);
      if (found) return found;
      if (this.#child.exitCode !== null) throw new Error(`the child ended with ${this.#child.exitCode}`);
      await Promise.race([new Promise<void>((resolve) => (this.#wake = resolve)), clock.sleep(500)]);
    }
    throw new Error(`waited in vain; the last that was told: ${JSON.stringify(this.#told.at(-1))}`);
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGKILL');
    await gone;
  }
}

let dataDir: string;
let receiver: Receiver;
const children: Child[] = [];
const start = (asked: { assigns?: number; mode?: 'send' | 'stop' } = {}): Child => {
  const child = new Child(path.join(dataDir, 'testville'), receiver.url, asked);
  children.push(child);
  return child;
};
beforeEach(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'outbox-kill9-'));
  receiver = new Receiver();
  await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  for (const child of children.splice(0)) await child.kill();
  receiver.server.closeAllConnections();
  receiver.server.close();
  rmSync(dataDir, { recursive: true });
});

/** A last life without a kill, in which all of it ends. → the once-only keys of the log */
async function finish(count: number): Promise<string[]> {
  receiver.answers = () => true;
  const child = start();
  await child.until(({ counts }) => counts?.['sent'] === count);
  await child.kill();
  const { entries, faults } = await keptRecords(dataDir, 'testville');
  expect(faults).toEqual([]);
  const keys = entries
    .filter(({ kind }) => kind === 'outbox/put')
    .map(({ body }) => String((body as { once?: string }).once));
  expect([keys.length, new Set(keys).size]).toEqual([count, count]);
  expect([...receiver.delivered].sort()).toEqual([...keys].sort());
  return keys;
}

test('killed between writing and sending: each is sent in the next life, and once', async () => {
  const child = start({ assigns: MESSAGES, mode: 'stop' });
  await child.until(({ assigned }) => assigned === MESSAGES);
  await child.until(({ counts }) => counts?.['queued'] === MESSAGES);
  await child.until(({ sending }) => sending !== undefined);
  await child.kill();
  expect(receiver.requests).toEqual([]);
  const keys = await finish(MESSAGES);
  expect(keys.map((key) => receiver.countOf(key))).toEqual(keys.map(() => 1));
}, 400_000);

test('killed between sending and the answer: sent again under the same key, and delivered once', async () => {
  const child = start({ assigns: MESSAGES });
  const heard = new Promise<void>((resolve) => {
    receiver.answers = () => {
      resolve();
      return false;
    };
  });
  await heard;
  await child.until(({ assigned }) => assigned === MESSAGES);
  await child.kill();
  const before = [...receiver.requests];
  expect(before.length).toBeGreaterThan(0);
  const keys = await finish(MESSAGES);
  expect(before.map((key) => receiver.countOf(key))).toEqual(before.map(() => 2));
  expect(keys.every((key) => receiver.countOf(key) <= 2)).toBe(true);
}, 400_000);

test('killed at random places while it is told and sends: nothing lost, nothing made twice', async () => {
  const random = seeded(20_260_715);
  const lives = 4;
  let assigned = 0;
  for (let life = 0; life < lives; life += 1) {
    receiver.answers = () => random() < 0.7;
    const child = start({ assigns: MESSAGES });
    const wanted = 1 + Math.floor(random() * MESSAGES);
    await child.until((told) => (told.assigned ?? 0) >= wanted);
    await clock.sleep(random() * 60);
    await child.kill();
  }
  const { entries } = await keptRecords(dataDir, 'testville');
  assigned = entries.filter(({ kind }) => kind === 'incident/assign').length;
  expect(assigned).toBeGreaterThanOrEqual(lives);
  await finish(assigned);
}, 400_000);
