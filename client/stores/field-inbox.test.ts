import { expect, it } from 'vitest';
import type { Call } from '../../contracts/records/call.ts';
import type { TaskState } from '../../contracts/records/task.ts';
import type { TaskView } from '../../contracts/records/task-actions.ts';
import { mergedInbox, rollsIn, withAnswer, withCall } from './field-inbox.ts';

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

const call = (id: number, seq: number): Call =>
  ({
    id,
    seq,
    answerUntil: 9,
    members: [{ unit: { id: 'city' }, answer: seq > id ? 'here' : null }],
  }) as unknown as Call;

it('takes the answer to a call for the call it is about, and an older one for none', () => {
  const [open, other, answered] = [call(40, 40), call(41, 41), call(40, 44)];
  expect(withCall([open, other], answered)).toEqual([answered, other]);
  expect(withCall([answered, other], open)).toEqual([answered, other]);
  for (const body of [null, { hash: 'a' }, view(40, 50, 'given')])
    expect(withCall([open, other], body)).toEqual([open, other]);
});

it('hears of roll-calls from the answer to one of them alone', () => {
  const calls = [{ id: 9 }];
  expect(rollsIn({ centres: [], calls })).toBe(calls);
  for (const body of [null, call(40, 44), { calls }]) expect(rollsIn(body)).toBeNull();
});
