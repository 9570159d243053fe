// Tasks as the page of the field knows them: what an answer told is not forgotten for one that was asked for earlier. Pure.
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
