// Incidents counted for boards, out of the fold as it stands: pure.
import type { Title } from '../../contracts/column.ts';
import type { CaseFlow, IncidentBoard, Standing } from '../../contracts/records/incident-board.ts';
import type { Incident, LogLine, Stage } from '../../contracts/records/incident.ts';
import { isOpen, isOverdue, ownerOf } from '../../contracts/records/incident.ts';

const HOUR_MS = 3_600_000;
const MOST_FLOWS = 12;
/** Best of a rating. */
const FULL_SCORE = 5;

export interface BoardAsk {
  /** Epoch ms: steps, reports, closings and ratings count from then on. */
  readonly from: number;
  readonly now: number;
  /** Those that stand in the league table, with cases or without. */
  readonly counties: readonly { readonly id: string; readonly name: Title }[];
  /** Of a region code: its county, or the city. */
  readonly countyOf: (region: string) => { readonly id: string; readonly name: Title };
}

/** One step that was done: in which stage it was, and whether it was left after its time. */
interface Step {
  readonly stage: Stage;
  readonly at: number;
  readonly late: boolean;
}

/** Counts of one unit, county or the whole. */
class Tally {
  readonly id: string;
  readonly name: Title;
  open = 0;
  overdue = 0;
  supervised = 0;
  reported = 0;
  reportedClosed = 0;
  steps = 0;
  late = 0;
  readonly hours: number[] = [];
  readonly scores: number[] = [];

  constructor(id: string, name: Title) {
    this.id = id;
    this.name = name;
  }

  standing(): Standing {
    const inTimePct = share(this.steps - this.late, this.steps);
    const closedPct = share(this.reportedClosed, this.reported);
    const satisfaction = mean(this.scores);
    const satisfied = satisfaction === null ? null : (satisfaction / FULL_SCORE) * 100;
    const known = [inTimePct, closedPct, satisfied].filter((value) => value !== null);
    return {
      ...{ id: this.id, name: this.name, open: this.open, overdue: this.overdue },
      ...{ supervised: this.supervised, reported: this.reported, closed: this.hours.length },
      ...{
        inTimePct: rounded(inTimePct),
        closedPct: rounded(closedPct),
        medianHours: rounded(median(this.hours)),
      },
      ...{ satisfaction: rounded(satisfaction), rated: this.scores.length, score: rounded(mean(known)) },
    };
  }
}

class Tallies {
  readonly #all = new Map<string, Tally>();

  of({ id, name }: { readonly id: string; readonly name: Title }): Tally {
    const found = this.#all.get(id) ?? new Tally(id, name);
    this.#all.set(id, found);
    return found;
  }

