// Pages of observations put together are all of them, each once and in order, whatever is sealed between two pages.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ObservationBatch } from '../../contracts/frame.ts';
import { SchemaShelf } from '../kit/schema-shelf.ts';
import { bigLayer } from './big-layer.test-kit.ts';
import { HistoryFiles } from './history-files.ts';
import { Journal } from './journal.ts';
import type { ObservedPageAsk } from './observed-pages.ts';
import { ObservedPages } from './observed-pages.ts';
import { ObservedReader } from './observed-reader.ts';
import { OpenHours } from './open-hours.ts';
import { closedHours, sealHour } from './seal-hour.ts';
import { silentLog } from './silent-log.test-kit.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 6, 15, 4, 30);

interface Said {
  readonly key: string;
  readonly validAt: number;
  readonly knownAt: number;
  readonly revision: number;
  readonly value: number;
}

const said = fc
  .record({
    key: fc.integer({ min: 0, max: 9 }).map((id) => `k${id}`),
    knownS: fc.integer({ min: 0, max: 10_000 }),
    lateS: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 9000 })),
    revision: fc.integer({ min: 0, max: 2 }),
    value: fc.integer({ min: -500, max: 500 }),
  })
  .map(({ knownS, lateS, ...rest }): Said => {
    const knownAt = START + knownS * 1000;
    return { ...rest, knownAt, validAt: knownAt - lateS * 1000 };
  });

async function newHistory(rows: readonly Said[]) {
  const root = mkdtempSync(path.join(tmpdir(), 'pages-'));
  const files = new HistoryFiles(path.join(root, 'history'));
  const schemas = new SchemaShelf(path.join(root, 'schemas'));
  schemas.keep([bigLayer]);
  const journal = new Journal({ folder: root, world: 'live', maxBytes: 1e9, log: silentLog });
  const byTick = Map.groupBy(rows, ({ knownAt }) => knownAt);
  for (const [at, told] of [...byTick].sort(([a], [b]) => a - b)) {
    const batch = new ObservationBatch(bigLayer);
    for (const { key, validAt, revision, value } of told) {
      batch.append({ key, validAt, revision, source: 'x', values: { value } });
    }
    journal.append(bigLayer.retention, { number: at / 1000, at }, [
      batch.encode({ world: 'live', tick: at / 1000, knownAt: at }),
    ]);
  }
  await journal.flush();
  const folder = path.join(root, 'live', bigLayer.retention);
  const pages = new ObservedPages(
    new ObservedReader(files, schemas, new OpenHours(path.join(root, 'live'), schemas)),
  );
  /** Seals the oldest hour that is left; false: none is. */
  const sealOne = (): boolean => {
    const [hour] = closedHours(folder, START + 4 * HOUR);
    if (hour !== undefined) sealHour(hour, files, schemas);
    return hour !== undefined;
  };
  return { pages, sealOne, close: () => journal.close() };
}

const text = ({ key, validAt, knownAt, revision, value }: Said): string =>
  JSON.stringify([validAt, key, revision, knownAt, value]);

function readAll(pages: ObservedPages, ask: Omit<ObservedPageAsk, 'after'>, between: () => void): string[] {
  const read: string[] = [];
  let after: ObservedPageAsk['after'] = null;
  for (;;) {
    const { rows, next } = pages.page({ ...ask, after });
    expect(rows.length).toBeLessThanOrEqual(ask.limit);
    for (const { key, validAt, knownAt, revision, stores, index } of rows) {
      const value = stores.columns.get('value')?.value(index) as number;
      read.push(text({ key, validAt, knownAt, revision, value }));
    }
    if (!next) return read;
    expect(rows).toHaveLength(ask.limit);
    after = next;
    between();
  }
}

const whole = { layer: bigLayer, keys: null, from: 0, to: START + 9 * HOUR, isWanted: () => true };

test('all of them, once, by moment, object and revision, also while hours are sealed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(said, { maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      async (rows, limit) => {
        const { pages, sealOne, close } = await newHistory(rows);
        const read = readAll(pages, { ...whole, limit }, () => void sealOne());
        // Those told the same way in the same tick may change places: their values are compared as a set.
        expect([...read].sort()).toEqual(rows.map(text).sort());
        const order = read.map((one) => (JSON.parse(one) as unknown[]).slice(0, 4));
        const sorted = order.toSorted((a, b) => {
          const [[x = 0, k = '', r = 0, n = 0], [y = 0, l = '', s = 0, m = 0]] = [a, b] as [
            [number, string, number, number],
            [number, string, number, number],
          ];
          return x - y || (k < l ? -1 : k > l ? 1 : 0) || r - s || n - m;
        });
        expect(order).toEqual(sorted);
        await close();
      },
    ),
    { numRuns: 15 },
  );
});

test('a range, some objects and a condition leave the others out', async () => {
  const rows = Array.from({ length: 600 }, (_, at): Said => {
    const validAt = START + at * 10_000;
    return { key: `k${at % 5}`, validAt, knownAt: validAt, revision: 0, value: at };
  });
  const { pages, sealOne, close } = await newHistory(rows);
  expect(sealOne()).toBe(true);
  const [from, to] = [START + 1_000_000, START + 3_000_000];
  const isWanted: ObservedPageAsk['isWanted'] = ({ stores, index }) =>
    Number(stores.columns.get('value')?.value(index)) % 2 === 0;
  const ask = { layer: bigLayer, keys: ['k1', 'k3'], from, to, isWanted, limit: 7 };
  const expected = rows.filter(
    ({ key, validAt, value }) =>
      ask.keys.includes(key) && validAt >= from && validAt <= to && value % 2 === 0,
  );
  expect(expected.length).toBeGreaterThan(30);
  expect(readAll(pages, ask, () => undefined)).toEqual(expected.map(text));
  const about = pages.count(bigLayer, from, to);
  expect(Math.abs(about - 201)).toBeLessThan(15);
  await close();
});
