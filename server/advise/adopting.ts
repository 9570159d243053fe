// What adopting an option makes: its tasks, through the desk of tasks, each once whatever kill came between.
import type { Adoption, Advice } from '../../contracts/records/advice.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { Tasks } from '../command/port.ts';
import type { AdoptBody } from './fold.ts';
import type { AdviseActor, AdviseGround } from './port.ts';

export interface TaskGiver {
  readonly tasks: Pick<Tasks, 'give'>;
  readonly incident: AdviseGround['incident'];
}

type ProposedTask = Advice['options'][number]['tasks'][number];
type GivenTask = Adoption['tasks'][number];

/** A time that has passed while the server was away is moved on by so much. */
const LATE_MS = 60_000;

/** Gives the tasks of an adoption in their order; what is refused says why, the others are given all the same. */
export async function giveTasks(
  by: AdviseActor,
  { body, at, now }: { readonly body: AdoptBody; readonly at: number; readonly now: number },
  giver: TaskGiver,
): Promise<readonly GivenTask[]> {
  const given: GivenTask[] = [];
  for (const [index, task] of body.tasks.entries())
    given.push(
      await giveOne(by, { task, action: `${body.action}-t${index}`, at, now, of: body.incident }, giver),
    );
  return given;
}

interface Giving {
  readonly task: ProposedTask;
  readonly action: string;
  readonly at: number;
  readonly now: number;
  readonly of: number;
}

async function giveOne(
  by: AdviseActor,
  { task, action, at, now, of }: Giving,
  { tasks, incident }: TaskGiver,
): Promise<GivenTask> {
  const { unit, text, place, position, withinS, clause } = task;
  const wanted = withinS === null ? null : at + withinS * 1000;
  const dueAt = wanted !== null && wanted <= now ? now + LATE_MS : wanted;
  try {
    const outcome = await tasks.give(by, of, {
      ...{ action, seen: incident(of)?.seq ?? 1, unit, place, position, worker: '', dueAt, proof: [] },
      text: clause === '' ? text : `${text}（${clause}）`,
    });
    return 'why' in outcome ? { id: null, why: outcome.why } : { id: outcome.id, why: '' };
  } catch (error) {
    if (!(error instanceof CodedError) || error.code.startsWith('store/')) throw error;
    return { id: null, why: error.message };
  }
}
