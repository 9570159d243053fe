// What every engine of the store must do: the same tests over SQLite and PostgreSQL.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import { createManualClock } from '../kit/clock.ts';
import { Anchors } from './anchor.ts';
import { auditStore } from './audit-store.ts';
import type { Backend } from './backend.ts';
import { toStored } from './chain.ts';
import { silent } from './silent.test-kit.ts';
import { anchorFolder, Store } from './store.ts';

/** One empty store that can be opened again and again. */
export interface Engine {
  open(): Promise<Backend>;
  openReadOnly(): Promise<Backend>;
  /** Runs statements behind the store's back. */
  damage(sql: string): Promise<void>;
}

export const START = 1_760_000_000_000;

export async function all<T>(from: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of from) found.push(one);
  return found;
}

export const newFolder = (): string => mkdtempSync(path.join(tmpdir(), 'store-'));

let now = START;
const clock = (): number => (now += 10);
const said = (at: number, kind = 'test/done') => ({ subject: '甲', kind, body: { at, note: '开闸 "一"' } });

export class Trial {
  readonly create: () => Promise<Engine>;
  readonly #opened = new Set<Store>();

  constructor(create: () => Promise<Engine>) {
    this.create = create;
  }

  async openStore(engine: Engine, folder: string): Promise<Store> {
    const backend = await engine.open();
    try {
      const store = await Store.open({ folder, backend, clock: createManualClock(START), log: silent });
      this.#opened.add(store);
      return store;
    } catch (error) {
      await backend.close();
      throw error;
    }
  }

  async close(store: Store): Promise<void> {
    this.#opened.delete(store);
    await store.close();
  }

  async closeAll(): Promise<void> {
    for (const store of this.#opened) await this.close(store);
  }

  /** A closed store of entries 1 to `count`. */
  async filled(engine: Engine, folder: string, count: number): Promise<LogEntry[]> {
    const store = await this.openStore(engine, folder);
    const log = await store.openLog('live', clock);
    const entries = await Promise.all(Array.from({ length: count }, (_, at) => log.append(said(at + 1))));
    await this.close(store);
    return entries;
  }

  async faultsOf(engine: Engine, folder: string): Promise<string[]> {
    const backend = await engine.openReadOnly();
    try {
      const { logs } = await auditStore(backend, anchorFolder(folder));
      return logs.flatMap(({ faults }) => faults.map(({ what, from, to }) => `${what} ${from}-${to}`));
    } finally {
      await backend.close();
    }
  }
}

/** `more`: suites of their own files. */
export function describeEngine(
  name: string,
  create: () => Promise<Engine>,
  ...more: readonly ((trial: Trial) => void)[]
): void {
  const trial = new Trial(create);
  afterEach(() => trial.closeAll());
  describe(name, () => {
    keepsChains(trial);
    auditsItself(trial);
    answers(trial);
    namesDamage(trial);
    minds(trial);
    takesOver(trial);
    for (const suite of more) suite(trial);
  });
}

function keepsChains(trial: Trial): void {
  test('entries chain in the order of the calls, survive, and go on', async () => {
    const [engine, folder] = [await trial.create(), newFolder()];
    const entries = await trial.filled(engine, folder, 600);
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 600 }, (_, at) => at + 1));
    const store = await trial.openStore(engine, folder);
    const log = await store.openLog('live', clock);
    expect(await all(log.read())).toEqual(entries);
    const next = await log.append(said(601));
    expect(next).toMatchObject({
      seq: 601,
      world: 'live',
      prevHash: toStored(entries[599] as LogEntry).hash,
    });
    expect(log.head).toEqual({ seq: 601, hash: toStored(next).hash });
    await trial.close(store);
    expect(await trial.faultsOf(engine, folder)).toEqual([]);
  });

  test('each world has a chain of its own', async () => {
    const [engine, folder] = [await trial.create(), newFolder()];
    const store = await trial.openStore(engine, folder);
    const live = await store.openLog('live', clock);
    const drill = await store.openLog('drill', () => 5000);
    expect(await store.openLog('live', clock)).toBe(live);
    const entries = await Promise.all([live.append(said(1)), drill.append(said(1)), live.append(said(2))]);
    expect(entries.map(({ world, seq }) => `${world} ${seq}`)).toEqual(['live 1', 'drill 1', 'live 2']);
    expect(await all(drill.read())).toEqual([entries[1]]);
    expect(entries[1].knownAt).toBe(5000);
    expect(store.report.logs).toEqual([
      { world: 'live', ...live.head },
      { world: 'drill', ...drill.head },
    ]);
    await trial.close(store);
    expect(await trial.faultsOf(engine, folder)).toEqual([]);
  });
}

