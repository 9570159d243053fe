// Walks every indicator folder, so that a new folder is tested before its author writes a test.
import { readFileSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Layer, Quality } from '../../contracts/layer.ts';
import { LayerTable } from '../../contracts/table.ts';
import type { IndicatorDefinition } from './define.ts';
import { defineIndicator } from './define.ts';
import { Evaluation } from './evaluation.ts';
import { loadIndicators } from './load.ts';
import { localTimeOf } from './local-time.ts';
import { loadCity } from '../../cities/load.ts';
import { Regions } from './regions.ts';
import { limitsFault } from './score.ts';
import { createTestCity } from './test-city.ts';

interface Fixture {
  readonly why: string;
  readonly at: string;
  readonly stations?: Record<string, object[]>;
  readonly expect: Record<string, number | null>;
  readonly coveragePct?: number;
  readonly parts?: string[];
  readonly level?: Record<string, string | null>;
  readonly rows: {
    readonly layer: string;
    readonly region: string;
    readonly ageS: number;
    readonly quality?: Quality;
    readonly values: Record<string, unknown>;
  }[];
}

const catalogue = await loadIndicators();
const layers = new Map<string, Layer>();
const isLayer = (value: unknown): value is Layer =>
  typeof value === 'object' && value !== null && 'schema' in value;

beforeAll(async () => {
  const folder = new URL('../../contracts/layers/', import.meta.url);
  for (const file of readdirSync(folder).filter((name) => !name.includes('.test.'))) {
    const module = (await import(new URL(file, folder).href)) as Record<string, unknown>;
    for (const layer of Object.values(module).filter(isLayer)) layers.set(layer.slug, layer);
  }
});

/** A world with the rows of a fixture; every event-driven input has one feed that answers. */
function evaluate(definition: IndicatorDefinition, fixture: Fixture | null): Evaluation {
  const city = createTestCity(fixture?.stations);
  const now = Date.parse(fixture?.at ?? '2026-07-16T14:30:00+06:00');
  const tables = new Map([...layers.values()].map((layer) => [layer.slug, new LayerTable(layer)]));
  for (const [index, row] of (fixture?.rows ?? []).entries()) {
    const values = Object.fromEntries(
      Object.entries(row.values).map(([column, value]) => [
        column,
        typeof value === 'object' && value !== null && 'agoS' in value
          ? now - 1000 * Number(value.agoS)
          : value,
      ]),
    );
    const head = {
      key: `row-${index}`,
      validAt: now - 1000 * row.ageS,
      source: 'test',
      regionCode: row.region,
    };
    tables.get(row.layer)?.put({ ...head, quality: row.quality ?? 'good', values } as never);
  }
  const feed = { writes: definition.inputs.map(({ slug }) => slug), state: 'live', lastOkAt: now };
  const evaluation = new Evaluation(definition, {
    city,
    regions: new Regions(city),
    tables: (slug) => {
      const table = tables.get(slug);
      if (!table) throw new Error(`no layer ${slug}`);
      return table;
    },
    feeds: () => (fixture ? [feed] : []),
    local: localTimeOf(city.profile.timeZone),
  });
  evaluation.run(now);
  return evaluation;
}

const fixtureOf = (slug: string): Fixture =>
  JSON.parse(readFileSync(new URL(`${slug}/fixture.json`, import.meta.url), 'utf8')) as Fixture;

it('finds indicators, and lists the others of the eight vital signs', () => {
  expect(catalogue.connected.length).toBeGreaterThan(30);
  expect(catalogue.planned.length + catalogue.connected.filter(({ sign }) => sign !== null).length).toBe(86);
  const slugs = [...catalogue.connected, ...catalogue.planned].map(({ slug }) => slug);
  expect(new Set(slugs).size).toBe(slugs.length);
});

it.each(catalogue.planned)(
  'planned indicator $slug has thresholds that go one way',
  ({ direction, code }) => {
    expect(limitsFault(direction, { from: '2024-01-01', to: null, code })).toBeNull();
    expect(code.length).toBeGreaterThan(0);
  },
);

it('names systems that the city package knows', () => {
  const known = new Set(loadCity('guangyuan').systems.map(({ id }) => id));
  const named = [...catalogue.connected, ...catalogue.planned].flatMap(({ systems }) => systems);
  expect(named.filter((id) => !known.has(id))).toEqual([]);
});

describe.each(catalogue.connected)('indicator $slug', (definition) => {
  it('says what people need to know', () => {
    for (const text of [definition.title, definition.formula]) {
      expect(text.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(text.en).toMatch(/[A-Za-z]/);
    }
    expect(definition.unit).toHaveProperty('zh');
    expect(definition.version).toBeGreaterThan(0);
    expect(defineIndicator(definition)).toBe(definition);
  });

  it('has dated thresholds that go one way and do not overlap', () => {
    for (const [index, limits] of definition.limits.entries()) {
      expect(limitsFault(definition.direction, limits)).toBeNull();
      if (definition.aggregate !== 'WORST') expect(limits.code.length).toBeGreaterThan(0);
      const before = definition.limits[index - 1];
      if (before) expect(before.to !== null && before.to < limits.from).toBe(true);
    }
    if (definition.sign !== null) expect(definition.limits.length).toBeGreaterThan(0);
  });

  it('reads layers that exist', () => {
    for (const layer of definition.inputs) expect(layers.get(layer.slug)).toBe(layer);
  });

  it('has no number and no coverage in an empty world', () => {
    const evaluation = evaluate(definition, null);
    for (let region = 0; region < evaluation.regionCount; region++) {
      expect(evaluation.standing(region)).toMatchObject({
        value: null,
        coveragePct: 0,
        level: null,
        state: 'off',
      });
    }
  });

  it('gives the hand-computed numbers of its fixture', () => {
    const fixture = fixtureOf(definition.slug);
    expect(fixture.why).not.toBe('');
    const evaluation = evaluate(definition, fixture);
    for (const [region, code] of new Regions(createTestCity()).codes.entries()) {
      const expected = fixture.expect[code];
      const standing = evaluation.standing(region);
      if (expected == null) expect(standing?.value ?? null, code).toBeNull();
      else expect(standing?.value ?? NaN, code).toBeCloseTo(expected, 6);
      if (fixture.level) expect(standing?.level, code).toBe(fixture.level[code]);
    }
    const city = evaluation.standing(0);
    if (fixture.coveragePct !== undefined) expect(city?.coveragePct).toBeCloseTo(fixture.coveragePct, 6);
    if (fixture.parts !== undefined) expect(city?.parts).toEqual(fixture.parts);
  });
});
