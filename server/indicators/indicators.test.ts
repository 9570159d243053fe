import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Layer } from '../../contracts/layer.ts';
import { indicatorValue } from '../../contracts/layers/indicator-value.ts';
import { outfall } from '../../contracts/layers/outfall.ts';
import { roadEvent } from '../../contracts/layers/road-event.ts';
import { roadSpeed } from '../../contracts/layers/road-speed.ts';
import { LayerTable } from '../../contracts/table.ts';
import type { ManualClock } from '../kit/clock.ts';
import { createManualClock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { defineIndicator } from './define.ts';
import type { IndicatorDefinition } from './define.ts';
import { Evaluation } from './evaluation.ts';
import { createIndicators } from './indicators.ts';
import { loadIndicators } from './load.ts';
import { localTimeOf } from './local-time.ts';
import type { FeedContact, Indicators } from './port.ts';
import { Regions } from './regions.ts';
import { limitsFrom2024 } from './score.ts';
import { createTestCity } from './test-city.ts';
import congestedKm from './congested-km/indicator.ts';
import highwaySpeedRatio from './highway-speed-ratio/indicator.ts';
import outfallExceed from './outfall-exceed/indicator.ts';
import roadClosures from './road-closures/indicator.ts';

const START = Date.parse('2026-07-16T14:30:00+06:00');
const [CITY, WEST, EAST] = ['990100', '990101', '990102'] as const;
const city = createTestCity();

interface World {
  readonly tables: Map<string, LayerTable>;
  readonly table: (slug: string) => LayerTable;
  feeds: FeedContact[];
}

function createWorld(...layers: readonly Layer[]): World {
  const tables = new Map(layers.map((layer) => [layer.slug, new LayerTable(layer)]));
  const table = (slug: string): LayerTable => {
    const known = tables.get(slug) ?? new LayerTable({ ...roadEvent, slug });
    tables.set(slug, known);
    return known;
  };
  return { tables, table, feeds: [] };
}

const evaluationOf = (definition: IndicatorDefinition, world: World): Evaluation =>
  new Evaluation(definition, {
    city,
    regions: new Regions(city),
    tables: world.table,
    feeds: () => world.feeds,
    local: localTimeOf(city.profile.timeZone),
  });

const put = (
  world: World,
  layer: Layer,
  row: { key: string; region: string; at: number; values: object },
): void => {
  const { key, region, at, values } = row;
  world.table(layer.slug).put({ key, validAt: at, regionCode: region, source: 'test', values });
};

describe('roll-up', () => {
  it('makes the city of numerators and denominators, whatever the counties are', () => {
    const row = fc.record({
      region: fc.constantFrom(WEST, EAST, `${EAST}001`),
      speedKmh: fc.integer({ min: 0, max: 120 }),
      lengthM: fc.integer({ min: 1, max: 5000 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
        const world = createWorld(roadSpeed);
        for (const [i, { region, speedKmh, lengthM }] of rows.entries()) {
          const values = { class: 'expressway', freeFlowKmh: 100, speedKmh, lengthM };
          put(world, roadSpeed, { key: `s${i}`, region, at: START, values });
        }
        const evaluation = evaluationOf(highwaySpeedRatio, world);
        evaluation.run(START);
        const counties = [1, 2].map((region) => evaluation.standing(region));
        const sum = (part: 'numerator' | 'denominator'): number =>
          counties.reduce((total, one) => total + (one?.[part] ?? 0), 0);
        const whole = evaluation.standing(0);
        expect(whole?.value).toBeCloseTo((100 * sum('numerator')) / sum('denominator'), 9);
        expect(whole?.numerator).toBeCloseTo(sum('numerator'), 9);
      }),
      { numRuns: 50 },
    );
  });

  it('lists a county without data, without a number', () => {
    const world = createWorld(roadSpeed);
    put(world, roadSpeed, {
      key: 'a',
      region: WEST,
      at: START,
      values: { class: 'street', level: 'free', lengthM: 500 },
    });
    const evaluation = evaluationOf(congestedKm, world);
    evaluation.run(START);
    expect(evaluation.standing(1)).toMatchObject({ state: 'current', value: 0, level: 'normal' });
    expect(evaluation.standing(2)).toMatchObject({
      state: 'insufficient',
      value: null,
      level: null,
      coveragePct: 0,
    });
  });
});

describe('age', () => {
  const street = { class: 'street', level: 'severe', lengthM: 20_000 };

  it('keeps the last value while it is fresh, then greys it, and never invents one', () => {
    const world = createWorld(roadSpeed);
    const evaluation = evaluationOf(congestedKm, world);
    evaluation.run(START);
    expect(evaluation.standing(0)).toMatchObject({ state: 'off', value: null, freshness: null });
    put(world, roadSpeed, { key: 'a', region: WEST, at: START, values: street });
    evaluation.run(START);
    expect(evaluation.standing(0)).toMatchObject({ state: 'current', value: 20, level: 'red', freshness: 1 });
    // Rows are stale after 4 × 60 s; the indicator's own period is 300 s.
    evaluation.run(START + 600_000);
    expect(evaluation.standing(0)).toMatchObject({
      state: 'current',
      value: 20,
      freshness: 1,
      coveragePct: 0,
    });
    evaluation.run(START + 600_001);
    expect(evaluation.standing(0)).toMatchObject({ state: 'current', value: 20, freshness: 0.5 });
    evaluation.run(START + 1_200_001);
    expect(evaluation.standing(0)).toMatchObject({
      state: 'stale',
      value: 20,
      level: null,
      score: NaN,
      freshness: 0,
    });
  });

  it('counts rows of the city package that were never heard of as missing', () => {
    const stations = { outfalls: [1, 2, 3, 4].map(() => ({ countyCode: WEST })) };
    const world = createWorld(outfall);
    put(world, outfall, { key: 'a', region: WEST, at: START, values: { exceed: 'no' } });
    const evaluation = new Evaluation(outfallExceed, {
      city: createTestCity(stations),
      regions: new Regions(city),
      tables: world.table,
      feeds: () => [],
      local: localTimeOf('Asia/Urumqi'),
    });
    evaluation.run(START);
    expect(evaluation.standing(0)).toMatchObject({ value: 0, coveragePct: 25 });
  });
});

describe('event-driven inputs', () => {
  it('tell "none" from "nobody told us"', () => {
    const world = createWorld(roadEvent);
    const evaluation = evaluationOf(roadClosures, world);
    evaluation.run(START);
    expect(evaluation.standing(0)).toMatchObject({ state: 'off', value: null });
    world.feeds = [{ writes: ['road-event'], state: 'quiet', lastOkAt: null }];
    evaluation.run(START);
    expect(evaluation.standing(0)).toMatchObject({ state: 'off', value: null });
    world.feeds = [{ writes: ['road-event'], state: 'live', lastOkAt: START }];
    evaluation.run(START);
    expect(evaluation.standing(0)).toMatchObject({
      state: 'current',
      value: 0,
      level: 'normal',
      coveragePct: 100,
    });
    expect(evaluation.standing(2)).toMatchObject({ value: 0, coveragePct: 100 });
    world.feeds = [{ writes: ['road-event'], state: 'down', lastOkAt: START }];
    evaluation.run(START + 1_300_000);
    expect(evaluation.standing(0)).toMatchObject({ state: 'stale', value: 0, level: null, coveragePct: 0 });
  });

  it('are covered by the share of their feeds', () => {
    const world = createWorld(roadEvent);
    world.feeds = [
      { writes: ['road-event'], state: 'live', lastOkAt: START },
      { writes: ['road-event'], state: 'down', lastOkAt: START },
    ];
    const evaluation = evaluationOf(roadClosures, world);
    evaluation.run(START);
    expect(evaluation.standing(0)).toMatchObject({ value: 0, coveragePct: 50 });
  });
});

describe('level', () => {
  it('follows hysteresis at the period of the indicator; a ★ worsens at once', () => {
    const world = createWorld(roadSpeed, roadEvent);
    world.feeds = [{ writes: ['road-event'], state: 'quiet', lastOkAt: START }];
    const plain = evaluationOf(congestedKm, world);
    const key = evaluationOf(roadClosures, world);
    const at = (seconds: number, km: number): string[] => {
      const now = START + 1000 * seconds;
      put(world, roadSpeed, {
        key: 'a',
        region: WEST,
        at: now,
        values: { class: 'street', level: 'severe', lengthM: 1000 * km },
      });
      plain.run(now);
      key.run(now);
      return [plain.standing(0)?.level ?? '', key.standing(0)?.level ?? ''];
    };
    expect(at(0, 1)).toEqual(['normal', 'normal']);
    put(world, roadEvent, {
      key: 'x',
      region: WEST,
      at: START,
      values: { kind: 'closure', status: 'active', road: 'G5' },
    });
    expect(at(60, 9)).toEqual(['normal', 'yellow']);
    expect(at(300, 9)).toEqual(['normal', 'yellow']);
    expect(at(360, 9)).toEqual(['normal', 'yellow']);
    expect(at(600, 9)).toEqual(['orange', 'yellow']);
  });
});

const silent: Logger = { debug: noop, info: noop, warn: noop, error: noop, child: () => silent };
function noop(): void {}

describe('engine', () => {
  async function boot(log: Logger = silent, extra: readonly IndicatorDefinition[] = [], settleMs = 0) {
    const catalogue = await loadIndicators();
    const clock: ManualClock = createManualClock(START);
    const world = createWorld(roadSpeed, roadEvent);
    const table = new LayerTable(indicatorValue);
    const sizes: number[] = [];
    // Definitions ask for the layers they declare: an empty table of each.
    for (const { inputs } of catalogue.connected) {
      for (const layer of inputs)
        if (!world.tables.has(layer.slug)) world.tables.set(layer.slug, new LayerTable(layer));
    }
    const indicators: Indicators = createIndicators({
      clock,
      catalogue: { ...catalogue, connected: [...catalogue.connected, ...extra] },
      city,
      tables: world.table,
      feeds: () => world.feeds,
      write: (rows) => {
        sizes.push(rows.length);
        for (const row of rows) table.put(row);
      },
      log,
      settleMs,
    });
    const row = (slug: string, region: string) => {
      const slot = table.slotOf(`indicator/${slug}/${region}`);
      return slot < 0 ? null : table.row(slot);
    };
    return { clock, world, table, indicators, sizes, row, catalogue };
  }

  it('writes rows that fit the contract: every indicator for the city and each county, none with a number', async () => {
    const { clock, table, indicators, catalogue } = await boot();
    indicators.start();
    clock.advance(60_000);
    indicators.stop();
    const perRegion = catalogue.connected.filter(({ granularity }) => granularity !== 'city').length + 10;
    const cityOnly = catalogue.connected.length + 10 - perRegion;
    expect(table.size).toBe(3 * perRegion + cityOnly + catalogue.planned.length);
    for (const row of table.rows()) {
      expect(row.values.value, row.key).toBeNull();
      expect(row.values.level, row.key).toBeNull();
      expect(row.values.state, row.key).toBe('off');
    }
    expect(clock.waiting).toBe(0);
  });

  it('judges nothing before the sources had their time, says that it waits, and lists what has no source at once', async () => {
    const { clock, table, indicators, row } = await boot(silent, [], 90_000);
    indicators.start();
    clock.advance(80_000);
    expect(row('tpi', CITY)?.values).toMatchObject({ state: 'waiting', value: null, level: null });
    expect(row('traffic', CITY)?.values).toMatchObject({ state: 'waiting', value: null });
    expect(row('city-operation-index', CITY)?.values.state).toBe('waiting');
    expect(row('economy', CITY)).toBeNull();
    expect(row('gdp-growth', CITY)?.values.state).toBe('off');
    const before = table.size;
    clock.advance(60_000);
    indicators.stop();
    expect([...table.rows()].filter(({ values }) => values.state === 'waiting')).toEqual([]);
    expect(table.size).toBeGreaterThan(before);
  });

  it('spreads its work over ticks', async () => {
    const { clock, indicators, sizes } = await boot();
    indicators.start();
    clock.advance(180_000);
    indicators.stop();
    const later = sizes.slice(20);
    // At most three indicators of three regions and the ten composites of three regions in one tick.
    expect(Math.max(...later)).toBeLessThanOrEqual(3 * 3 + 30);
    expect(later.length).toBeGreaterThan(10);
  });

  it('keeps up in a world that hurries: a run after five minutes does the work of five minutes', async () => {
    const { indicators, row, catalogue } = await boot();
    indicators.run(START);
    indicators.run(START + 300_000);
    const values = catalogue.connected.map(({ slug }) => row(slug, CITY)?.values);
    expect(values).not.toContain(undefined);
    expect(values).not.toContainEqual(expect.objectContaining({ state: 'waiting' }));
  });

  it('computes signs from what is there and says when that is not enough', async () => {
    const { clock, world, indicators, row } = await boot();
    put(world, roadSpeed, {
      key: 's',
      region: WEST,
      at: START,
      values: { class: 'street', level: 'free', lengthM: 1000, speedKmh: 60, freeFlowKmh: 60 },
    });
    world.feeds = [{ writes: ['road-event'], state: 'quiet', lastOkAt: START }];
    indicators.start();
    clock.advance(30_000);
    indicators.stop();
    expect(row('tpi', CITY)?.values).toMatchObject({
      value: 1,
      state: 'current',
      level: 'normal',
      score: 95,
      formula: 'tpi@1',
    });
    expect(row('tpi', CITY)?.regionCode).toBe('');
    expect(row('tpi', EAST)?.values).toMatchObject({ value: null, state: 'insufficient' });
    expect(row('tpi', EAST)?.regionCode).toBe(EAST);
    // ★ tpi 2 and ★ closures 2, congested-km 1, of Σw = 3 ★·2 + 8 = 14.
    expect(row('traffic', CITY)?.values).toMatchObject({
      value: null,
      state: 'insufficient',
      coveragePct: 35.7,
    });
    expect(row('economy', CITY)?.values).toMatchObject({ value: null, state: 'off', coveragePct: 0 });
    expect(row('city-operation-index', CITY)?.values).toMatchObject({ value: null, coveragePct: 0 });
    expect(row('red-indicator-count', CITY)?.values).toMatchObject({ value: 0, level: 'normal' });
    expect(row('gdp-growth', CITY)?.values).toMatchObject({ value: null, state: 'off', unit: '%' });
    expect(row('gdp-growth', WEST)).toBeNull();
  });

  it('goes on when one indicator fails, and says so once', async () => {
    const errors: string[] = [];
    const broken = defineIndicator({
      ...congestedKm,
      slug: 'broken',
      limits: limitsFrom2024([1, 2, 3]),
      evaluate: () => {
        throw new Error('division by cucumber');
      },
    });
    const log = { ...silent, error: (event: string) => errors.push(event) };
    const { clock, indicators, table } = await boot(log, [broken]);
    indicators.start();
    clock.advance(200_000);
    indicators.stop();
    expect(errors).toEqual(['indicator.failed']);
    expect(table.size).toBeGreaterThan(100);
  });

  it('lists what it computes, with formula, thresholds and inputs', async () => {
    const { indicators } = await boot();
    const bySlug = new Map(indicators.facts.map((one) => [one.slug, one]));
    expect(bySlug.size).toBe(indicators.facts.length);
    expect(bySlug.get('aqi')).toMatchObject({ connected: true, inputs: ['air-station'], key: true });
    expect(bySlug.get('gdp-growth')).toMatchObject({ connected: false, formula: null });
    expect(bySlug.get('environment')?.inputs).toHaveLength(11);
  });
});

describe('definitions', () => {
  it.each([
    [{ slug: 'Bad Slug' }, /slug/],
    [{ periodS: 0 }, /periodS/],
    [{ inputs: [] }, /inputs/],
    [{ systems: [] }, /systems/],
    [{ limits: limitsFrom2024([3, 2, 1]) }, /limits.*2024-01-01.*grow/],
  ])('with %o stop the boot', (fields, message) => {
    expect(() => defineIndicator({ ...congestedKm, ...fields })).toThrow(message);
  });
});
