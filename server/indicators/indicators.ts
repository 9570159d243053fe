// The indicator engine: runs every definition at its rhythm, spread over ticks, and writes rows of indicator-value.
import type { LayerTable } from '../../contracts/table.ts';
import type { Clock, Timer } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import type { Bands } from './bands.ts';
import type { Composite } from './composites.ts';
import { createComposites } from './composites.ts';
import type { CityFacts, IndicatorDefinition } from './define.ts';
import type { EvaluationContext, Standing } from './evaluation.ts';
import { Evaluation } from './evaluation.ts';
import type { IndicatorCatalogue } from './load.ts';
import { factsOf } from './facts.ts';
import { localTimeOf } from './local-time.ts';
import type { FeedContact, IndicatorRow, Indicators, LevelChange } from './port.ts';
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
  /** Thresholds over those of the definitions; absent: none. */
  readonly bands?: Bands;
  /**
   * Sources need this long after a start until each has spoken: judged earlier, half a city looks broken. Until then
   * what has a source is listed as waiting. Default 0.
   */
  readonly settleMs?: number;
}

/** Values are looked at this often where the indicator's own period is longer, so that none is an hour late. */
const LOOK_MS = 60_000;
/** Vital signs follow their indicators. */
const COMPOSITE_MS = 10_000;
const TICK_MS = 1000;
/** In each second: one evaluation walks a layer, 2 to 12 ms for 60,000 rows, ten times what the largest layer of a city holds. */
const MOST_PER_S = 3;

interface Turn {
  readonly evaluation: Evaluation;
  readonly facts: Omit<RowFacts, 'code'>;
  readonly everyMs: number;
  dueAt: number;
  /** Of the thresholds it was judged by last. */
  bandsRevision: number;
  failed: boolean;
}

