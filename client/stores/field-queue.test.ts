// Whatever the network does to questions and answers, and however often the page begins anew: each entry reaches the server
// exactly once, in the order it was made.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry, FieldAnswer, FieldShelf, NewEntry } from './field-queue.ts';
import { FieldQueue } from './field-queue.ts';

class MemoryShelf implements FieldShelf {
  readonly entries = new Map<number, Entry>();
  #last = 0;
  add(entry: NewEntry): Promise<Entry> {
    const kept = { ...entry, id: (this.#last += 1) };
    this.entries.set(kept.id, kept);
    return Promise.resolve(kept);
  }
  all(): Promise<readonly Entry[]> {
    return Promise.resolve([...this.entries.values()]);
  }
  put(entry: Entry): Promise<void> {
    if (this.entries.has(entry.id)) this.entries.set(entry.id, entry);
    return Promise.resolve();
  }
  remove(id: number): Promise<void> {
    this.entries.delete(id);
    return Promise.resolve();
  }
}

const entryOf = (action: string, more: Partial<NewEntry> = {}): NewEntry => ({
  ...{ who: 'worker', world: 'live', path: '/api/tasks/7/report', about: 'task:7', name: '到场', action },
  ...{ title: { zh: '反馈', en: 'Report' }, happenedAt: 5, seen: 3, body: { text: action }, files: [] },
  ...{ refusal: null, ...more },
});
const mine = { who: 'worker', world: 'live' };

/** A server that does each action once, behind a network that loses questions and answers as it is told. */
class LossyServer {
  readonly done: string[] = [];
  readonly asked: Readonly<Record<string, unknown>>[] = [];
  seq = 3;
  readonly #fate: (turn: number) => 'through' | 'question lost' | 'answer lost';
  #turn = 0;
  constructor(fate: (turn: number) => 'through' | 'question lost' | 'answer lost' = () => 'through') {
    this.#fate = fate;
  }
  send(_path: string, body: Readonly<Record<string, unknown>>): Promise<FieldAnswer> {
    return this.#through(() => {
      this.asked.push(body);
      const action = String(body['action']);
      const isAgain = this.done.includes(action);
      if (!isAgain) {
        this.done.push(action);
        this.seq += 1;
      }
      return { status: isAgain ? 200 : 201, body: { task: { seq: this.seq } } };
    });
  }
  sendFile(blob: Blob): Promise<FieldAnswer> {
    return this.#through(() => ({ status: 201, body: { hash: `hash-${blob.size}` } }));
  }
  #through(answer: () => FieldAnswer): Promise<FieldAnswer> {
    const lost = { status: 0, body: null };
    const fate = this.#fate((this.#turn += 1));
    if (fate === 'question lost') return Promise.resolve(lost);
    const said = answer();
    return Promise.resolve(fate === 'answer lost' ? lost : said);
  }
}

test('each entry is done exactly once and in order, whatever is lost and however often the page begins anew', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('through' as const, 'question lost' as const, 'answer lost' as const), {
        minLength: 5,
        maxLength: 40,
      }),
      fc.integer({ min: 1, max: 6 }),
      async (fates, count) => {
        const shelf = new MemoryShelf();
        const server = new LossyServer((turn) => fates[turn - 1] ?? 'through');
        const actions = Array.from({ length: count }, (_, at) => `action-${at}`);
        for (const [at, action] of actions.entries())
          await shelf.add(
            entryOf(action, at % 2 ? { files: [{ kind: 'photo', blob: new Blob(['x']), hash: null }] } : {}),
          );
        // A new queue is a page that was opened again.
        while ((await new FieldQueue(shelf, server, () => undefined).send(mine)) === 'later');
        expect(server.done).toEqual(actions);
        expect(shelf.entries.size).toBe(0);
      },
    ),
    { numRuns: 200 },
  );
});

test('what follows has seen what came before it, and nothing else', async () => {
  const shelf = new MemoryShelf();
  const server = new LossyServer();
  const queue = new FieldQueue(shelf, server, () => undefined);
  await queue.add(entryOf('action-a'));
  await queue.add(entryOf('action-b', { about: 'task:8' }));
  await queue.add(entryOf('action-c'));
  expect(await queue.send(mine)).toBe('done');
  expect(server.asked.map(({ action, seen }) => [action, seen])).toEqual([
    ['action-a', 3],
    ['action-b', 3],
    ['action-c', 4],
  ]);
});

test('what is refused stays with its reason and its files, and what comes after it goes on', async () => {
  const shelf = new MemoryShelf();
  const told: number[] = [];
  const door = {
    sendFile: () => Promise.resolve({ status: 201, body: { hash: 'h' } }),
    send: (_path: string, body: Readonly<Record<string, unknown>>) =>
      Promise.resolve(
        body['action'] === 'action-a'
          ? { status: 409, body: { message: '甲 已先签收' } }
          : { status: 201, body: null },
      ),
  };
  const queue = new FieldQueue(shelf, door, (entries) => told.push(entries.length));
  const photo = { kind: 'photo' as const, blob: new Blob(['x']), hash: null };
  await queue.add(entryOf('action-a', { files: [photo] }));
  await queue.add(entryOf('action-b'));
  expect(await queue.send(mine)).toBe('done');
  const [left, ...more] = await shelf.all();
  expect([left?.refusal, left?.files[0]?.hash, more]).toEqual(['甲 已先签收', 'h', []]);
  expect(await queue.send(mine)).toBe('done');
  await queue.discard(left?.id ?? 0);
  expect(told.at(-1)).toBe(0);
});

test.each([
  [{ status: 401, body: { code: 'access/sign-in' } }],
  [{ status: 403, body: { code: 'access/must-change' } }],
  [{ status: 503, body: null }],
  [{ status: 0, body: null }],
])('%j says nothing about the entry: it waits', async (answer) => {
  const shelf = new MemoryShelf();
  const door = { sendFile: () => Promise.resolve(answer), send: () => Promise.resolve(answer) };
  const queue = new FieldQueue(shelf, door, () => undefined);
  await queue.add(entryOf('action-a'));
  expect(await queue.send(mine)).toBe('later');
  expect((await shelf.all())[0]?.refusal).toBeNull();
});

test('nobody sends what another said, nor into another world', async () => {
  const shelf = new MemoryShelf();
  const server = new LossyServer();
  const queue = new FieldQueue(shelf, server, () => undefined);
  await queue.add(entryOf('action-a', { who: 'other' }));
  await queue.add(entryOf('action-b', { world: 'drill-1' }));
  expect(await queue.send(mine)).toBe('done');
  expect([server.done, shelf.entries.size]).toEqual([[], 2]);
});
