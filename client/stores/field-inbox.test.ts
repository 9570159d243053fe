import { expect, it } from 'vitest';
import type { TaskState } from '../../contracts/records/task.ts';
import type { TaskView } from '../../contracts/records/task-actions.ts';
import { mergedInbox, withAnswer } from './field-inbox.ts';

const view = (id: number, seq: number, state: TaskState): TaskView =>
  ({ task: { id, seq, state }, incident: { id: 1 }, next: [] }) as unknown as TaskView;
const given = view(5, 5, 'given');
const other = view(6, 6, 'given');

it('takes the answer to an action for the task it is about, so that nothing falls back until it is read again', () => {
  const received = view(5, 9, 'received');
  expect(withAnswer([given, other], received)).toEqual([received, other]);
  expect(withAnswer([received, other], given)).toEqual([received, other]);
});

it('lets answers about no task change nothing', () => {
  for (const body of [null, { hash: 'a' }, { incident: { id: 1 }, next: [] }, view(7, 7, 'given')])
    expect(withAnswer([given], body)).toEqual([given]);
});

it('keeps what is newer than what was read, and lets go what is not there any more', () => {
  const received = view(5, 9, 'received');
  expect(mergedInbox([given], [received, other])).toEqual([received]);
  expect(mergedInbox([received, other], [given])).toEqual([received, other]);
});
