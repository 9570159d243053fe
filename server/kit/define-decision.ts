// defineDecision: what a decision model is. What it knows of itself are fields; the work is `assess`, a pure function that runs
// in a thread of its own: it reads no clock, no file and no layer but what its view holds.
import type { z } from 'zod';
import type { LonLat, Title } from '../../contracts/column.ts';
import type { Layer, Row } from '../../contracts/layer.ts';
import type { AdviceSaid, CitedRow } from '../../contracts/records/advice.ts';
import type { IncidentKind } from '../../contracts/records/incident.ts';

export interface DecisionInput {
  readonly layer: Layer;
  /** What it is needed for. */
  readonly title: Title;
  /** Without any row of it the model is not run. */
  readonly needed: boolean;
  /** A row older than this is named as a gap, seconds; null: age says nothing. */
  readonly staleS: number | null;
  /** Numbers whose course of the last hours the model asks for: `view.trail`. */
  readonly trail?: { readonly columns: readonly string[]; readonly hours: number };
}

/** A town of the city package. */
export interface TownFacts {
  readonly code: string;
  readonly name: Title;
  readonly position: LonLat;
  readonly residents: number;
}

/** A place of the city package: school, hospital, shelter, store … */
export interface PlaceFacts {
  readonly id: string;
  readonly kind: string;
  readonly name: Title;
  readonly position: LonLat;
  /** What else the package says of it: beds, capacity, students. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** One row of a table in `stations/` of the city package. */
export type StationFacts = Readonly<Record<string, unknown>>;

/** On the clock of the city. */
export interface LocalMoment {
  /** "2026-07-17". */
  readonly day: string;
  /** 0–23. */
  readonly hour: number;
  readonly minute: number;
  /** A day on which offices and schools are open. */
  readonly isWorkday: boolean;
}

/** What a model is given. Same view, params and now: same answer. */
export interface DecisionView<F = unknown> {
  /** The section of the model in `decisions.yaml` of the city package, checked by `facts`. */
  readonly facts: F;
  readonly towns: readonly TownFacts[];
  readonly places: readonly PlaceFacts[];
  readonly synthetic: boolean;
  /** A table of the package: `storage-curves`, `reservoirs` … empty where the model did not declare it. */
  stations(name: string): readonly StationFacts[];
  /** Rows of an input as they stood, in order of keys; nothing is cited by reading them. */
  rows<L extends Layer>(layer: L): readonly Row<L['columns']>[];
  /** Notes that this row was used: it becomes part of the result, with its age. → the row */
  cite<R extends Row>(layer: Layer, row: R): R;
  /** [epoch ms, value] of a number as it came in, oldest first; empty where nothing is remembered. */
  trail(layer: Layer, key: string, column: string): readonly (readonly [number, number])[];
  /** State of the feed a row came from: live, late, stale, down …; '' : nobody knows. */
  feedState(source: string): string;
  local(at: number): LocalMoment;
  /** "08:30" of the city. */
  clockText(at: number): string;
  /** How far it is, 0–1: shown to who waits. */
  progress(share: number): void;
}

export interface DecisionDefinition<P extends z.ZodType = z.ZodType, F extends z.ZodType = z.ZodType> {
  /** Equal to the folder name. */
  readonly slug: string;
  readonly title: Title;
  /** The question it answers, as it is asked before it is run. */
  readonly question: Title;
  /** Kinds of incidents it is offered for. */
  readonly kinds: readonly IncidentKind[];
  readonly inputs: readonly DecisionInput[];
  /** Tables of `stations/` it reads. */
  readonly stations: readonly string[];
  /** Schema of what a person may set; every field has a default, unless who asks must know it. */
  readonly params: P;
  /** Schema of its section in `decisions.yaml`; a city without one has the model not connected (未接入). */
  readonly facts: F;
  /** Forecast layers its branch writes. */
  readonly writes: readonly Layer[];
  readonly method: Title;
  /** Where it holds and where not. */
  readonly validity: Title;
  readonly uncertainty: Title;
  /** Formula, standard or paper. */
  readonly source: Title;
  /** Seconds, before any run has been timed. */
  readonly expectedS: number;
  /** Seconds after which a run is ended. */
  readonly limitS: number;
  /** @throws DecisionFault where it cannot be answered, with what is missing */
  assess(view: DecisionView<z.output<F>>, params: z.output<P>, now: number): AdviceSaid;
}

/** It cannot be answered: said to people as it is, so in both languages. */
export class DecisionFault extends Error {
  readonly words: Title;

