// A lane carries one column (or head field) through frames. The same class sends and receives: a sending lane compares
// the live store with the store of what was sent; a receiving lane has one store and stages values until the commit.
import type { FrameIn } from './frame-in.ts';
import type { FrameOut } from './frame-out.ts';

export interface Lane {
  /** Room for `capacity` slots in the state beside the stores. */
  grow(capacity: number): void;

  /** Sending: does the live value differ from the sent one? */
  differs(slot: number): boolean;
  /** Sending: rows are put: the live values become the sent ones, predictions start afresh. */
  take(slots: Int32Array, count: number): void;
  /** Sending: the sent values of whole rows; with `state` also what later predictions need. */
  writePuts(out: FrameOut, slots: Int32Array, count: number, state: boolean): void;
  /** Sending: what changed in these rows, which becomes sent. */
  writePatches(out: FrameOut, slots: Int32Array, count: number): void;

  /** Receiving: stages whole rows. */
  readPuts(from: FrameIn, count: number, state: boolean): void;
  commitPuts(slots: Int32Array, count: number): void;
  /** Receiving: stages changes of these rows. */
  readPatches(from: FrameIn, slots: Int32Array, count: number): void;
  commitPatches(): void;
}

/** Rows out of `slots` that differ are sent alone when they are fewer than one in this many, else all rows are. */
export const SPARSE_BELOW = 5;

/** Which of the patched rows a lane speaks of. Sending: writes the set, leaves the slots in `out.picked`. */
export function writePicked(
  out: FrameOut,
  lane: Pick<Lane, 'differs'>,
  slots: Int32Array,
  count: number,
  dense: boolean,
): number {
  const { index, picked } = out;
  let found = 0;
  for (let i = 0; i < count; i++) {
    const slot = slots[i] as number;
    if (!lane.differs(slot)) continue;
    index[found] = i;
    picked[found++] = slot;
  }
  if (dense && found * SPARSE_BELOW >= count) {
    picked.set(slots.subarray(0, count));
    found = count;
  }
  out.rowSet(index, found, count);
  return found;
}

/** Receiving: the rows a lane speaks of, kept until the commit. */
export class Picked {
  /** Places among the patched rows. */
  index = new Int32Array(0);
  slots = new Int32Array(0);
  count = 0;

  read(from: FrameIn, slots: Int32Array, count: number): number {
    if (this.index.length < count) {
      this.index = new Int32Array(count * 2);
      this.slots = new Int32Array(count * 2);
    }
    this.count = from.rowSet(this.index, count);
    for (let i = 0; i < this.count; i++) this.slots[i] = slots[this.index[i] as number] as number;
    return this.count;
  }
}

/** Staged values by place in the frame; puts and patches of a frame have one each. */
export class Stage<A> {
  data: A;
  readonly #make: (size: number) => A;
  #room = 0;

  constructor(make: (size: number) => A) {
    this.#make = make;
    this.data = make(0);
  }

  /** The array, with room for `count` values. */
  of(count: number): A {
    if (count > this.#room) {
      this.#room = count * 2;
      this.data = this.#make(this.#room);
    }
    return this.data;
  }
}
