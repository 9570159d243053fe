// A start knows of the operations what the whole log says, and reads no more of it than came since the last snapshot.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import { createManualClock } from '../kit/clock.ts';
import { openStore } from '../store/open-store.ts';
import type { RecordLog, RecordStore } from '../store/port.ts';
import { silent } from '../store/silent.test-kit.ts';
import type { Held } from './fold.ts';
import { isActive, UNDO } from './fold.ts';
import { foldedKinds, lastWords, MOST_LISTED, OperationFold } from './operation-fold.ts';
import { OperationBook } from './operations.ts';
import type { Targets } from './port.ts';

const START = Date.UTC(2026, 6, 15, 4);
const MINUTE = 60_000;
/** Entries between two snapshots. */
const EVERY = 20;
const KEYS = ['k0', 'k1', 'k2'];

const open = new Set<RecordStore>();
afterEach(async () => {
  for (const store of open) await store.close();
  open.clear();
});

/** One of a few things said about a few things; `undo`: of so many entries before. */
const anySaid = fc.record({
  kind: fc.constantFrom('value/fill', 'sensor/silence', 'feed/disable', 'feed/enable', 'alias/split', UNDO),
  about: fc.nat(2),
  minutes: fc.integer({ min: 1, max: 90 }),
  undo: fc.integer({ min: 1, max: 8 }),
});

type Said = typeof anySaid extends fc.Arbitrary<infer T> ? T : never;

function entryOf({ kind, about, minutes, undo }: Said, at: number): LogEntry {
  const seq = at + 1;
  const knownAt = START + at * MINUTE;
  const row = { layer: 'rain-gauge', key: `k${about}` };
  const timed = kind === 'value/fill' || kind === 'sensor/silence';
  const body = {
    reason: 'x',
    ...(kind === UNDO ? { id: Math.max(1, seq - undo) } : {}),
    ...(kind === 'value/fill' ? { layer: 'rain-gauge', key: KEYS[about], column: 'rain1hMm', value: 4 } : {}),
    ...(kind === 'sensor/silence' ? row : {}),
    ...(kind.startsWith('feed/') ? { feed: `f${about}` } : {}),
    ...(kind === 'alias/split' ? { ...row, system: 's', sourceId: `${about}` } : {}),
    ...(timed ? { until: knownAt + minutes * MINUTE } : {}),
  };
  return { world: 'live', seq, subject: '甲', knownAt, prevHash: '', kind, body };
}

const active = (fold: OperationFold, now: number): Held[] =>
  [...fold.all].filter((held) => isActive(held, now));

test('what a snapshot and the entries behind it say is what all entries say', () => {
  fc.assert(
    fc.property(fc.array(anySaid, { minLength: 1, maxLength: 80 }), fc.nat(80), (said, cut) => {
      const [whole, first, then] = [new OperationFold(), new OperationFold(), new OperationFold()];
      const now = START + said.length * MINUTE;
      said.forEach((one, at) => {
        const entry = entryOf(one, at);
        whole.add(entry, entry.knownAt);
        if (at === cut) {
          expect(then.restore(JSON.parse(JSON.stringify(first.state(entry.knownAt))), first.seq)).toBe(true);
        }
        (at < cut ? first : then).add(entry, entry.knownAt);
      });
      const last = cut >= said.length ? first : then;
      expect([...last.all]).toEqual([...whole.all]);
      expect(last.seq).toBe(whole.seq);
      for (const key of KEYS) {
        const asked = {
          kind: 'value/fill',
          body: { layer: 'rain-gauge', key, column: 'rain1hMm' },
        } as const;
        expect(last.sameAs(asked, now)).toEqual(whole.sameAs(asked, now));
      }
    }),
  );
});

test('old ones that are over are forgotten; what still holds, and what a start must look at, is not', () => {
  const fold = new OperationFold();
  const add = (at: number, kind: string, more: object): void => {
    const entry = {
      world: 'live',
      seq: at + 1,
      subject: '甲',
      knownAt: START + at * 1000,
      prevHash: '',
      kind,
    };
    fold.add({ ...entry, body: { reason: 'x', ...more } }, entry.knownAt);
  };
  add(0, 'sensor/silence', { layer: 'rain-gauge', key: 'long', until: START + 90 * 86_400_000 });
  add(1, 'alias/split', { layer: 'rain-gauge', key: 'old', system: 's', sourceId: 'x' });
  add(2, 'feed/disable', { feed: 'off' });
  const many = 5 * MOST_LISTED;
  const row = { layer: 'rain-gauge', column: 'rain1hMm' };
  for (let at = 3; at < many; at += 1) {
    add(at, 'value/fill', { ...row, key: `${at % 7}`, value: at, until: START + at * 1000 + MINUTE });
  }
  const now = START + many * 1000;
  expect([...fold.all].length).toBeLessThanOrEqual(2 * MOST_LISTED + 3);
  const { held } = fold.state(now) as { held: Held[] };
  expect(held.length).toBeLessThanOrEqual(MOST_LISTED + 3);
  expect(active(fold, now).map(({ id }) => id)).toEqual(expect.arrayContaining([1, 3]));
  expect(lastWords(fold.all).map(({ body }) => body['key'])).toEqual(['old']);
  expect([...fold.all].at(-1)?.id).toBe(many);
});

