// What the card of an incident shows and asks: the line of its stages, and the fields of each action. Pure.
import type { Title } from '../../../contracts/column.ts';
import type {
  Fact,
  Incident,
  IncidentKind,
  LogLine,
  Stage,
  Verb,
} from '../../../contracts/records/incident.ts';
import {
  briefTitles,
  factTitles,
  gradeTitles,
  stages,
  verdictTitles,
} from '../../../contracts/records/incident.ts';

export interface StagePoint {
  readonly stage: Stage;
  readonly state: 'past' | 'now' | 'ahead';
  /** When it was reached last; null: not yet. */
  readonly at: number | null;
  readonly late: boolean;
}

/** The life as a line; of a merged one as far as it came. */
export function stageLine({ stage, before, log }: Incident): readonly StagePoint[] {
  const life: readonly Stage[] = stages.filter((one) => one !== 'merged');
  const now = life.indexOf(before ?? stage);
  return life.map((one, index) => {
    const reached =
      index > now ? undefined : log.findLast((line, at) => line.stage === one && log[at - 1]?.stage !== one);
    return {
      stage: one,
      state: index < now ? 'past' : index === now ? 'now' : 'ahead',
      at: reached?.knownAt ?? null,
      late: log.some((line, at) => line.late && log[at - 1]?.stage === one),
    };
  });
}

/** What leads on from each stage; what else may be done stands beside it. */
const stepsOf: Readonly<Partial<Record<Stage, readonly Verb[]>>> = {
  reported: ['accept'],
  accepted: ['grade'],
  graded: ['assign'],
  assigned: ['start'],
  handling: ['answer'],
  answered: ['check'],
  checked: ['close'],
  closed: ['rate', 'archive'],
};

/** Of what may be done, the one that leads on; null: nothing does, be it that tasks are open. */
export const stepOf = (stage: Stage, next: readonly Verb[]): Verb | null =>
  stepsOf[stage]?.find((verb) => next.includes(verb)) ?? null;

/** text and reason are long; the others are chosen. */
export type FieldName =
  | 'text'
  | 'reason'
  | 'grade'
  | 'facts'
  | 'unit'
  | 'worker'
  | 'score'
  | 'into'
  | 'part'
  | 'title'
  | 'place'
  | 'verdict'
  | 'brief';

interface Field {
  readonly name: FieldName;
  readonly needed: boolean;
}
const must = (...names: readonly FieldName[]): Field[] => names.map((name) => ({ name, needed: true }));
const may = (...names: readonly FieldName[]): Field[] => names.map((name) => ({ name, needed: false }));

/** Citing is done from the card of what is cited. */
export type FormVerb = Exclude<Verb, 'cite'>;
export const fieldsOf: Readonly<Record<FormVerb, readonly Field[]>> = {
  accept: may('text'),
  grade: [...must('grade'), ...may('facts', 'reason')],
  assign: [...must('unit'), ...may('worker', 'text')],
  start: may('text'),
  answer: must('text'),
  check: must('text'),
  close: must('text'),
  rate: [...may('score'), ...may('text')],
  archive: may('text'),
  return: must('reason'),
  'hand-over': must('unit', 'reason'),
  escalate: must('grade', 'reason'),
  reopen: must('reason'),
  merge: must('into', 'reason'),
  split: [...may('part', 'title'), ...must('reason')],
  amend: [...may('title', 'place'), ...must('reason')],
  urge: must('text'),
  supervise: must('text'),
  review: must('verdict', 'text'),
  brief: must('brief', 'text'),
  note: must('text'),
};

export const isFormVerb = (verb: Verb): verb is FormVerb => verb !== 'cite';

/** Facts worth asking for each kind before the others; all the rest counts by the same criteria. */
const FIRST_FACTS: Readonly<Partial<Record<IncidentKind, readonly Fact[]>>> = {
  earthquake: ['magnitude', 'dead'],
  'forest-fire': ['burntHa', 'dead', 'hurt'],
  waterlogging: ['roadsOver50cm', 'roadsOver30cm', 'pointsOver15cm'],
  gathering: ['gathered'],
  'food-poisoning': ['poisoned', 'dead'],
  epidemic: ['counties'],
  flood: ['dead', 'evacuated', 'houses'],
  environment: ['dead', 'poisoned', 'evacuated', 'lossWan', 'provinces'],
  cyber: ['counties'],
};
export const factsOf = (kind: IncidentKind): readonly Fact[] =>
  FIRST_FACTS[kind] ?? ['dead', 'hurt', 'lossWan'];

export type Filled = Readonly<Partial<Record<FieldName, string>>>;

/** What is sent: empty fields are not said. */
export function saidOf(verb: FormVerb, filled: Filled): Readonly<Record<string, unknown>> {
  const said: Record<string, unknown> = {};
  for (const { name } of fieldsOf[verb]) {
    const value = filled[name];
    if (value === undefined || value === '') continue;
    said[name] = name === 'into' || name === 'part' || name === 'score' ? Number(value) : value;
  }
  if (verb === 'rate' && said['score'] === undefined) said['score'] = null;
  return said;
}

const SAID: readonly (readonly [string, Readonly<Record<string, Title>>])[] = [
  ['grade', gradeTitles],
  ['verdict', verdictTitles],
  ['brief', briefTitles],
];

/** What a line of the log says beside its text, as titles. */
export function detailsOf({ said }: LogLine): readonly Title[] {
  const coded = SAID.flatMap(([name, titles]) => titles[String(said[name])] ?? []);
  const named = ['unit', 'desk', 'gradeReason'].flatMap((name) => (said[name] as Title | undefined) ?? []);
  const facts = Object.entries((said['facts'] ?? {}) as Readonly<Record<string, number>>).map(
    ([name, value]) => {
      const { zh, en } = factTitles[name as Fact];
      return { zh: `${zh} ${value}`, en: `${en} ${value}` };
    },
  );
  const plain = ['title', 'place', 'worker', 'score', 'into', 'evidence'].flatMap((name) => {
    const value = said[name];
    return typeof value === 'string' || typeof value === 'number'
      ? [{ zh: String(value), en: String(value) }]
      : [];
  });
  return [...coded, ...named.filter((one) => typeof one === 'object'), ...facts, ...plain].filter(
    ({ zh }) => zh !== '',
  );
}
