// Incidents as the fold of their entries: pure. What depends on calendar, rules and rows was worked out when the entry was
// written and stands in it, so that a later rule never changes the past.
import type { Title } from '../../contracts/column.ts';
import type { EvacuationPlace } from '../../contracts/records/evacuation.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type {
  Evidence,
  Facts,
  FileRef,
  Grade,
  Incident,
  LogLine,
  UnitRef,
  Verb,
} from '../../contracts/records/incident.ts';
import { verbs } from '../../contracts/records/incident.ts';
import { taskEntries } from '../../contracts/records/task.ts';
import { isGrave } from './grading.ts';
import { moves } from './stages.ts';
import { tasksAfter } from './task-fold.ts';

/** Kinds of entries an incident is made of. */
export const entryKinds: readonly string[] = ['report', ...verbs, ...taskEntries].map(
  (verb) => `incident/${verb}`,
);

/** What stands in every entry beside what was said. */
export interface EntryBody {
  /** Absent: the entry begins one, whose id is its sequence. */
  readonly incident?: number;
  readonly action: string;
  readonly happenedAt: number;
  /** What the client asked, as it was checked. */
  readonly said: Readonly<Record<string, unknown>>;
  /** What was worked out for it. Absent members: unchanged. */
  readonly found: Found;
}

export interface Found {
  readonly no?: string;
  readonly region?: string;
  readonly desk?: UnitRef;
  readonly unit?: UnitRef;
  readonly assisting?: readonly UnitRef[];
  readonly gradeReason?: Title;
  readonly dueAt?: number | null;
  /** Of the part that was split off or given back. */
  readonly partDueAt?: number | null;
  readonly briefDueAt?: number | null;
  readonly late?: boolean;
  /** Of a task: it was reported after its time. */
  readonly taskLate?: boolean;
  /** Of a task that moves people: all its places, as they are after it. */
  readonly move?: readonly EvacuationPlace[];
  readonly evidence?: Evidence;
  readonly files?: readonly FileRef[];
}

type Said = Readonly<Record<string, unknown>>;
type Incidents = Map<number, Incident>;

/** Applies one entry. → ids of the incidents it changed, the one it is about first; empty: it is about none. */
export function applyEntry(incidents: Incidents, entry: LogEntry): readonly number[] {
  const verb = entry.kind.slice('incident/'.length);
  const body = entry.body as unknown as EntryBody;
  if (verb === 'report') {
    incidents.set(entry.seq, begun(entry, body));
    return [entry.seq];
  }
  const before = incidents.get(body.incident ?? -1);
  if (!before) return [];
  if (taskEntries.includes(verb)) {
    const next = { ...before, seq: entry.seq, tasks: tasksAfter(before, entry, { verb, body }) };
    incidents.set(before.id, { ...next, log: [...before.log, lineOf(next, entry, { verb, body })] });
    return [before.id];
  }
  const after = acted(before, entry, { verb: verb as Verb, body });
  incidents.set(before.id, after);
  return [before.id, ...others(incidents, after, { entry, verb: verb as Verb, body })];
}

function begun(entry: LogEntry, body: EntryBody): Incident {
  const { said, found, happenedAt } = body;
  const start: Incident = {
    id: entry.seq,
    no: found.no ?? '',
    seq: entry.seq,
    stage: 'reported',
    before: null,
    kind: said['kind'] as Incident['kind'],
    channel: said['channel'] as Incident['channel'],
    title: text(said, 'title'),
    text: text(said, 'text'),
    place: text(said, 'place'),
    position: (said['position'] ?? null) as Incident['position'],
    region: found.region ?? '',
    urgent: said['urgent'] === true,
    facts: said['facts'] ?? {},
    grade: null,
    gradeReason: null,
    desk: found.desk as UnitRef,
    unit: null,
    assisting: [],
    worker: '',
    happenedAt,
    reportedAt: entry.knownAt,
    reportedBy: entry.subject,
    stageAt: entry.knownAt,
    dueAt: found.dueAt ?? null,
    briefDueAt: null,
    briefs: 0,
    urges: 0,
    supervised: null,
    rating: null,
    returns: 0,
    reopens: 0,
    lateSteps: 0,
    mergedInto: null,
    merged: [],
    parent: typeof said['parent'] === 'number' ? said['parent'] : null,
    children: [],
    tasks: [],
    evidence: found.evidence ? [found.evidence] : [],
    log: [],
  };
  return { ...start, log: [lineOf(start, entry, { verb: 'report', body })] };
}

interface Done {
  readonly verb: Verb;
  readonly body: EntryBody;
}

function acted(before: Incident, entry: LogEntry, done: Done): Incident {
  const { verb, body } = done;
  const { found } = body;
  const stage = moves[verb][before.stage] ?? before.stage;
  const moved = stage !== before.stage || verb === 'hand-over';
  const next: Incident = {
    ...before,
    ...changes[verb](before, body.said, { found, at: entry.knownAt, by: entry.subject }),
    stage,
    seq: entry.seq,
    stageAt: moved ? entry.knownAt : before.stageAt,
    dueAt: found.dueAt === undefined ? before.dueAt : found.dueAt,
    briefDueAt: found.briefDueAt === undefined ? before.briefDueAt : found.briefDueAt,
    lateSteps: before.lateSteps + (found.late ? 1 : 0),
  };
  return { ...next, log: [...before.log, lineOf(next, entry, done)] };
}

interface Around {
  readonly found: Found;
  readonly at: number;
  readonly by: string;
}
type Change = (before: Incident, said: Said, around: Around) => Partial<Incident>;

