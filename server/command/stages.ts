// The life of an incident as a table: what may be done in which stage, and where it leads. Nothing else moves a stage.
import type { Stage, Verb } from '../../contracts/records/incident.ts';
import { verbs } from '../../contracts/records/incident.ts';
import type { Task } from '../../contracts/records/task.ts';
import { GIVE_TASK, isTaskOpen, TASK_PREFIX } from '../../contracts/records/task.ts';

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

/** What nobody would finish any more is finished, or withdrawn, before the incident leaves the hands of those who gave it. */
const WAITS_FOR_TASKS: ReadonlySet<Verb> = new Set(['close', 'merge']);

/** Why open tasks stand against it, for people; null: they do not. */
export function heldByTasks(verb: Verb, tasks: readonly Task[]): string | null {
  const open = tasks.filter(isTaskOpen).length;
  if (open === 0 || !WAITS_FOR_TASKS.has(verb)) return null;
  return `还有 ${open} 项任务未了结，请先验收或撤回 (${open} tasks are open: accept or withdraw them first)`;
}

/** What may be done in a stage, in the order of the table. */
export function allowedIn({
  stage,
  rating,
  tasks,
}: {
  readonly stage: Stage;
  readonly rating: unknown;
  readonly tasks: readonly Task[];
}): readonly Verb[] {
  return verbs.filter((verb) => {
    if (moves[verb][stage] === undefined || heldByTasks(verb, tasks) !== null) return false;
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
  if (MARKS.has(verb as Verb) || verb === GIVE_TASK) return [];
  if (verb.startsWith(TASK_PREFIX)) return [`task:${String(said['task'])}`];
  if (verb === 'amend')
    return Object.keys(said).filter((name) => name !== 'reason' && said[name] !== undefined);
  if (verb === 'escalate') return ['grade'];
  if (verb === 'grade') return ['grade', 'stage'];
  return ['stage'];
}
