// Tasks as the desk gives and judges them, through the server's routes; what came back is the task, or why nothing was done.
import type { Counted } from '../../contracts/records/evacuation.ts';
import type { Incident } from '../../contracts/records/incident.ts';
import type { Proof, Task, TaskVerb } from '../../contracts/records/task.ts';
import { openIncident, opened } from './incidents.ts';
import { refusalOf, type Refusal } from './operations.ts';
import { askWorld } from './world.ts';

export interface NewTask {
  readonly unit: string;
  readonly text: string;
  readonly place: string;
  /** Epoch ms of the city clock; null: no time is set. */
  readonly dueAt: number | null;
  readonly proof: readonly Proof[];
  /** Absent: it moves nobody. */
  readonly move?: readonly { readonly place: string; readonly people: number }[];
}

/** null: done. */
export type TaskAnswer = Refusal | null;

async function post(path: string, body: Readonly<Record<string, unknown>>): Promise<TaskAnswer> {
  try {
    const response = await askWorld(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) return null;
    const said = (await response.json().catch(() => null)) as { message?: string } | null;
    return refusalOf(response.status, said?.message ?? '');
  } catch {
    return refusalOf(0, '');
  }
}

async function thenRead(id: number, answer: TaskAnswer): Promise<TaskAnswer> {
  if (opened.value?.incident.id === id) await openIncident(id);
  return answer;
}

/** @param action made once for what somebody means once */
export const giveTask = async ({ id, seq }: Incident, action: string, said: NewTask): Promise<TaskAnswer> =>
  thenRead(id, await post(`/api/incidents/${id}/tasks`, { action, seen: seq, ...said }));

export const countMoved = async (
  { id }: Incident,
  task: Task,
  said: { readonly action: string; readonly places: Counted },
): Promise<TaskAnswer> =>
  thenRead(id, await post(`/api/tasks/${task.id}/progress`, { seen: task.seq, ...said }));

export const judgeTask = async (
  { id }: Incident,
  task: Task,
  did: { readonly verb: TaskVerb; readonly action: string; readonly reason: string },
): Promise<TaskAnswer> => {
  const said = did.verb === 'accept' ? { text: did.reason } : { reason: did.reason };
  return thenRead(
    id,
    await post(`/api/tasks/${task.id}/${did.verb}`, { action: did.action, seen: task.seq, ...said }),
  );
};