/** Notes what was asked of it; knows everything. */
function newTargets(): { targets: Targets; said: string[] } {
  const said: string[] = [];
  const nothing = (): void => undefined;
  return {
    said,
    targets: {
      requireRow: nothing,
      requireFits: nothing,
      requireFeed: nothing,
      namesOf: () => [],
      ownEntity: () => '',
      silence: ({ key }, isSilent) => void said.push(`silence ${key} ${isSilent}`),
      fill: ({ key }, _column, { value }) => void said.push(`fill ${key} ${String(value)}`),
      endFill: nothing,
      rename: nothing,
      supersede: nothing,
      switchFeed: (feed, enabled) => void said.push(`feed ${feed} ${enabled}`),
    },
  };
}

/** A log that counts what is read of it. */
function counted(log: RecordLog): { log: RecordLog; read: () => number } {
  let count = 0;
  const reads = async function* (...range: Parameters<RecordLog['read']>) {
    for await (const entry of log.read(...range)) {
      count += 1;
      yield entry;
    }
  };
  const like = Object.create(log, { read: { value: reads } }) as RecordLog;
  for (const name of ['append', 'keepSnapshot', 'snapshot'] as const) {
    Object.defineProperty(like, name, { value: log[name].bind(log) });
  }
  return { log: like, read: () => count };
}

test('a start reads what came since the last snapshot, however long the log is, and after a kill too', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'operations-'));
  const clock = createManualClock(START);
  const store = await openStore({ folder, city: 'testville', url: null }, { clock, log: silent });
  open.add(store);
  const log = await store.openLog('live', () => clock.now());
  const { targets } = newTargets();
  const book = new OperationBook({ log, clock, targets, snapshotEntries: EVERY });
  await book.open();
  await book.silence('甲', { layer: 'rain-gauge', key: 'k', reason: 'x', until: START + 90 * 86_400_000 });
  await book.switchFeed('甲', { feed: 'off', enabled: false, reason: 'x' });
  for (let at = 0; at < 6 * EVERY; at += 1) {
    const key = KEYS[at % 3] ?? '';
    await book.fill('甲', {
      ...{ layer: 'rain-gauge', key, column: 'rain1hMm', value: 4 },
      reason: `${at}`,
      until: clock.now() + 30 * MINUTE,
    });
  }
  // Nobody closed the first: as after a kill.
  const again = newTargets();
  const counting = counted(log);
  const second = new OperationBook({ log: counting.log, clock, targets: again.targets });
  await second.open();
  expect(counting.read()).toBeLessThan(EVERY);
  const expected = ['silence k true', 'feed off false', ...KEYS.map((key) => `fill ${key} 4`)];
  expect(again.said.toSorted()).toEqual(expected.sort());
  expect(second.list()).toEqual(book.list().slice(0, second.list().length));
  expect(second.list('active')).toEqual(book.list('active'));
  await second.close();
  await book.close();
  const third = counted(log);
  const last = new OperationBook({ log: third.log, clock, targets });
  await last.open();
  expect([third.read(), last.list('active')]).toEqual([0, book.list('active')]);
  await last.close();
});

test('a snapshot of another version is left alone, and the log is read', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'operations-'));
  const clock = createManualClock(START);
  const store = await openStore({ folder, city: 'testville', url: null }, { clock, log: silent });
  open.add(store);
  const log = await store.openLog('live', () => clock.now());
  const entry = await log.append({ subject: '甲', kind: 'feed/disable', body: { feed: 'off', reason: 'x' } });
  await log.keepSnapshot({ fold: 'operations', seq: entry.seq, state: { version: 99, held: [] } });
  expect(foldedKinds).toContain(entry.kind);
  const { targets, said } = newTargets();
  const book = new OperationBook({ log, clock, targets });
  await book.open();
  expect(said).toEqual(['feed off false']);
  await book.close();
});
