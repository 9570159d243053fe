import { expect, test } from 'vitest';
import type { Shape } from '../../contracts/geojson.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { ObservationBatch } from '../../contracts/frame.ts';
import { busPosition } from '../../contracts/layers/bus-position.ts';
import { earthquake } from '../../contracts/layers/earthquake.ts';
import { noiseStation } from '../../contracts/layers/noise-station.ts';
import { roadSpeed } from '../../contracts/layers/road-speed.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { warning } from '../../contracts/layers/warning.ts';
import type { Layer } from '../../contracts/layer.ts';
import { LayerTable as Table } from '../../contracts/table.ts';
import type { RawRow } from '../kit/feed.ts';
import type { Lane, Outcome } from './layer-ingest.ts';
import { LayerIngest } from './layer-ingest.ts';
import type { Regions } from './port.ts';
import { RegionGrid } from './region-grid.ts';
import { RowCheck } from './row-check.ts';

const T0 = Date.UTC(2026, 6, 15, 4);
const square = (west: number, east: number): [number, number][] => [
  [west, 30],
  [east, 30],
  [east, 31],
  [west, 31],
  [west, 30],
];
const regions: Regions = {
  bounds: [100, 30, 102, 31],
  cityCode: '510000',
  counties: [
    { code: '510001', polygons: [[square(100, 101)]] },
    { code: '510002', polygons: [[square(101, 102)]] },
  ],
  towns: [],
};
const grid = new RegionGrid(regions);

/** What the static tileset holds. */
const shapes: Readonly<Record<string, Shape>> = {
  east: { type: 'LineString', coordinates: [[101.2, 30.5], [101.8, 30.6]] }, // prettier-ignore
  west: { type: 'Polygon', coordinates: [square(100.2, 100.4)] },
};

class Bench {
  readonly table: LayerTable;
  readonly batch: ObservationBatch;
  readonly ingest: LayerIngest;
  now = T0;
  readonly #layer: Layer;

  constructor(layer: Layer) {
    this.#layer = layer;
    this.table = new Table(layer);
    this.batch = new ObservationBatch(layer);
    this.ingest = new LayerIngest(
      { table: this.table, batch: this.batch },
      grid,
      ({ id }) => shapes[id] ?? null,
    );
  }

  lane(feed: string, priority = 50): Lane {
    const check = new RowCheck(this.#layer, {
      crs: 'WGS-84',
      bounds: regions.bounds,
      stores: this.table.stores.columns,
    });
    return this.ingest.addLane({ feed, priority, periodMs: 15_000, synthetic: false, check });
  }

  put(lane: Lane, row: RawRow): Outcome | string {
    const code = lane.check.check(row, this.now);
    return (
      code ?? this.ingest.apply(lane, row, { object: this.ingest.adopt(`KEY-${row.id}`), now: this.now })
    );
  }

  end(id: string, at: number): Outcome {
    return this.ingest.end(this.ingest.adopt(`KEY-${id}`), 'gone', at);
  }

  row(id: string) {
    const slot = this.table.slotOf(`KEY-${id}`);
    return slot < 0 ? null : this.table.row(slot);
  }
}

const at = (s: number): number => T0 + s * 1000;

test('a first report makes a row with region, source and quality', () => {
  const bench = new Bench(vehiclePosition);
  const lane = bench.lane('gps');
  expect(bench.put(lane, { id: 'a', validAt: T0, values: { position: [101.5, 30.5], speedKmh: 10 } })).toBe(
    'accepted',
  );
  expect(bench.row('a')).toMatchObject({ regionCode: '510002', source: 'gps', quality: 'good', validAt: T0 });
  expect(bench.batch.count).toBe(1);
});

test('a repeat is a duplicate: no change, no second observation', () => {
  const bench = new Bench(vehiclePosition);
  const lane = bench.lane('gps');
  const row: RawRow = { id: 'a', validAt: T0, values: { position: [100.5, 30.5] } };
  bench.put(lane, row);
  bench.table.clearChanges();
  expect(bench.put(lane, row)).toBe('duplicate');
  expect([bench.table.changedCount, bench.batch.count]).toEqual([0, 1]);
});

