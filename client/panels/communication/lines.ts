// Which lines fit where a wall has room for so many: the meeting, calls, then orders; each that has something has a line. Pure.
import type { Communication } from '../../../contracts/records/headquarters.ts';

export interface CommunicationLines {
  readonly calls: Communication['calls'];
  readonly meeting: Communication['meeting'];
  readonly orders: Communication['orders']['waiting'];
}

/** Who comes, and below it the address. */
const MEETING_LINES = 2;
/** Orders that wait are counted in the head: as many as two of them have a line before more than one call has. */
const ORDERS_FIRST = 2;

/** @param most lines in all, at least 4 */
export function linesOf({ calls, meeting, orders }: Communication, most: number): CommunicationLines {
  const left = most - (meeting ? MEETING_LINES : 0);
  // The meeting has lines of its own, which say who comes and where it is joined.
  const others = calls.filter(({ no }) => no === '' || no !== meeting?.no);
  const forOrders = Math.min(orders.waiting.length, ORDERS_FIRST);
  const shown = others.slice(0, Math.max(1, left - forOrders));
  return { calls: shown, meeting, orders: orders.waiting.slice(0, Math.max(0, left - shown.length)) };
}