  constructor(zh: string, en: string) {
    super(en);
    this.name = 'DecisionFault';
    this.words = { zh, en };
  }
}

/** What the thread is given: plain values only. */
export interface DecisionSnapshot {
  readonly now: number;
  readonly facts: unknown;
  readonly towns: readonly TownFacts[];
  readonly places: readonly PlaceFacts[];
  readonly stations: Readonly<Record<string, readonly StationFacts[]>>;
  readonly layers: Readonly<Record<string, readonly Row[]>>;
  /** By layer, key and column. */
  readonly trails: Readonly<Record<string, readonly (readonly [number, number])[]>>;
  readonly feeds: Readonly<Record<string, string>>;
  readonly synthetic: boolean;
  readonly timeZone: string;
  readonly calendar: {
    /** ISO weekdays, Monday is 1. */
    readonly workweek: readonly number[];
    readonly holidays: readonly { readonly from: string; readonly to: string }[];
    readonly workdays: readonly string[];
  };
}

export const trailKey = (layer: string, key: string, column: string): string => `${layer}/${key}/${column}`;

/** The view of a snapshot, and what was cited of it; used by the thread and by tests of models. */
export function viewOf<F>(
  snapshot: DecisionSnapshot,
  progress: (share: number) => void = () => undefined,
): { readonly view: DecisionView<F>; readonly cited: () => readonly CitedRow[] } {
  const cited = new Map<string, CitedRow>();
  const local = localOf(snapshot);
  const view: DecisionView<F> = {
    facts: snapshot.facts as F,
    towns: snapshot.towns,
    places: snapshot.places,
    synthetic: snapshot.synthetic,
    stations: (name) => snapshot.stations[name] ?? [],
    rows: <L extends Layer>({ slug }: L) => (snapshot.layers[slug] ?? []) as readonly Row<L['columns']>[],
    cite: (layer, row) => {
      const { key, validAt, quality, source, values } = row;
      const ageS = Math.round((snapshot.now - validAt) / 1000);
      cited.set(`${layer.slug}/${key}`, { layer: layer.slug, key, validAt, quality, source, ageS, values });
      return row;
    },
    trail: (layer, key, column) => snapshot.trails[trailKey(layer.slug, key, column)] ?? [],
    feedState: (source) => snapshot.feeds[source] ?? '',
    local,
    clockText: (at) => {
      const { hour, minute } = local(at);
      return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
    },
    progress,
  };
  return { view, cited: () => [...cited.values()] };
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Workdays: those of the week but holidays, and days that were shifted (docs/indicators.md). */
function localOf({ timeZone, calendar }: DecisionSnapshot): (at: number) => LocalMoment {
  const format = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', weekday: 'short', hourCycle: 'h23' },
  });
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const day = `${parts['year']}-${parts['month']}-${parts['day']}`;
    const isInWeek = calendar.workweek.includes(WEEKDAYS.indexOf(parts['weekday'] ?? '') + 1);
    const isHoliday = calendar.holidays.some(({ from, to }) => from <= day && day <= to);
    const isWorkday = calendar.workdays.includes(day) || (isInWeek && !isHoliday);
    return { day, hour: Number(parts['hour']), minute: Number(parts['minute']), isWorkday };
  };
}

/** Checks nothing at run time but the shape of the slug and that it can be asked something; types do the rest. */
export function defineDecision<P extends z.ZodType, F extends z.ZodType>(
  definition: DecisionDefinition<P, F>,
): DecisionDefinition<P, F> {
  const { slug, inputs, limitS, expectedS } = definition;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(slug))
    throw new Error(`decision ${slug}: slug: use kebab-case, for example "flood-routing"`);
  if (inputs.length === 0) throw new Error(`decision ${slug}: inputs: name the layers it is made of`);
  if (expectedS > limitS)
    throw new Error(`decision ${slug}: expectedS: ${expectedS} is above limitS ${limitS}`);
  return definition;
}