function auditsItself(trial: Trial): void {
  test('a running store reads its own logs and names what was done to one, and goes on', async () => {
    const [engine, folder] = [await trial.create(), newFolder()];
    await trial.filled(engine, folder, 250);
    const store = await trial.openStore(engine, folder);
    const log = await store.openLog('live', clock);
    const [first, second] = await Promise.all([store.audit(), store.audit()]);
    expect(second).toBe(first);
    expect(first).toMatchObject({
      logs: [{ world: 'live', entries: 250, head: log.head, faults: [] }],
      faults: [],
    });
    await log.append(said(251));
    await engine.damage("UPDATE entry SET text = replace(text, '开闸', '关闸') WHERE seq = 7");
    const after = await store.audit();
    expect(after.logs).toMatchObject([
      { entries: 251, head: log.head, faults: [{ what: 'edited', from: 7 }] },
    ]);
  });
}

function answers(trial: Trial): void {
  test('is read by sequence, kind and time', async () => {
    const [engine, folder] = [await trial.create(), newFolder()];
    const store = await trial.openStore(engine, folder);
    let at = 0;
    const log = await store.openLog('live', () => (at += 1000));
    for (const kind of ['a/b', 'c/d', 'a/b', 'e/f']) await log.append(said(0, kind));
    const seqs = async (range: Parameters<typeof log.read>[0]) =>
      (await all(log.read(range))).map(({ seq }) => seq);
    expect(await seqs({ after: 1, upTo: 3 })).toEqual([2, 3]);
    expect(await seqs({ kinds: ['a/b', 'e/f'] })).toEqual([1, 3, 4]);
    expect(await seqs({ kinds: [] })).toEqual([]);
    expect(await seqs({ knownFrom: 2000, knownBefore: 4000 })).toEqual([2, 3]);
    expect(await seqs({ kinds: ['a/b'], knownFrom: 2000 })).toEqual([3]);
  });

  test('an entry that fits no schema is refused alone and leaves nothing', async () => {
    const [engine, folder] = [await trial.create(), newFolder()];
    const store = await trial.openStore(engine, folder);
    const log = await store.openLog('live', clock);
    const [first, bad, second] = await Promise.allSettled([
      log.append(said(1)),
      log.append(said(2, 'Not Allowed')),
      log.append(said(3)),
    ]);
    expect([first.status, bad.status, second.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await all(log.read())).map(({ seq }) => seq)).toEqual([1, 2]);
    expect(store.report.trouble).toBe('');
  });

  test('a snapshot of a fold is found again, and forgotten when it no longer fits the chain', async () => {
    const [engine, folder] = [await trial.create(), newFolder()];
    await trial.filled(engine, folder, 3);
    const store = await trial.openStore(engine, folder);
    const log = await store.openLog('live', clock);
    expect(await log.snapshot('sum')).toBeNull();
    await log.keepSnapshot({ fold: 'sum', seq: 2, state: { sum: 2 } });
    await log.keepSnapshot({ fold: 'sum', seq: 3, state: { sum: 3 } });
    expect(await log.snapshot('sum')).toEqual({ fold: 'sum', seq: 3, state: { sum: 3 } });
    await expect(log.keepSnapshot({ fold: 'sum', seq: 9, state: 1 })).rejects.toThrow('store/failed');
    await trial.close(store);
    await engine.damage("UPDATE fold_snapshot SET hash = 'other'");
    const again = await trial.openStore(engine, folder);
    expect(await (await again.openLog('live', clock)).snapshot('sum')).toBeNull();
  });

  test('a second writer is refused, a reader is not', async () => {
    const [engine, folder] = [await trial.create(), newFolder()];
    await trial.filled(engine, folder, 3);
    const store = await trial.openStore(engine, folder);
    await expect(engine.open()).rejects.toThrow('store/locked');
    expect(await trial.faultsOf(engine, folder)).toEqual([]);
    await trial.close(store);
    await trial.close(await trial.openStore(engine, folder));
  });
}

