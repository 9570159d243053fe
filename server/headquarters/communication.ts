// What a wall shows of communication in 战时: who answered, which orders nobody acknowledged yet, where the last meeting is
// joined. Units and counts, and no person. Pure.
import { CALL_WAITS_MS } from '../../contracts/records/call.ts';
import type { Call } from '../../contracts/records/call.ts';
import type { Communication } from '../../contracts/records/headquarters.ts';
import type { Order } from '../../contracts/records/order.ts';
import { isOrderOpen, isUnacknowledged } from '../../contracts/records/order.ts';
import type { TreeParts } from './tree.ts';

const MINUTE_MS = 60_000;

type Waiting = Communication['calls'][number];

const bySoonest = (a: { readonly dueAt: number }, b: { readonly dueAt: number }): number => a.dueAt - b.dueAt;

/** Roll-calls of the command that go on, and calls to units: what is due first, first. */
function callsOf({ sources, fold, now }: TreeParts): Waiting[] {
  const rolls = [...fold.calls.values()]
    .filter(({ endedAt, dueAt }) => endedAt === null && dueAt + CALL_WAITS_MS > now)
    .map(({ at, dueAt, called, answers }): Waiting => ({
      ...{ kind: 'roll-call', no: '', at, dueAt, called: called.length },
      answered: answers.size,
    }));
  const calls = [...sources.calls()]
    .filter(({ answerUntil }) => answerUntil + CALL_WAITS_MS > now)
    .map(({ kind, no, at, answerUntil, members }): Waiting => ({
      ...{ kind, no, at, dueAt: answerUntil, called: members.length },
      answered: members.filter(({ answer }) => answer !== null).length,
    }));
  return [...rolls, ...calls].filter(({ called, answered }) => answered < called).sort(bySoonest);
}

/** The one that was called last and belongs to now: its answers are still waited for, or were until an hour ago. */
function meetingOf({ sources, now }: TreeParts): Communication['meeting'] {
  const last = [...sources.calls()]
    .filter(({ kind, answerUntil }: Call) => kind === 'meeting' && answerUntil + CALL_WAITS_MS > now)
    .sort((a, b) => a.at - b.at)
    .at(-1);
  if (!last) return null;
  const { no, at, address, members } = last;
  const coming = members.filter(({ answer }) => answer === 'coming' || answer === 'here').length;
  return { no, at, address, called: members.length, coming };
}

function ordersOf({ sources, now }: TreeParts): Communication['orders'] {
  const open = [...sources.orders()].filter(isOrderOpen);
  const waiting = open
    .filter(isUnacknowledged)
    .map(({ no, to, givenAt, ackMin, escalations }: Order) => {
      const dueAt = givenAt + ackMin * MINUTE_MS;
      return { no, to: to.unit.name, dueAt, isLate: dueAt < now, escalations };
    })
    .sort(bySoonest);
  return { open: open.length, waiting };
}

export const communicationOf = (parts: TreeParts): Communication => ({
  ...{ calls: callsOf(parts), orders: ordersOf(parts), meeting: meetingOf(parts) },
});
