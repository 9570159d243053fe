// Judges the expectations of a scenario while it plays: what was seen, when, and whether that is what was expected.
import type { Citation, Claim, Expectation } from '../../contracts/records/expectation.ts';
import type { Fields } from './meant-row.ts';
import { fits } from './meant-row.ts';

/** What is asked: rows of a layer with head and columns as fields, and states of feeds. */
export interface JudgedWorld {
  /** null: there is no such layer. */
  rows(layer: string): Iterable<Fields> | null;
  /** Rows that an incident keeps as evidence, as they were when they were taken; none where there is no such incident. */
  evidence(incident: string): Iterable<{ readonly layer: string; readonly row: Fields }>;
  /** null: there is no such feed. */
  feedState(id: string): string | null;
}

export interface Seen {
  readonly holds: boolean;
  /** For people: the values that were looked at. */
  readonly seen: string;
}

/** How it came out: met, missed, pending as said, or pending though it is met now. */
export type Outcome = 'met' | 'missed' | 'pending' | 'unexpected';

export interface Verdict {
  readonly expectation: Expectation;
  readonly outcome: Outcome;
  /** Seconds from the start at which it was settled. */
  readonly atS: number;
  readonly seen: string;
}

/** Rows named in what was seen. */
const SHOWN = 3;
/** Windows are looked at this often, seconds; their ends always are. */
const LOOK_S = 30;
const MINUTE_LOOK_S = 60;
const LONG_LOOK_S = 300;
/** A window over this is a state that lasts, seconds. */
const LONG_S = 3600;
/** A window under this is about a single message. */
const SHORT_S = 600;
/** Feeds and indicators are themselves again so long after everything was skimmed. */
const SETTLE_S = 600;

/** How closely the world has to be followed: every message, each minute, or hardly at all. */
export type Pace = 'close' | 'minute' | 'skim';

export function assessClaim(claim: Claim, world: JudgedWorld): Seen {
  if (claim.feed !== undefined) {
    const state = world.feedState(claim.feed);
    return {
      holds: state !== null && (claim.state ?? []).includes(state),
      seen: `${claim.feed} ${state ?? 'unknown'}`,
    };
  }
  const isIndicator = claim.indicator !== undefined;
  const layer = isIndicator ? 'indicator-value' : (claim.layer ?? '');
  const rows = world.rows(layer);
  if (!rows) return { holds: false, seen: `there is no layer ${layer} yet` };
  const where = { ...claim.where, ...(isIndicator ? { indicator: claim.indicator ?? '' } : {}) };
  const meant: Fields[] = [];
  let count = 0;
  for (const row of rows) {
    if (!fits(row, where)) continue;
    meant.push(row);
    if (fits(row, claim.has ?? {}) && cites(row, claim.cites, world)) count += 1;
  }
  return { holds: isCount(count, claim.count), seen: seenOf(claim, meant, { count, world }) };
}

/** Whether the evidence of an incident has a row that fits. */
function cites(incident: Fields, wanted: Citation | undefined, world: JudgedWorld): boolean {
  if (!wanted) return true;
  for (const { layer, row } of world.evidence(String(incident['key'])))
    if (layer === wanted.layer && fits(row, wanted.where)) return true;
  return false;
}

function isCount(count: number, wanted: Claim['count']): boolean {
  if (wanted === undefined) return count > 0;
  if (typeof wanted === 'number') return count === wanted;
  return count >= (wanted.min ?? 0) && count <= (wanted.max ?? Infinity);
}

function seenOf(
  claim: Claim,
  meant: readonly Fields[],
  { count, world }: { readonly count: number; readonly world: JudgedWorld },
): string {
  const names = Object.keys(claim.has ?? {});
  const shown = meant.slice(0, SHOWN).map((row) => {
    const label = String(row['name'] ?? row['title'] ?? row['region'] ?? row['key'] ?? '').slice(0, 40);
    const said = names.map((name) => `${name} ${shortly(row[name])}`);
    return [label, ...said, ...(claim.cites ? [citedBy(row, world)] : [])].join(' ');
  });
  const more = meant.length > SHOWN ? ` and ${meant.length - SHOWN} more` : '';
  const rows = meant.length === 0 ? 'no such row' : `${shown.join('; ')}${more}`;
  return claim.count === undefined ? rows : `${count} fit: ${rows}`;
}