function namesDamage(trial: Trial): void {
  test.each([
    [
      'text edited',
      `UPDATE entry SET text = replace(text, '"at":4', '"at":7') WHERE seq = 4`,
      ['edited 4-4'],
    ],
    ['kind edited', `UPDATE entry SET kind = 'x/y' WHERE seq = 2`, ['edited 2-2']],
    ['time edited', `UPDATE entry SET known_at = known_at + 1 WHERE seq = 8`, ['edited 8-8']],
    ['removed', 'DELETE FROM entry WHERE seq IN (3, 4, 6)', ['removed 3-4', 'removed 6-6']],
    ['first removed', 'DELETE FROM entry WHERE seq = 1', ['removed 1-1']],
    ['cut off', 'DELETE FROM entry WHERE seq > 6', ['truncated 7-8']],
    ['emptied', 'DELETE FROM entry', ['truncated 1-8']],
    [
      'swapped',
      `UPDATE entry SET seq = 99 WHERE seq = 3; UPDATE entry SET seq = 3 WHERE seq = 5;
       UPDATE entry SET seq = 5 WHERE seq = 99`,
      ['reordered 3-3', 'reordered 5-5'],
    ],
  ])('what was done to it is named: %s', async (_what, sql, faults) => {
    const [engine, folder] = [await trial.create(), newFolder()];
    await trial.filled(engine, folder, 8);
    await engine.damage(sql);
    expect(await trial.faultsOf(engine, folder)).toEqual(faults);
  });
}

function minds(trial: Trial): void {
  test('an entry that was written anew with its hash is found by the next one, the last one by the head outside', async () => {
    const [engine, folder] = [await trial.create(), newFolder()];
    const entries = await trial.filled(engine, folder, 4);
    const forge = async (seq: number): Promise<void> => {
      const { text, hash } = toStored({ ...(entries[seq - 1] as LogEntry), subject: '乙' });
      await engine.damage(`UPDATE entry SET text = '${text}', hash = '${hash}' WHERE seq = ${seq}`);
    };
    await forge(2);
    expect(await trial.faultsOf(engine, folder)).toEqual(['edited 2-2']);
    await forge(4);
    expect(await trial.faultsOf(engine, folder)).toEqual(['edited 2-2', 'edited 4-4']);
  });

  test('a log that ends before its own head is not gone on with', async () => {
    const [engine, folder] = [await trial.create(), newFolder()];
    await trial.filled(engine, folder, 4);
    await engine.damage('DELETE FROM entry WHERE seq > 2');
    const store = await trial.openStore(engine, folder);
    await expect(store.openLog('live', clock)).rejects.toThrow(/ends at entry 2.* is 4.*npm run verify/);
  });

  test('without its head outside it is told that cutting off could not be seen', async () => {
    const [engine, folder] = [await trial.create(), newFolder()];
    await trial.filled(engine, folder, 4);
    rmSync(anchorFolder(folder), { recursive: true });
    expect(await trial.faultsOf(engine, folder)).toEqual(['unanchored 0-0']);
    await trial.close(await trial.openStore(engine, folder));
  });
}

function takesOver(trial: Trial): void {
  test('the log of an earlier version is taken over once, verified, and kept beside', async () => {
    const [engine, folder] = [await trial.create(), newFolder()];
    const entries = await trial.filled(await trial.create(), newFolder(), 5);
    const text = entries.map((entry) => `${toStored(entry).text}\n`).join('');
    writeFileSync(path.join(folder, 'log.jsonl'), `${text}{"body":{"torn`);
    const store = await trial.openStore(engine, folder);
    const log = await store.openLog('live', clock);
    expect(await all(log.read())).toEqual(entries);
    await log.append(said(6));
    await trial.close(store);
    expect(readFileSync(path.join(folder, 'log.taken-over.jsonl'), 'utf8')).toContain(text);
    expect(await trial.faultsOf(engine, folder)).toEqual([]);
    // As a kill leaves it between the last commit and the renaming.
    writeFileSync(path.join(folder, 'log.jsonl'), text);
    const again = await trial.openStore(engine, folder);
    expect((await again.openLog('live', clock)).head.seq).toBe(6);
  });

  test('a damaged log of an earlier version is not taken over, and its entry is named', async () => {
    const [engine, folder] = [await trial.create(), newFolder()];
    const entries = await trial.filled(await trial.create(), newFolder(), 5);
    const lines = entries.map((entry) => toStored(entry).text);
    writeFileSync(path.join(folder, 'log.jsonl'), `${[lines[0], lines[2]].join('\n')}\n`);
    await expect(trial.openStore(engine, folder)).rejects.toThrow(/log\.jsonl: entry 2: removed/);
  });

  test('heads are kept for each world', async () => {
    const [engine, folder] = [await trial.create(), newFolder()];
    await trial.filled(engine, folder, 2);
    const anchors = new Anchors(anchorFolder(folder));
    expect([anchors.worlds(), anchors.read('live')?.seq]).toEqual([['live'], 2]);
  });
}