export function createIndicators(options: IndicatorOptions): Indicators {
  const { clock, catalogue, city, tables, feeds, write, log, bands, settleMs = 0 } = options;
  const regions = new Regions(city);
  // Many definitions ask for the feeds, and all of one run see the same.
  let contacts: readonly FeedContact[] | null = null;
  const known = (): readonly FeedContact[] => (contacts ??= feeds());
  const local = localTimeOf(city.profile.timeZone);
  const context = { city, regions, tables, feeds: known, local, ...(bands ? { bands } : {}) };
  const turns = catalogue.connected.map((definition) => turnOf(definition, context));
  const evaluations = turns.map(({ evaluation }) => evaluation);
  const composites = createComposites({ evaluations, planned: catalogue.planned });
  let compositesDueAt = -Infinity;
  let settledAt: number | null = null;
  let timer: Timer | null = null;
  let ranAt: number | null = null;

  const run = (at: number): void => {
    const rows: IndicatorRow[] = [];
    contacts = null;
    // A world that hurries runs seldom: it then has more to do at once, not less.
    const passedS = ranAt === null ? 1 : Math.max(1, Math.round((at - ranAt) / 1000));
    ranAt = at;
    if (settledAt === null) {
      settledAt = at + settleMs;
      write(plannedRows(catalogue, regions, at));
      if (settleMs > 0) write(waitingRows(turns, composites, { regions, at }));
    }
    if (at < settledAt) return;
    const due = turns.filter((turn) => isDue(turn, at)).sort((a, b) => a.dueAt - b.dueAt);
    for (const turn of due.slice(0, passedS * MOST_PER_S)) rows.push(...runTurn(turn, { regions, log, at }));
    const isFirstRound = due.some(({ dueAt }) => dueAt === -Infinity);
    if (!isFirstRound && at >= compositesDueAt) {
      compositesDueAt = at + COMPOSITE_MS;
      rows.push(...composites.flatMap((composite) => compositeRows(composite, regions, at)));
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
  return {
    ...{ run, start, stop },
    get facts() {
      return factsOf(catalogue, composites, bands);
    },
    levelsWith: (slug, code) =>
      levelsWith(evaluations, { slug, code, codes: regions.codes, now: clock.now() }),
  };
}

function turnOf(definition: IndicatorDefinition, context: EvaluationContext): Turn {
  const everyMs = Math.min(LOOK_MS, definition.periodS * 1000);
  const evaluation = new Evaluation(definition, context);
  const { bandsRevision } = evaluation;
  const facts = turnFacts(definition);
  return { evaluation, facts, everyMs, dueAt: -Infinity, bandsRevision, failed: false };
}

/** Other thresholds are not waited for. */
const isDue = ({ dueAt, bandsRevision, evaluation }: Turn, at: number): boolean =>
  dueAt <= at || bandsRevision !== evaluation.bandsRevision;

function levelsWith(
  evaluations: readonly Evaluation[],
  asked: { slug: string; code: readonly number[]; codes: readonly string[]; now: number },
): LevelChange[] {
  const found = evaluations.find(({ definition }) => definition.slug === asked.slug);
  return asked.codes.flatMap((region, at) => {
    const standing = found?.standing(at);
    if (!found || standing?.state !== 'current' || standing.value === null) return [];
    const { value, level } = standing;
    return [{ region, value, level, then: found.levelWith(at, asked.code, asked.now) }];
  });
}

const turnFacts = ({ slug, version, unit, inputs }: IndicatorDefinition): Turn['facts'] => ({
  slug,
  version,
  unit: unit.zh,
  inputs: inputs.map((layer) => layer.slug),
});

/** An indicator that throws keeps its last rows; its failure is logged once until it works again. */
function runTurn(turn: Turn, round: { regions: Regions; log: Logger; at: number }): IndicatorRow[] {
  const { regions, log, at } = round;
  const { evaluation } = turn;
  const facts = { ...turn.facts, code: evaluation.limitsAt(at)?.code ?? [] };
  turn.dueAt = at + turn.everyMs;
  turn.bandsRevision = evaluation.bandsRevision;
  try {
    evaluation.run(at);
  } catch (error) {
    if (!turn.failed) log.error('indicator.failed', { indicator: facts.slug, error: String(error) });
    turn.failed = true;
    return [];
  }
  turn.failed = false;
  const rows: IndicatorRow[] = [];
  for (let region = 0; region < evaluation.regionCount; region++) {
    const standing = evaluation.standing(region);
    if (standing) rows.push(toIndicatorRow(facts, standing, placeOf(regions, region, at)));
  }
  return rows;
}

const compositeRows = (composite: Composite, regions: Regions, at: number): IndicatorRow[] =>
  regions.codes.map((_, region) =>
    toIndicatorRow(compositeFacts(composite), composite.standing(region, at), placeOf(regions, region, at)),
  );

const placeOf = ({ codes }: Regions, region: number, now: number) => ({
  region: codes[region] ?? '',
  city: codes[0] ?? '',
  now,
});

const compositeFacts = ({ slug, unit, inputs, limits }: Composite): RowFacts => ({
  slug,
  version: 1,
  unit: unit.zh,
  inputs,
  code: limits.at(-1)?.code ?? [],
});

/** What has no source yet is listed once, for the city, without a number. */
function plannedRows({ planned }: IndicatorCatalogue, { codes }: Regions, now: number): IndicatorRow[] {
  const city = codes[0] ?? '';
  return planned.map(({ slug, unit }) =>
    toIndicatorRow({ slug, version: 0, unit: unit.zh, inputs: [], code: [] }, without('off', now), {
      region: city,
      city,
      now,
    }),
  );
}

/** For the city, of everything that will have a value once its sources have spoken. */
function waitingRows(
  turns: readonly Turn[],
  composites: readonly Composite[],
  { regions, at }: { regions: Regions; at: number },
): IndicatorRow[] {
  const waiting = new Set(turns.map(({ facts }) => facts.slug));
  const rows: RowFacts[] = turns.map(({ facts, evaluation }) => ({
    ...facts,
    code: evaluation.limitsAt(at)?.code ?? [],
  }));
  // An index waits when anything it is made of does; those made of indices come after them.
  for (const composite of composites) {
    if (!composite.inputs.some((slug) => waiting.has(slug))) continue;
    waiting.add(composite.slug);
    rows.push(compositeFacts(composite));
  }
  return rows.map((facts) => toIndicatorRow(facts, without('waiting', at), placeOf(regions, 0, at)));
}

/** Nothing is known. */
const without = (state: Standing['state'], now: number): Standing => ({
  state,
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
