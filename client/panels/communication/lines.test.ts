// A wall has room for a few lines: none is of the meeting twice, and each kind that has something has one.
import { expect, test } from 'vitest';
import type { Communication } from '../../../contracts/records/headquarters.ts';
import { linesOf } from './lines.ts';

const call = (no: string): Communication['calls'][number] => ({
  ...{ kind: 'roll-call', no, at: 0, dueAt: 9, called: 3, answered: 1 },
});
const order = (no: string): Communication['orders']['waiting'][number] => ({
  ...{ no, to: { zh: no, en: no }, dueAt: 9, isLate: false, escalations: 0 },
});
const talk = (calls: string[], orders: string[], meeting: string | null): Communication => ({
  calls: calls.map(call),
  orders: { open: orders.length, waiting: orders.map(order) },
  meeting: meeting === null ? null : { no: meeting, at: 0, address: 'sip:a@b', called: 3, coming: 1 },
});

test.each([
  [talk(['', 'T2', 'T3'], ['Z1', 'Z2', 'Z3'], 'T2'), 5, ['', 'Z1', 'Z2']],
  [talk(['', 'T3', 'T4', 'T5'], [], null), 4, ['', 'T3', 'T4', 'T5']],
  [talk(['', 'T3', 'T4'], ['Z1'], null), 3, ['', 'T3', 'Z1']],
  [talk([], ['Z1', 'Z2', 'Z3', 'Z4', 'Z5'], null), 4, ['Z1', 'Z2', 'Z3', 'Z4']],
  [talk(['T2'], [], 'T2'), 4, []],
])('%#: lines beside the meeting', (said, most, expected) => {
  const { calls, orders, meeting } = linesOf(said, most);
  expect([...calls, ...orders].map(({ no }) => no)).toEqual(expected);
  expect(calls.length + orders.length + (meeting ? 2 : 0)).toBeLessThanOrEqual(most);
});