test('a late value is kept as an observation and moves no state back', () => {
  const bench = new Bench(vehiclePosition);
  const lane = bench.lane('gps');
  bench.now = at(60);
  bench.put(lane, { id: 'a', validAt: at(30), values: { position: [100.6, 30.5], speedKmh: 30 } });
  expect(
    bench.put(lane, { id: 'a', validAt: at(15), values: { position: [100.5, 30.5], speedKmh: 15 } }),
  ).toBe('late');
  expect(bench.row('a')?.values).toMatchObject({ position: [100.6, 30.5], speedKmh: 30 });
  expect(bench.batch.count).toBe(2);
});

test('a correction of the same moment wins by its revision, in any order', () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const bench = new Bench(vehiclePosition);
    const lane = bench.lane('gps');
    for (const revision of order)
      bench.put(lane, { id: 'a', validAt: T0, revision, values: { speedKmh: 10 + revision } });
    expect(bench.row('a')?.values).toMatchObject({ speedKmh: 11 });
  }
});

test('the steps of one moment count in their order, in any order, and a later moment counts whatever its step', () => {
  for (let seed = 0; seed < 6; seed += 1) {
    const bench = new Bench(vehiclePosition);
    bench.now = at(60);
    const lane = bench.lane('gps');
    const told = [1, 2, 3].map((step): RawRow => ({
      id: 'a',
      validAt: T0,
      step,
      values: { speedKmh: step },
    }));
    for (const row of shuffled([...told, ...told], seed)) bench.put(lane, row);
    expect(bench.row('a'), `seed ${seed}`).toMatchObject({ validAt: T0, values: { speedKmh: 3 } });
    expect(bench.batch.count).toBe(3);
    bench.put(lane, { id: 'a', validAt: at(1), step: 0, values: { speedKmh: 9 } });
    expect(bench.row('a')).toMatchObject({ validAt: at(1), values: { speedKmh: 9 } });
  }
});

test('a higher revision corrects a row also where it moves its moment back, in any order', () => {
  const reports: RawRow[] = [
    { id: 'a', validAt: at(10), revision: 1, values: { position: [100.5, 30.5], magnitude: 4.1 } },
    { id: 'a', validAt: at(7), revision: 2, values: { position: [101.5, 30.5], magnitude: 4.4 } },
    { id: 'a', validAt: at(8), revision: 3, values: { magnitude: 4.3 } },
  ];
  for (let seed = 0; seed < 12; seed += 1) {
    const bench = new Bench(earthquake);
    bench.now = at(60);
    const lane = bench.lane('reports');
    for (const report of shuffled([...reports, ...reports], seed)) bench.put(lane, report);
    expect(bench.row('a'), `seed ${seed}`).toMatchObject({
      validAt: at(8),
      regionCode: '510002',
      values: { position: [101.5, 30.5], magnitude: 4.3 },
    });
    expect(bench.batch.count).toBe(3);
  }
});

test('a warning that is over begins no row; one that is shortened keeps its new end', () => {
  const bench = new Bench(warning);
  const lane = bench.lane('cap');
  bench.now = at(100);
  const issue = (id: string, s: number, endS: number): Outcome | string =>
    bench.put(lane, { id, validAt: at(s), values: { title: id, expiresAt: at(endS) } });
  expect(issue('over', 10, 100)).toBe('late');
  expect(bench.row('over')).toBeNull();
  expect(issue('shortened', 10, 500)).toBe('accepted');
  expect(issue('shortened', 20, 90)).toBe('accepted');
  expect(bench.row('shortened')?.values).toMatchObject({ expiresAt: at(90) });
});

test('parts of one moment that come in several messages add up', () => {
  const bench = new Bench(busPosition);
  const lane = bench.lane('gtfs');
  expect(bench.put(lane, { id: 'a', validAt: T0, values: { position: [100.5, 30.5] } })).toBe('accepted');
  expect(bench.put(lane, { id: 'a', validAt: T0, values: { delayS: 60 } })).toBe('accepted');
  expect(bench.put(lane, { id: 'a', validAt: T0, values: { delayS: 60 } })).toBe('duplicate');
  expect(bench.row('a')).toMatchObject({
    regionCode: '510001',
    values: { position: [100.5, 30.5], delayS: 60 },
  });
});