const nothing: Change = () => ({});
const changes: Readonly<Record<Verb, Change>> = {
  accept: nothing,
  grade: (before, said, { found }) => graded(before, said, found),
  assign: (_before, said, { found }) => ({
    ...(found.unit ? { unit: found.unit } : {}),
    assisting: found.assisting ?? [],
    worker: text(said, 'worker'),
  }),
  start: nothing,
  answer: nothing,
  check: nothing,
  close: nothing,
  rate: (_before, said, { at }) => ({
    rating: { score: (said['score'] ?? null) as number | null, text: text(said, 'text'), at },
  }),
  archive: nothing,
  return: ({ returns, stage, unit, assisting }) => ({
    returns: returns + 1,
    ...(stage === 'assigned' || stage === 'handling'
      ? { unit: null, assisting: [], worker: '' }
      : { unit, assisting }),
  }),
  'hand-over': ({ stage }, _said, { found }) =>
    stage === 'assigned' || stage === 'handling'
      ? { ...(found.unit ? { unit: found.unit } : {}), worker: '' }
      : { ...(found.desk ? { desk: found.desk } : {}) },
  escalate: (before, said, { found }) => ({
    ...graded(before, said, found),
    ...(found.desk ? { desk: found.desk } : {}),
  }),
  reopen: ({ reopens }) => ({ reopens: reopens + 1, rating: null, unit: null, assisting: [], worker: '' }),
  merge: ({ stage }, said) => ({ before: stage, mergedInto: Number(said['into']) }),
  split: ({ merged }, said) => ({ merged: merged.filter((id) => id !== said['part']) }),
  amend: (before, said, { found }) => amended(before, said, found),
  urge: ({ urges }) => ({ urges: urges + 1 }),
  supervise: (_before, said, { at, by }) => ({
    supervised: said['on'] === false ? null : { by, at, text: text(said, 'text') },
  }),
  review: nothing,
  brief: ({ briefs }) => ({ briefs: briefs + 1 }),
  note: nothing,
  cite: ({ evidence }, _said, { found }) => ({
    evidence: found.evidence ? [...evidence, found.evidence] : evidence,
  }),
};

function graded(before: Incident, said: Said, found: Found): Partial<Incident> {
  const grade = said['grade'] as Grade;
  return {
    grade,
    gradeReason: found.gradeReason ?? before.gradeReason,
    facts: { ...before.facts, ...((said['facts'] ?? {}) as Facts) },
    urgent: before.urgent || isGrave(grade),
  };
}

function amended(before: Incident, said: Said, { region }: Found): Partial<Incident> {
  const { reason: _reason, facts, ...named } = said;
  return {
    ...(named as Partial<Incident>),
    facts: { ...before.facts, ...((facts ?? {}) as Facts) },
    ...(region === undefined ? {} : { region }),
  };
}

/** A merge is said of the part and known by the whole; a split gives a part its own stage back. */
function others(
  incidents: Incidents,
  { id, parent: _parent, title, ...of }: Incident,
  { entry, verb, body }: Done & { readonly entry: LogEntry },
): readonly number[] {
  const { said } = body;
  const touch = (other: Incident | undefined, change: Partial<Incident>): readonly number[] => {
    if (!other) return [];
    const next = { ...other, ...change, seq: entry.seq };
    incidents.set(other.id, { ...next, log: [...other.log, lineOf(next, entry, { verb, body })] });
    return [other.id];
  };
  if (verb === 'merge') {
    const whole = incidents.get(Number(said['into']));
    return touch(whole, { merged: [...(whole?.merged ?? []), id] });
  }
  if (verb !== 'split') return [];
  const part = incidents.get(Number(said['part']));
  if (part) {
    return touch(part, {
      stage: part.before ?? part.stage,
      before: null,
      mergedInto: null,
      stageAt: entry.knownAt,
      dueAt: body.found.partDueAt ?? null,
    });
  }
  // What was split off begins its own life: it has to be accepted and graded by itself.
  const child = begun(entry, {
    ...body,
    said: {
      kind: said['kind'] ?? of.kind,
      channel: 'split',
      title: said['title'] ?? title,
      place: of.place,
      position: of.position,
      urgent: of.urgent,
      parent: id,
      reason: said['reason'],
    },
    found: { ...body.found, region: of.region, desk: of.desk, dueAt: body.found.partDueAt ?? null },
  });
  incidents.set(child.id, { ...child, evidence: of.evidence });
  const parent = incidents.get(id) as Incident;
  incidents.set(id, { ...parent, children: [...parent.children, child.id] });
  return [child.id];
}

function lineOf(
  { stage }: Incident,
  { seq, subject, knownAt }: LogEntry,
  { verb, body }: { readonly verb: string; readonly body: EntryBody },
): LogLine {
  const { text: words, reason, ...said } = body.said;
  return {
    seq,
    verb,
    by: subject,
    happenedAt: body.happenedAt,
    knownAt,
    stage,
    text: String(words ?? reason ?? ''),
    said: { ...said, ...unitsOf(body.found) },
    files: body.found.files ?? [],
    late: body.found.late ?? false,
  };
}

/** Units by name: ids alone tell nobody who has it. */
function unitsOf({ unit, desk, gradeReason, evidence }: Found): Said {
  return {
    ...(unit ? { unit: unit.name } : {}),
    ...(desk && !unit ? { desk: desk.name } : {}),
    ...(gradeReason ? { gradeReason } : {}),
    ...(evidence ? { evidence: `${evidence.layer}/${evidence.key}` } : {}),
  };
}

function text(said: Said, name: string): string {
  const value = said[name];
  return typeof value === 'string' ? value : '';
}

/** All incidents of a log. */
export function foldIncidents(entries: Iterable<LogEntry>): Map<number, Incident> {
  const incidents: Incidents = new Map();
  for (const entry of entries) applyEntry(incidents, entry);
  return incidents;
}
