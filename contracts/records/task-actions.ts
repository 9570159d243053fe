// What may be done with a task: one schema for each action, with the same discipline as those of incidents (an id the client
// made, the sequence it had seen).
import { z } from 'zod';
import { acted, files, position, reason, unit } from './action-parts.ts';
import { countedSchema, moveSchema } from './evacuation.ts';
import type { Incident, LogLine } from './incident.ts';
import type { Proof, Task, TaskVerb } from './task.ts';
import { proofs } from './task.ts';

const said = z.string().trim().min(1).max(2000);
const note = z.string().trim().max(2000).default('');

export const giveTaskSchema = acted({
  unit,
  text: said,
  place: z.string().trim().max(160).default(''),
  position: position.nullable().default(null),
  worker: z.string().trim().max(60).default(''),
  dueAt: z.int().positive().nullable().default(null),
  proof: z
    .array(z.enum(proofs as readonly [Proof, ...Proof[]]))
    .max(2)
    .default([]),
  /** People it moves, by place; absent: nobody. */
  move: moveSchema.optional(),
});

export const taskSchemas = {
  receive: acted({ text: note }),
  start: acted({ text: note }),
  report: acted({ text: note, position: position.nullable().default(null), files }),
  accept: acted({ text: note }),
  return: acted({ reason }),
  withdraw: acted({ reason }),
  progress: acted({ text: note, places: countedSchema }),
} as const satisfies Readonly<Record<TaskVerb, z.ZodObject>>;

export type GiveTaskRequest = z.infer<typeof giveTaskSchema>;
export type TaskRequest<V extends TaskVerb = TaskVerb> = z.infer<(typeof taskSchemas)[V]>;

/** A task with as much of its incident as a unit needs that may see nothing else of it. */
export interface TaskView {
  readonly task: Task;
  readonly incident: Pick<
    Incident,
    'id' | 'no' | 'title' | 'kind' | 'grade' | 'stage' | 'urgent' | 'place' | 'position'
  >;
  /** What can be done in its state, by whom it may. */
  readonly next: readonly TaskVerb[];
}

/** The answer to an action that somebody else was faster than: nothing was done. */
export interface TaskConflict extends TaskView {
  readonly code: 'request/conflict';
  readonly message: string;
  /** What the client had not seen of it. */
  readonly since: readonly LogLine[];
}