  standings(): Standing[] {
    return [...this.#all.values()].map((tally) => tally.standing());
  }
}

/** What was merged into another is counted there alone. */
export function boardOf(
  all: Iterable<Incident>,
  { from, now, counties: named, countyOf }: BoardAsk,
): IncidentBoard {
  const whole = new Tally('', { zh: '全市', en: 'The whole city' });
  const [units, counties] = [new Tallies(), new Tallies()];
  for (const county of named) counties.of(county);
  const stages: Partial<Record<Stage, number>> = {};
  const flows = new Map<string, CaseFlow>();
  for (const incident of all) {
    if (incident.stage === 'merged') continue;
    const steps = stepsOf(incident.log).filter(({ at }) => at >= from);
    const county = counties.of(countyOf(incident.region));
    for (const tally of [whole, county]) count(tally, incident, { from, now, steps });
    countUnit(units, incident, { from, now, steps });
    if (isOpen(incident)) stages[incident.stage] = (stages[incident.stage] ?? 0) + 1;
    for (const [source, target] of movesOf(incident.log, from)) {
      const name = `${source.zh} ${target.zh}`;
      flows.set(name, { from: source, to: target, count: (flows.get(name)?.count ?? 0) + 1 });
    }
  }
  return {
    ...{ from, to: now, stages, whole: whole.standing() },
    units: units.standings().sort((a, b) => b.overdue - a.overdue || b.open - a.open || byId(a, b)),
    counties: counties.standings().sort((a, b) => (b.score ?? -1) - (a.score ?? -1) || byId(a, b)),
    flows: [...flows.values()].sort((a, b) => b.count - a.count).slice(0, MOST_FLOWS),
  };
}

interface Counting {
  readonly from: number;
  readonly now: number;
  readonly steps: readonly Step[];
}

function count(tally: Tally, incident: Incident, { from, now, steps }: Counting): void {
  const { reportedAt, rating } = incident;
  if (isOpen(incident)) {
    tally.open += 1;
    if (isOverdue(incident, now)) tally.overdue += 1;
    if (incident.supervised) tally.supervised += 1;
  }
  tally.steps += steps.length;
  tally.late += steps.filter(({ late }) => late).length;
  if (reportedAt >= from) {
    tally.reported += 1;
    if (!isOpen(incident)) tally.reportedClosed += 1;
  }
  const closedAt = isOpen(incident) ? null : closingOf(incident.log);
  if (closedAt !== null && closedAt >= from) tally.hours.push((closedAt - reportedAt) / HOUR_MS);
  if (rating && rating.score !== null && rating.at >= from) tally.scores.push(rating.score);
}

/** A unit answers for the steps it had, a desk for those that wait for it now. */
function countUnit(units: Tallies, incident: Incident, counting: Counting): void {
  const { unit } = incident;
  const own = counting.steps.filter(({ stage }) => stage === 'assigned' || stage === 'handling');
  if (unit) count(units.of(unit), incident, { ...counting, steps: own });
  const owner = ownerOf(incident);
  if (!isOpen(incident) || owner.id === unit?.id) return;
  const desk = units.of(owner);
  desk.open += 1;
  if (isOverdue(incident, counting.now)) desk.overdue += 1;
  // It is the desk's turn: the unit has done its part.
  if (!unit) return;
  const done = units.of(unit);
  done.open -= 1;
  if (isOverdue(incident, counting.now)) done.overdue -= 1;
}

/** Each line that left a stage. */
function stepsOf(log: readonly LogLine[]): Step[] {
  return log.flatMap(({ stage, knownAt, late }, at) => {
    const before = log[at - 1]?.stage;
    return before === undefined || (before === stage && !late) ? [] : [{ stage: before, at: knownAt, late }];
  });
}

/** When it was closed last; null: never. */
function closingOf(log: readonly LogLine[]): number | null {
  return log.findLast(({ verb }) => verb === 'close')?.knownAt ?? null;
}

/** From whom to whom it went, in order. */
function movesOf(log: readonly LogLine[], from: number): (readonly [Title, Title])[] {
  const moves: (readonly [Title, Title])[] = [];
  let desk: Title | null = null;
  let holder: Title | null = null;
  for (const { verb, said, knownAt } of log) {
    const [named, led] = [titleIn(said['unit']), titleIn(said['desk'])];
    desk = led ?? desk;
    const next: Title | null = verb === 'return' || verb === 'answer' ? desk : (named ?? led ?? holder);
    // An answer is the way back that every case takes: no flow to look at.
    if (holder && next && next.zh !== holder.zh && verb !== 'answer' && knownAt >= from)
      moves.push([holder, next]);
    holder = next;
  }
  return moves;
}

function titleIn(said: unknown): Title | null {
  const { zh, en } = (said ?? {}) as Partial<Title>;
  return typeof zh === 'string' && typeof en === 'string' ? { zh, en } : null;
}

const byId = (a: Standing, b: Standing): number => a.id.localeCompare(b.id);
const share = (part: number, of: number): number | null => (of === 0 ? null : (part / of) * 100);
const mean = (of: readonly number[]): number | null =>
  of.length === 0 ? null : of.reduce((sum, one) => sum + one, 0) / of.length;
const rounded = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 10) / 10;

function median(of: readonly number[]): number | null {
  const sorted = [...of].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? (high ?? null) : mean([low, high].filter((one) => one !== undefined));
}
