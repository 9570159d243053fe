// What an action owes a task before it is written: pure. Its life as a table is in contracts/records/task.ts.
import { CodedError } from '../../contracts/errors.ts';
import type { FileRef, Incident } from '../../contracts/records/incident.ts';
import { isOpen, stageTitles } from '../../contracts/records/incident.ts';
import type { Task, TaskVerb } from '../../contracts/records/task.ts';
import {
  isMove,
  isTaskOpen,
  TASK_PREFIX,
  taskEntryTitle,
  taskMoves,
  taskStateTitles,
  taskVerbTitles,
} from '../../contracts/records/task.ts';
import { linesSince } from './checks.ts';
import { changedBy } from './stages.ts';

type Said = Readonly<Record<string, unknown>>;

export const openTasks = ({ tasks }: Pick<Incident, 'tasks'>): readonly Task[] => tasks.filter(isTaskOpen);

/** Why no task can be given for it, for people; null: one can. It has to be accepted, and not over. */
export function noTaskFor({ stage }: Pick<Incident, 'stage'>): string | null {
  if (isOpen({ stage }) && stage !== 'reported') return null;
  const { zh, en } = stageTitles[stage];
  return `${zh}阶段不能下达任务 (no task can be given in stage ${en})`;
}

/**
 * Whether somebody else changed the task meanwhile, or its state does not allow it. → why, for people; null: it may be done.
 * @throws CodedError request/invalid for a sequence that does not exist yet
 */
export function taskConflictOf(
  incident: Incident,
  task: Task,
  { verb, seen }: { readonly verb: TaskVerb; readonly seen: number },
): string | null {
  if (seen > incident.seq)
    throw new CodedError('request/invalid', `seen: ${seen} is after the last entry ${incident.seq}`);
  const mine = changedBy(`${TASK_PREFIX}${verb}`, { task: task.id });
  const other = linesSince(incident, seen).find((line) =>
    changedBy(line.verb, line.said).some((name) => mine.includes(name)),
  );
  if (other)
    return `${other.by} 已先${taskEntryTitle(other.verb)?.zh ?? other.verb} (${other.by} did ${other.verb} first)`;
  if (verb === 'progress' && !isMove(task))
    return '此任务没有转移对象，不统计转移进度 (this task moves nobody: there is nothing to count)';
  if (taskMoves[verb][task.state] !== undefined) return null;
  const { zh, en } = taskStateTitles[task.state];
  return `${zh}的任务不能${taskVerbTitles[verb].zh} (${verb} is not possible while the task is ${en.toLowerCase()})`;
}

/** @throws CodedError request/invalid naming the member: a report brings the proof that was asked for, and says something */
export function requireProof({ proof }: Task, said: Said, files: readonly FileRef[]): void {
  const has = (kind: 'image' | 'audio'): boolean => files.some(({ type }) => type.startsWith(`${kind}/`));
  const isTold = said['text'] !== '' || has('audio');
  if (proof.includes('photo') && !has('image'))
    throw new CodedError('request/invalid', 'files: this task asks for a photo: send one and name it');
  if (proof.includes('note') && !isTold)
    throw new CodedError('request/invalid', 'text: this task asks for words or a voice note');
  if (!isTold && files.length === 0)
    throw new CodedError('request/invalid', 'text: say what was found, or send a photo or a voice note');
}
