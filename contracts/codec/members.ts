// The rows a receiver holds of one cell, in the order of the sender's slots: frames name them by their place in it.
import { corrupt } from './frame-in.ts';

export interface Members {
  readonly count: number;
  /** The sender's slots, ascending. */
  readonly wire: Uint32Array;
  /** The slots of the receiving table. */
  readonly local: Int32Array;
  /** The put that made the row this cell's. */
  readonly ticket: Uint32Array;
}

export const NO_MEMBERS: Members = {
  count: 0,
  wire: new Uint32Array(0),
  local: new Int32Array(0),
  ticket: new Uint32Array(0),
};

/** Ends of rows, by place, and rows put. */
export interface Membership {
  readonly removed: Int32Array;
  readonly removedCount: number;
  readonly wire: Uint32Array;
  readonly local: Int32Array;
  readonly putCount: number;
}

/** Refuses a put into a slot whose row does not end. */
export function checkPuts(members: Members, change: Membership): void {
  let rank = 0;
  let nextRemoved = 0;
  for (let i = 0; i < change.putCount; i++) {
    const slot = change.wire[i] as number;
    while (rank < members.count && (members.wire[rank] as number) < slot) rank++;
    if (rank >= members.count || members.wire[rank] !== slot) continue;
    while (nextRemoved < change.removedCount && (change.removed[nextRemoved] as number) < rank) nextRemoved++;
    if (nextRemoved >= change.removedCount || change.removed[nextRemoved] !== rank) {
      throw corrupt(`slot ${slot} is put while its row lives`);
    }
  }
}

/** The members after a frame whose puts carry `ticket`. */
export function changedMembers(members: Members, change: Membership, ticket: number): Members {
  const count = members.count - change.removedCount + change.putCount;
  const wire = new Uint32Array(count);
  const local = new Int32Array(count);
  const tickets = new Uint32Array(count);
  let rank = 0;
  let removed = 0;
  let put = 0;
  for (let i = 0; i < count; i++) {
    while (removed < change.removedCount && change.removed[removed] === rank) {
      rank++;
      removed++;
    }
    const kept = rank < members.count ? (members.wire[rank] as number) : Infinity;
    if (put < change.putCount && (change.wire[put] as number) < kept) {
      wire[i] = change.wire[put] as number;
      local[i] = change.local[put++] as number;
      tickets[i] = ticket;
    } else {
      wire[i] = kept;
      local[i] = members.local[rank] as number;
      tickets[i] = members.ticket[rank++] as number;
    }
  }
  return { count, wire, local, ticket: tickets };
}