/** Rows of 20 objects over 60 s, with endings and parts. */
function story(): { id: string; row: RawRow | null; endAt: number }[] {
  const events: { id: string; row: RawRow | null; endAt: number }[] = [];
  for (let object = 0; object < 20; object += 1) {
    const id = `o${object}`;
    for (let step = 0; step < 6; step += 1) {
      const validAt = at(step * 10);
      const values =
        step % 2 === 0
          ? { position: [100.5 + step * 0.001, 30.5] as const, speedKmh: object }
          : { headingDeg: step * 10 };
      events.push({ id, row: { id, validAt, values }, endAt: 0 });
      if (object % 5 === 0 && step === 2) events.push({ id, row: null, endAt: validAt });
      if (object % 7 === 0 && step === 5) events.push({ id, row: null, endAt: validAt + 1 });
    }
  }
  return events;
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const result = [...items];
  let state = seed;
  for (let index = result.length - 1; index > 0; index -= 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const other = state % (index + 1);
    [result[index], result[other]] = [result[other] as T, result[index] as T];
  }
  return result;
}

test('the same deliveries ten times, shuffled, end in the same state', () => {
  const run = (events: ReturnType<typeof story>): string[] => {
    const bench = new Bench(vehiclePosition);
    bench.now = at(70);
    const lane = bench.lane('gps');
    for (const event of events) {
      if (event.row) bench.put(lane, event.row);
      else bench.end(event.id, event.endAt);
    }
    // How good a value looks depends on what was seen before it; what is true does not.
    return [...bench.table.rows()].map((row) => JSON.stringify({ ...row, quality: null })).sort();
  };
  const clean = run(story());
  expect(clean).toHaveLength(17);
  for (let seed = 1; seed <= 20; seed += 1) {
    expect(run(shuffled(Array.from({ length: 10 }, story).flat(), seed)), `seed ${seed}`).toEqual(clean);
  }
});

test('what ended stays ended against late deliveries, and may begin again', () => {
  const bench = new Bench(vehiclePosition);
  const lane = bench.lane('gps');
  bench.now = at(100);
  bench.put(lane, { id: 'a', validAt: at(10), values: { speedKmh: 1, headingDeg: 5 } });
  expect(bench.end('a', at(20))).toBe('accepted');
  expect(bench.put(lane, { id: 'a', validAt: at(15), values: { speedKmh: 2 } })).toBe('late');
  expect(bench.row('a')).toBeNull();
  expect(bench.put(lane, { id: 'a', validAt: at(30), values: { speedKmh: 3 } })).toBe('accepted');
  expect(bench.row('a')?.values).toMatchObject({ speedKmh: 3, headingDeg: null });
});

test('a row its feed no longer lists may come back with the same moment', () => {
  const bench = new Bench(warning);
  const lane = bench.lane('cap');
  const row: RawRow = { id: 'a', validAt: T0, values: { title: '暴雨' } };
  bench.put(lane, row);
  expect(bench.ingest.vanish(bench.ingest.adopt('KEY-a'), lane)).toBe(true);
  expect(bench.row('a')).toBeNull();
  expect(bench.put(lane, row)).toBe('accepted');
});

test('the better source owns the row; another stands in only after four silent periods and gives back after three good reports', () => {
  const bench = new Bench(vehiclePosition);
  const best = bench.lane('gps', 80);
  const other = bench.lane('camera', 20);
  const report = (lane: Lane, s: number): Outcome | string => {
    bench.now = at(s);
    return bench.put(lane, { id: 'a', validAt: at(s), values: { speedKmh: s % 100 } });
  };
  expect(report(other, 0)).toBe('accepted');
  expect([report(best, 1), report(best, 2), report(best, 3)]).toEqual(['held', 'held', 'accepted']);
  expect(report(other, 4)).toBe('held');
  expect(bench.row('a')?.source).toBe('gps');
  expect(report(other, 63)).toBe('held');
  expect(report(other, 64)).toBe('accepted');
  expect(bench.row('a')?.source).toBe('camera');
  expect([report(best, 70), report(best, 80), report(best, 90)]).toEqual(['held', 'held', 'accepted']);
  expect(bench.batch.count).toBe(10);
});

test('a jump is suspect, not refused', () => {
  const bench = new Bench(vehiclePosition);
  const lane = bench.lane('gps');
  bench.now = at(60);
  bench.put(lane, { id: 'a', validAt: at(0), values: { position: [100.5, 30.5] } });
  bench.put(lane, { id: 'a', validAt: at(10), values: { position: [100.505, 30.5] } });
  expect(bench.row('a')?.quality).toBe('good');
  bench.put(lane, { id: 'a', validAt: at(20), values: { position: [100.7, 30.5] } });
  expect(bench.row('a')?.quality).toBe('suspect');
});

