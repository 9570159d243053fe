// The life of an incident as a table: what may be done in which stage, and where it leads. Nothing else moves a stage.
import type { Stage, Verb } from '../../contracts/records/incident.ts';
import { verbs } from '../../contracts/records/incident.ts';

type Moves = Readonly<Partial<Record<Stage, Stage>>>;

const stay = (...in_: readonly Stage[]): Moves => Object.fromEntries(in_.map((stage) => [stage, stage]));

const open = ['reported', 'accepted', 'graded', 'assigned', 'handling', 'answered', 'checked'] as const;
const fromGraded = ['graded', 'assigned', 'handling', 'answered', 'checked'] as const;

/** From stage to stage; a stage that is not named refuses. */
export const moves: Readonly<Record<Verb, Moves>> = {
  accept: { reported: 'accepted' },
  /** Later than accepted it is graded anew and stays where it is. */
  grade: { accepted: 'graded', ...stay(...fromGraded) },
  assign: { graded: 'assigned' },
  start: { assigned: 'handling' },
  answer: { handling: 'answered' },
  check: { answered: 'checked' },
  close: { checked: 'closed' },
  rate: stay('closed'),
  /** Once it is rated. */
  archive: { closed: 'archived' },
  /** To the desk while a unit has it; to the unit once it has answered. */
  return: { assigned: 'graded', handling: 'graded', answered: 'handling', checked: 'handling' },
  /** To another desk before it is assigned, to another unit after. */
  'hand-over': { ...stay('reported', 'accepted', 'graded'), assigned: 'assigned', handling: 'assigned' },
  escalate: stay(...fromGraded),
  /** Graded it is already; it is assigned anew. */
  reopen: { closed: 'graded', archived: 'graded' },
  merge: Object.fromEntries(open.map((stage) => [stage, 'merged'])),
  split: stay(...open),
  amend: stay(...open),
  urge: stay(...open),
  supervise: stay(...open),
  review: stay(...open, 'closed'),
  brief: stay(...open, 'closed'),
  note: stay(...open, 'closed', 'archived', 'merged'),
  cite: stay(...open, 'closed'),
};

/** What may be done in a stage, in the order of the table. */
export function allowedIn({
  stage,
  rating,
}: {
  readonly stage: Stage;
  readonly rating: unknown;
}): readonly Verb[] {
  return verbs.filter((verb) => {
    if (moves[verb][stage] === undefined) return false;
    if (verb === 'archive') return rating !== null;
    return verb !== 'rate' || rating === null;
  });
}

/** Marks say something beside the life of an incident: they are true whatever somebody else did meanwhile. */
const MARKS: ReadonlySet<Verb> = new Set(['urge', 'supervise', 'review', 'brief', 'note', 'cite']);

/**
 * What an action changes: two that change the same contradict each other when the second has not seen the first.
 * Empty: it contradicts nothing.
 */
export function changedBy(verb: string, said: Readonly<Record<string, unknown>>): readonly string[] {
  if (MARKS.has(verb as Verb)) return [];
  if (verb === 'amend')
    return Object.keys(said).filter((name) => name !== 'reason' && said[name] !== undefined);
  if (verb === 'escalate') return ['grade'];
  if (verb === 'grade') return ['grade', 'stage'];
  return ['stage'];
}
