import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NULL_QUANTUM } from '../../contracts/column.ts';
import { ObservationBatch } from '../../contracts/frame.ts';
import { indicatorValue } from '../../contracts/layers/indicator-value.ts';
import { noiseStation } from '../../contracts/layers/noise-station.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { silences, within } from './gaps.ts';
import { KeySeries } from './key-series.ts';
import type { LoadedSeries, SeriesAnswer } from './series.ts';
import type { Aggregate, Thinning } from './thin.ts';
import { SeriesIndex, isIndexed } from './series-index.ts';
import { SeriesReader } from './series.ts';
import { Uptime } from './uptime.ts';

const NOW = Date.UTC(2026, 6, 15, 4);
const MINUTE = 60_000;

function indicators(values: readonly (number | null)[], revision = 0): ObservationBatch {
  const batch = new ObservationBatch(indicatorValue);
  values.forEach((value, at) => {
    const state = value === null ? 'insufficient' : 'current';
    batch.append({
      key: 'tpi:510800',
      validAt: NOW + at * MINUTE,
      source: 'x',
      revision,
      values: { value, state },
    });
  });
  return batch;
}

const range = { layer: indicatorValue, keys: ['tpi:510800'], from: NOW, to: NOW + 10 * MINUTE };
const whole = { stepMs: 0, aggregate: 'last', columns: ['value', 'state'] } as const;

/** What is answered of some batches. */
function answered(
  batches: readonly ObservationBatch[],
  how: Partial<Thinning> = {},
  from = NOW,
): SeriesAnswer {
  const index = new SeriesIndex([indicatorValue]);
  for (const batch of batches) index.take(batch);
  const reader = new SeriesReader({ index, outages: () => [], fromFiles: () => Promise.resolve([]) });
  const [loaded] = reader.fromMemory({ ...range, from });
  return reader.answer({ ...range, from }, loaded as LoadedSeries, { ...whole, ...how });
}

test('points carry numbers in their unit and codes by name; nothing is null, never zero', () => {
  const { points } = answered([indicators([1.5, null, 0.3])]);
  expect(points).toEqual([
    [NOW, 1.5, 'current'],
    [NOW + MINUTE, null, 'insufficient'],
    [NOW + 2 * MINUTE, 0.3, 'current'],
  ]);
});

test('a step has one point at its last moment; codes have no mean', () => {
  const batch = indicators([1, 2, 6, 10, null]);
  const at = (aggregate: Aggregate): unknown => answered([batch], { stepMs: 3 * MINUTE, aggregate }).points;
  expect(at('mean')).toEqual([
    [NOW + 2 * MINUTE, 3, 'current'],
    [NOW + 4 * MINUTE, 10, 'insufficient'],
  ]);
  expect(at('min')).toMatchObject([{ 1: 1 }, { 1: 10 }]);
  expect(at('max')).toMatchObject([{ 1: 6 }, { 1: 10 }]);
});

test('a correction replaces what was said of its moment; an older one does not come back', () => {
  const { points } = answered([indicators([1, 2]), indicators([7], 2), indicators([3], 1)]);
  expect(points.map((point) => point[1])).toEqual([7, 2]);
});

test('silence beyond four periods is a gap, at the edges too', () => {
  const { gaps } = answered([indicators([1, 2])], {}, NOW - 10 * MINUTE);
  expect(gaps).toEqual([
    [NOW - 10 * MINUTE, NOW],
    [NOW + MINUTE, NOW + 10 * MINUTE],
  ]);
  const silence = { from: 50, to: 300, periodMs: 10 };
  // The report before the range says that it begins in a gap, and since when.
  expect(silences([0, 60, 90, 250, 290, 310], silence)).toEqual([
    [50, 60],
    [90, 250],
  ]);
  expect(silences([45, 80], { ...silence, to: 100 })).toEqual([]);
  expect(within([[0, 60], [290, 400], [60, 70]], 50, 300)).toEqual([[50, 60], [290, 300], [60, 70]]); // prettier-ignore
});

test('only what stands still and reports by a period is kept in memory', () => {
  expect([indicatorValue, noiseStation, vehiclePosition].map(isIndexed)).toEqual([true, true, false]);
});

test('observations in any order make the same series as in order', () => {
  const one = fc.record({ at: fc.integer({ min: 0, max: 40 }), value: fc.integer({ min: 0, max: 9 }) });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 60 }), (given) => {
      const series = new KeySeries(2, 1000);
      const wanted = new Map<number, number>();
      for (const { at, value } of given) {
        series.insert(at, 0, Int32Array.of(value, NULL_QUANTUM));
        wanted.set(at, value);
      }
      const sorted = [...wanted].sort(([a], [b]) => a - b);
      const { validAt, cells } = series.columns();
      expect([...validAt]).toEqual(sorted.map(([at]) => at));
      expect([...cells].filter((_, index) => index % 2 === 0)).toEqual(sorted.map(([, value]) => value));
    }),
  );
});

test('a series keeps its time and no more, however long it runs', () => {
  const series = new KeySeries(1, 100);
  for (let at = 0; at < 100_000; at += 1) series.insert(at, 0, Int32Array.of(at));
  expect(series.validAt.length).toBeLessThan(600);
  expect(series.columns().validAt.at(-1)).toBe(99_999);
  expect(series.from(99_900)).toBe(series.count - 100);
});

test('older observations of another thread come before those of this one', () => {
  const older = new KeySeries(1, 1e6);
  for (let at = 0; at < 50; at += 1) older.insert(at, 0, Int32Array.of(at));
  const series = new KeySeries(1, 1e6);
  series.insert(49, 1, Int32Array.of(490));
  series.insert(50, 0, Int32Array.of(50));
  series.adopt(older.columns());
  expect(series.count).toBe(51);
  expect([...series.columns().cells].slice(-3)).toEqual([48, 490, 50]);
});

test('runs of the server are remembered; a restart is no outage', () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'uptime-')), 'uptime');
  const run = (from: number, to: number): Uptime => {
    const uptime = new Uptime(file);
    uptime.open(from);
    uptime.seen(to);
    uptime.close();
    return uptime;
  };
  run(NOW, NOW + MINUTE);
  run(NOW + MINUTE + 5000, NOW + 2 * MINUTE);
  expect(run(NOW + 10 * MINUTE, NOW + 11 * MINUTE).outages()).toEqual([
    [0, NOW],
    [NOW + 2 * MINUTE, NOW + 10 * MINUTE],
  ]);
});