/** "cites emergency-call 液氨泄漏, outfall 一厂": what stands in its evidence. */
function citedBy(incident: Fields, world: JudgedWorld): string {
  const named = [...world.evidence(String(incident['key']))].map(
    ({ layer, row }) => `${layer} ${String(row['name'] ?? row['title'] ?? row['key']).slice(0, 30)}`,
  );
  return named.length === 0 ? 'cites nothing' : `cites ${named.join(', ')}`;
}

function shortly(value: unknown): string {
  if (typeof value === 'number') return String(Math.round(value * 1e4) / 1e4);
  return value === undefined ? 'unknown' : String(value).slice(0, 60);
}

interface Open {
  readonly expectation: Expectation;
  lookAtS: number;
  last: string;
}

export class Judge {
  readonly #world: JudgedWorld;
  readonly #open: Open[];
  readonly verdicts: Verdict[] = [];

  constructor(expectations: readonly Expectation[], world: JudgedWorld) {
    this.#world = world;
    this.#open = expectations.map((expectation) => ({
      expectation,
      lookAtS: expectation.fromS,
      last: 'nothing yet',
    }));
  }

  /** The next moment, seconds from the start, that must not be stepped over; Infinity: none. */
  nextS(afterS: number): number {
    let next = Infinity;
    for (const { expectation, lookAtS } of this.#open) {
      const { close, minute } = zonesOf(expectation);
      for (const due of [close, minute, lookAtS, expectation.toS])
        if (due > afterS) next = Math.min(next, due);
    }
    return next;
  }

  /** What the open expectations ask for now. */
  pace(nowS: number): Pace {
    let pace: Pace = 'skim';
    for (const { expectation } of this.#open) {
      const { close, minute } = zonesOf(expectation);
      if (nowS >= close && nowS <= expectation.toS) return 'close';
      if (nowS >= minute && nowS <= expectation.toS) pace = 'minute';
    }
    return pace;
  }

  /** Looks at what is due; `nowS` never goes back. → what was settled now */
  look(nowS: number): Verdict[] {
    const settled: Verdict[] = [];
    for (const open of [...this.#open]) {
      const verdict = this.#judge(open, nowS);
      if (!verdict) continue;
      this.#open.splice(this.#open.indexOf(open), 1);
      settled.push(verdict);
    }
    this.verdicts.push(...settled);
    return settled;
  }

  #judge(open: Open, nowS: number): Verdict | null {
    const { expectation } = open;
    const isLast = nowS >= expectation.toS;
    if (nowS < open.lookAtS && !isLast) return null;
    open.lookAtS = nowS + lookEveryS(expectation);
    const { holds, seen } = assessClaim(expectation.claim, this.#world);
    open.last = seen;
    const broken = expectation.when === 'throughout' && !holds;
    const met = expectation.when === 'by' ? holds : holds && isLast;
    if (!met && !broken && !isLast) return null;
    return { expectation, outcome: outcomeOf(met, expectation.pending !== null), atS: nowS, seen };
  }
}

/** Never more often than the world moves meanwhile. */
function lookEveryS({ fromS, toS }: Expectation): number {
  if (toS - fromS > LONG_S) return LONG_LOOK_S;
  return toS - fromS < SHORT_S ? LOOK_S : MINUTE_LOOK_S;
}

/** Seconds from which on it has to be followed closely, or by the minute. What is pending asks for nothing. */
function zonesOf({ claim, when, fromS, toS, pending }: Expectation): { close: number; minute: number } {
  const never = Infinity;
  if (pending !== null || (when === 'throughout' && toS - fromS > LONG_S))
    return { close: never, minute: never };
  if (claim.layer === undefined) return { close: fromS - SETTLE_S, minute: never };
  if (when === 'by' && toS - fromS < SHORT_S) return { close: fromS - LOOK_S, minute: fromS - SETTLE_S };
  return { close: never, minute: fromS - SETTLE_S };
}

function outcomeOf(met: boolean, isPending: boolean): Outcome {
  if (isPending) return met ? 'unexpected' : 'pending';
  return met ? 'met' : 'missed';
}
