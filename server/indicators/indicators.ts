// The indicator engine: runs every definition at its rhythm, spread over ticks, and writes rows of indicator-value.
import type { LayerTable } from '../../contracts/table.ts';
import type { Clock, Timer } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import type { Composite } from './composites.ts';
import { createComposites } from './composites.ts';
import type { CityFacts } from './define.ts';
import type { Standing } from './evaluation.ts';
import { Evaluation } from './evaluation.ts';
import type { IndicatorCatalogue } from './load.ts';
import { factsOf } from './facts.ts';
import { localTimeOf } from './local-time.ts';
import type { FeedContact, IndicatorRow, Indicators } from './port.ts';
import { Regions } from './regions.ts';
import type { RowFacts } from './rows.ts';
import { toIndicatorRow } from './rows.ts';

export interface IndicatorOptions {
  readonly clock: Clock;
  readonly catalogue: IndicatorCatalogue;
  readonly city: CityFacts;
  /** The table of a layer, by slug. */
  readonly tables: (slug: string) => LayerTable;
  /** The feeds as they are now. */
  readonly feeds: () => readonly FeedContact[];
  /** Puts rows into the table of indicator-value and into its observations. */
  readonly write: (rows: readonly IndicatorRow[]) => void;
  readonly log: Logger;
}

/** Values are looked at this often where the indicator's own period is longer, so that none is an hour late. */
const LOOK_MS = 60_000;
/** Vital signs follow their indicators. */
const COMPOSITE_MS = 10_000;
const TICK_MS = 1000;
/** One evaluation walks a layer: with a scale of 10 that is some 60,000 rows, about a millisecond. */
const MOST_PER_RUN = 3;

interface Turn {
  readonly evaluation: Evaluation;
  readonly facts: RowFacts;
  readonly everyMs: number;
  dueAt: number;
  failed: boolean;
}

export function createIndicators(options: IndicatorOptions): Indicators {
  const { clock, catalogue, city, tables, feeds, write, log } = options;
  const regions = new Regions(city);
  const context = { city, regions, tables, feeds, local: localTimeOf(city.profile.timeZone) };
  const turns = catalogue.connected.map((definition): Turn => {
    const { slug, version, unit, inputs, periodS } = definition;
    const facts = { slug, version, unit: unit.zh, inputs: inputs.map((layer) => layer.slug) };
    const everyMs = Math.min(LOOK_MS, periodS * 1000);
    return { evaluation: new Evaluation(definition, context), facts, everyMs, dueAt: -Infinity, failed: false };
  });
  const composites = createComposites({ evaluations: turns.map(({ evaluation }) => evaluation), planned: catalogue.planned });
  const rowOf = (facts: RowFacts, standing: Standing, place: { region: number; now: number }): IndicatorRow => {
    const where = { region: regions.codes[place.region] ?? '', city: regions.codes[0] ?? '', now: place.now };
    return toIndicatorRow(facts, standing, where);
  };
  let compositesDueAt = -Infinity;
  let introduced = false;
  let timer: Timer | null = null;

  const runTurn = (turn: Turn, at: number): IndicatorRow[] => {
    turn.dueAt = at + turn.everyMs;
    const { evaluation } = turn;
    try {
      evaluation.run(at);
      turn.failed = false;
    } catch (error) {
      if (!turn.failed) log.error('indicator.failed', { indicator: turn.facts.slug, error: String(error) });
      turn.failed = true;
      return [];
    }
    const rows: IndicatorRow[] = [];
    for (let region = 0; region < evaluation.regionCount; region++) {
      const standing = evaluation.standing(region);
      if (standing) rows.push(rowOf(turn.facts, standing, { region, now: at }));
    }
    return rows;
  };

  const compositeRows = (at: number): IndicatorRow[] =>
    composites.flatMap((composite) =>
      regions.codes.map((_, region) =>
        rowOf(compositeFacts(composite), composite.standing(region, at), { region, now: at }),
      ),
    );

  const run = (at: number): void => {
    const rows: IndicatorRow[] = [];
    if (!introduced) rows.push(...plannedRows(catalogue, regions, at));
    introduced = true;
    const due = turns.filter(({ dueAt }) => dueAt <= at).sort((a, b) => a.dueAt - b.dueAt);
    for (const turn of due.slice(0, MOST_PER_RUN)) rows.push(...runTurn(turn, at));
    const firstRound = due.some(({ dueAt }) => dueAt === -Infinity);
    if (!firstRound && at >= compositesDueAt) {
      compositesDueAt = at + COMPOSITE_MS;
      rows.push(...compositeRows(at));
    }
    if (rows.length > 0) write(rows);
  };

  const stop = (): void => {
    timer?.stop();
    timer = null;
  };
  const start = (): void => {
    stop();
    timer = clock.every(TICK_MS, () => run(clock.now()));
  };
  return { run, start, stop, facts: factsOf(catalogue, composites) };
}

const compositeFacts = ({ slug, unit, inputs }: Composite): RowFacts => ({ slug, version: 1, unit: unit.zh, inputs });

/** What has no source yet is listed once, for the city, without a number. */
function plannedRows({ planned }: IndicatorCatalogue, { codes }: Regions, now: number): IndicatorRow[] {
  const city = codes[0] ?? '';
  return planned.map(({ slug, unit }) =>
    toIndicatorRow({ slug, version: 0, unit: unit.zh, inputs: [] }, notConnected(now), { region: city, city, now }),
  );
}

const notConnected = (now: number): Standing => ({
  state: 'off',
  value: null,
  numerator: null,
  denominator: null,
  level: null,
  score: NaN,
  freshness: null,
  coveragePct: 0,
  oldestAt: null,
  computedAt: now,
  parts: [],
  synthetic: false,
  approximate: false,
});