test('a stuck sensor is suspect until it moves', () => {
  const bench = new Bench(noiseStation);
  const lane = bench.lane('noise');
  const report = (minute: number, leqDbA: number): void => {
    bench.now = at(minute * 60);
    bench.put(lane, { id: 'a', validAt: bench.now, values: { leqDbA } });
  };
  for (let minute = 0; minute <= 30; minute += 1) report(minute, 55);
  expect(bench.row('a')?.quality).toBe('good');
  report(31, 55);
  expect(bench.row('a')?.quality).toBe('suspect');
  report(32, 55.1);
  expect(bench.row('a')?.quality).toBe('good');
});

test('a clock that runs ahead makes no negative age', () => {
  const bench = new Bench(vehiclePosition);
  const lane = bench.lane('gps');
  expect(bench.put(lane, { id: 'a', validAt: at(90), values: { speedKmh: 1 } })).toBe('accepted');
  expect(bench.row('a')?.validAt).toBe(T0);
  expect(bench.put(lane, { id: 'a', validAt: at(121), values: { speedKmh: 1 } })).toBe('record/time');
});

test.each<[string, Partial<RawRow>, string]>([
  ['a number out of range', { values: { speedKmh: 900 } }, 'record/range'],
  ['a text for a number', { values: { speedKmh: '5' as never } }, 'record/shape'],
  ['NaN', { values: { speedKmh: NaN } }, 'record/shape'],
  ['an unknown code', { values: { kind: 'spaceship' as never } }, 'record/enum'],
  ['another city', { values: { position: [120, 30.5] } }, 'record/place'],
  ['no fix', { values: { position: [0, 0] } }, 'record/place'],
  ['a half position', { values: { position: [100.5] as never } }, 'record/place'],
  ['no time', { validAt: NaN }, 'record/time'],
  ['1970', { validAt: 0 }, 'record/time'],
  ['a region that is no code', { regionCode: 'x' }, 'record/shape'],
  ['a revision below zero', { revision: -1 }, 'record/shape'],
  ['no id', { id: '' }, 'record/shape'],
  ['a name that is too long', { values: { name: 'x'.repeat(300) } }, 'record/range'],
])('%s is refused with its code', (_what, part, code) => {
  const bench = new Bench(vehiclePosition);
  expect(bench.put(bench.lane('gps'), { id: 'a', validAt: T0, values: {}, ...part })).toBe(code);
  expect(bench.table.size).toBe(0);
});

test('a shape without a position is placed by its middle', () => {
  const bench = new Bench(warning);
  const ring = [
    [101.2, 30.2],
    [101.8, 30.2],
    [101.8, 30.8],
    [101.2, 30.2],
  ] as const;
  bench.put(bench.lane('cap'), {
    id: 'a',
    validAt: T0,
    values: { area: { type: 'Polygon', coordinates: [ring] } },
  });
  expect(bench.row('a')?.regionCode).toBe('510002');
});

test('objects that ended long ago are forgotten', () => {
  const bench = new Bench(vehiclePosition);
  const lane = bench.lane('gps');
  bench.put(lane, { id: 'a', validAt: T0, values: {} });
  bench.put(lane, { id: 'b', validAt: T0, values: {} });
  bench.end('a', T0);
  expect(bench.ingest.sweep(at(3600))).toEqual([]);
  expect(bench.ingest.sweep(at(25 * 3600))).toHaveLength(1);
  expect(bench.row('b')).not.toBeNull();
});

test('a row that refers to a tileset is in the region of its line or area there, and in none where it is unknown', () => {
  const bench = new Bench(roadSpeed);
  const lane = bench.lane('roads');
  for (const id of ['east', 'west', 'nowhere']) {
    const line = { type: 'TilesetFeature', tileset: 'roads', id } as const;
    expect(bench.put(lane, { id, validAt: T0, values: { line, speedKmh: 40 } })).toBe('accepted');
  }
  const regionOf = (id: string): string => bench.table.regionAt(bench.table.slotOf(`KEY-${id}`));
  expect(['east', 'west', 'nowhere'].map(regionOf)).toEqual(['510002', '510001', '']);
});
