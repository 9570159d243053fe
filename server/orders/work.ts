// Where an order gives work: the task of the incident that is the work, and how far the order is by it. Pure.
import type { Incident } from '../../contracts/records/incident.ts';
import type { Order, OrderState, OrderVerb } from '../../contracts/records/order.ts';
import type { Task, TaskState } from '../../contracts/records/task.ts';
import { stepsTo } from './fold.ts';

/** Of the task, whatever kill came between. */
export const giveAction = ({ id, givenAt }: Pick<Order, 'id' | 'givenAt'>): string =>
  `order-${id}-${givenAt.toString(36)}-give`;

const REACHED: Readonly<Record<TaskState, OrderState>> = {
  given: 'issued',
  received: 'acknowledged',
  'under-way': 'under-way',
  returned: 'under-way',
  reported: 'done',
  accepted: 'done',
  withdrawn: 'withdrawn',
};

/** What the order has to do to be as far as its task, none left out; empty: it is. */
export function workSteps(order: Order, task: Task | undefined): readonly OrderVerb[] {
  if (!task || order.state === 'refused' || order.state === 'withdrawn' || order.state === 'done') return [];
  const to = REACHED[task.state];
  if (to === 'withdrawn') return ['withdraw'];
  return stepsTo(order.state, to) ?? [];
}

/** What the task has to do to be as far as its order; its report is the unit's alone. */
export function taskSteps({ state }: Order, task: Task): readonly ('receive' | 'start' | 'withdraw')[] {
  if (state === 'withdrawn' || state === 'refused')
    return task.state === 'accepted' || task.state === 'withdrawn' ? [] : ['withdraw'];
  const isGiven = task.state === 'given';
  if (state === 'acknowledged') return isGiven ? ['receive'] : [];
  if (state !== 'under-way') return [];
  if (isGiven) return ['receive', 'start'];
  return task.state === 'received' ? ['start'] : [];
}

export const taskOf = (order: Order, incident: Incident | undefined): Task | undefined =>
  incident?.tasks.find(({ id }) => id === order.task);
