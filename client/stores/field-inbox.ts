// Tasks and calls as the page of the field knows them: what an answer told is not forgotten for one that was asked for earlier. Pure.
import type { Call } from '../../contracts/records/call.ts';
import type { HeadquartersView, RollCall } from '../../contracts/records/headquarters.ts';
import type { TaskView } from '../../contracts/records/task-actions.ts';

type Inbox = readonly TaskView[];

/** With what the server answered to an action; an answer that is about no task of these changes nothing. */
export function withAnswer(tasks: Inbox, body: unknown): Inbox {
  const told = body as Partial<TaskView> | null;
  const view = told?.task && told.incident ? (told as TaskView) : null;
  return view ? tasks.map((one) => (one.task.id === view.task.id ? newer(one, view) : one)) : tasks;
}

/** What was read, where something newer is known of none. */
export function mergedInbox(found: Inbox, known: Inbox): Inbox {
  return found.map((one) => newer(known.find(({ task }) => task.id === one.task.id) ?? one, one));
}

const newer = (known: TaskView, told: TaskView): TaskView => (known.task.seq > told.task.seq ? known : told);

/** Calls with what the server answered to one of them; an answer about something else changes nothing. */
export function withCall(calls: readonly Call[], body: unknown): readonly Call[] {
  const told = (body ?? {}) as Partial<Call>;
  if (told.members === undefined || told.answerUntil === undefined) return calls;
  return calls.map((one) => (one.id === told.id && one.seq <= (told.seq ?? 0) ? (told as Call) : one));
}

/** The roll-calls as the answer to one of them tells them; null: it is about something else. */
export function rollsIn(body: unknown): readonly RollCall[] | null {
  const told = (body ?? {}) as Partial<HeadquartersView>;
  return told.centres !== undefined && told.calls !== undefined ? told.calls : null;
}
