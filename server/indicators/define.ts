// defineIndicator: what an indicator is. Facts are fields; the work is `evaluate`, pure over the tables of its inputs.
import type { Columns, Title } from '../../contracts/column.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { LayerTable } from '../../contracts/table.ts';
import type { City } from '../../cities/schema.ts';
import type { Limits, Direction } from './score.ts';
import type { Level } from './score.ts';
import { limitsFault } from './score.ts';

/** The eight vital signs 体征. */
export const signs = [
  'public-opinion',
  'public-security',
  'environment',
  'traffic',
  'public-service',
  'economy',
  'industry',
  'project-investment',
] as const;
export type Sign = (typeof signs)[number];

/** How rows become one number of a region. `FORMULA`: `evaluate` sets the value itself. */
export const aggregates = ['SUM', 'AVG', 'RATE', 'MAX', 'MIN', 'MED', 'WORST', 'FORMULA'] as const;
export type Aggregate = (typeof aggregates)[number];

export const granularities = ['city', 'county', 'station'] as const;

/** What indicators may know of the city package. */
export type CityFacts = Pick<City, 'profile' | 'counties' | 'calendar' | 'thresholds' | 'stations'>;

export interface LocalTime {
  /** "2026-07-16" in the city's time zone. */
  readonly day: string;
  /** 0–23. */
  readonly hour: number;
}

export interface ScanOptions {
  /** Which rows the indicator speaks of; default all. */
  readonly wants?: (slot: number) => boolean;
  /** Late and stale rows are visited too (rates of who is online), unless the whole layer has fallen silent. */
  readonly stale?: 'visit';
  /** Counts into the city only, or into the counties only; default both. */
  readonly scope?: 'city' | 'counties';
}

/** Called for each usable row. `region`: 0 = in no county, else the number of the county. False: the row says nothing. */
export type Visit = (slot: number, region: number) => boolean;

/** What `evaluate` reads from and counts into. Region 0 is the city; what is counted into a county counts there too. */
export interface View {
  readonly now: number;
  readonly city: CityFacts;
  /** Regions counted into: the city and every county. */
  readonly regionCount: number;
  local(): LocalTime;
  table<C extends Columns>(layer: Layer<C>): LayerTable<C>;
  /** Visits the rows that are good and fresh enough; all others lower the coverage. Allocates nothing per row. */
  scan(layer: Layer, visit: Visit, options?: ScanOptions): void;
  /** Whether the row is at most four periods of its layer old. */
  isFresh(layer: Layer, slot: number): boolean;
  /** A number for each region and lane, zero at first, for sums of the indicator's own: [lane × regionCount + region]. */
  lanes(count: number): Float64Array;
  /** SUM: adds `numerator`; AVG and RATE: adds both. */
  add(region: number, numerator: number, denominator?: number): void;
  /** MAX, MIN: keeps the extreme, and the name of where it is, which becomes the first of the parts. */
  extreme(region: number, value: number, name?: string | null): void;
  /** MED: keeps all. */
  sample(region: number, value: number): void;
  /** FORMULA: the value of exactly this region. NaN = none. */
  set(region: number, value: number): void;
  /** WORST: keeps the worst level. */
  grade(region: number, level: Level): void;
  /** A part worth naming, of exactly this region, such as the primary pollutant. */
  note(region: number, text: string): void;
  /** Says that a rule in use is approximate: the values are marked as estimated. */
  approximate(): void;
}

export interface IndicatorDefinition {
  /** Equal to the folder name. */
  readonly slug: string;
  /** +1 when the formula changes its meaning; rows name slug@version. */
  readonly version: number;
  readonly title: Title;
  readonly unit: Title;
  /** null: belongs to a topic page, to no vital sign. */
  readonly sign: Sign | null;
  /** ★: worsens at once, caps the index of its sign (short-board rule), counts double in it. */
  readonly key: boolean;
  readonly direction: Direction;
  /** Dated sets that follow each other; empty: a plain number without level and score. */
  readonly limits: readonly Limits[];
  /** Seconds between two samples; ages are measured against it. */
  readonly periodS: number;
  readonly inputs: readonly Layer[];
  readonly formula: Title;
  /** Systems of the city package that own the inputs. */
  readonly systems: readonly string[];
  readonly granularity: (typeof granularities)[number];
  readonly aggregate: Aggregate;
  /** How many things the city package lists in a county (code) or for the city (null): rows never heard of lower the coverage. */
  roster?(city: CityFacts, county: string | null): number;
  evaluate(view: View): void;
}

const SLUG = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** @throws Error naming the indicator, the field and what to do, so that a bad definition stops the boot */
export function defineIndicator(definition: IndicatorDefinition): IndicatorDefinition {
  const fail = (field: string, what: string): never => {
    throw new Error(`indicator ${definition.slug}: ${field}: ${what}`);
  };
  if (!SLUG.test(definition.slug)) fail('slug', 'use kebab-case, for example "road-closures"');
  if (!(definition.periodS > 0)) fail('periodS', `${definition.periodS} must be above 0 s`);
  if (definition.inputs.length === 0) fail('inputs', 'name the layers it is computed from');
  if (definition.systems.length === 0)
    fail('systems', 'name the systems of the city package that own the inputs');
  for (const limits of definition.limits) {
    const bad = limitsFault(definition.direction, limits);
    if (bad) fail('limits', `set from ${limits.from}: ${bad}`);
  }
  return definition;
}

/** 1 for an indicator, 2 for a ★ one: the weights wᵢ of a vital sign. */
export const weightOf = (indicator: Pick<IndicatorDefinition, 'key'>): number => (indicator.key ? 2 : 1);

/** Station rows of the city package, counted for a county or, with null, for the city. */
export function countStations(
  rows: readonly { readonly countyCode: string }[],
  county: string | null,
): number {
  return county === null ? rows.length : rows.filter((row) => row.countyCode === county).length;
}
