// A lane carries one column (or head field) through frames. The same class sends and receives: a sending lane compares
// the live store with the store of what was sent; a receiving lane has one store, reads and checks codes first and turns
// them into values at the commit, which cannot fail.
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
  writePuts(out: FrameOut, rows: Picks, state: boolean): void;
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

export interface Picks {
  readonly slots: Int32Array;
  readonly count: number;
}

/**
 * Sending: writes which of the patched rows a lane speaks of → their slots. The lane has left the `found` rows that
 * differ in `out.index` (places) and `out.picked` (slots).
 */
export function writePicked(out: FrameOut, found: number, rows: Picks): Picks {
  out.rowSet(out.index, found, rows.count);
  return found === rows.count ? rows : { slots: out.picked, count: found };
}

/** As `writePicked`, for lanes in which a row that does not differ costs next to nothing: all rows unless few differ. */
export function writePickedDense(out: FrameOut, found: number, rows: Picks): Picks {
  const all = found > 0 && found * SPARSE_BELOW >= rows.count;
  return writePicked(out, all ? rows.count : found, rows);
}

/** A column as it is and as it was sent. */
interface Sides<A> {
  readonly live: A;
  readonly sent: A;
}

interface PlaceArrays {
  readonly x: Int32Array;
  readonly y: Int32Array;
}

/**
 * Sending: leaves the rows whose values differ in `out.index` and `out.picked` → how many. One function for each kind of
 * array: a shared one is compiled for all of them and asks for each value which it has, a call to the lane asks twice.
 */
export function pickIntegers(out: FrameOut, rows: Picks, { live, sent }: Sides<Int32Array>): number {
  const { index, picked } = out;
  const { slots, count } = rows;
  let found = 0;
  for (let i = 0; i < count; i++) {
    const slot = slots[i] as number;
    if (live[slot] === sent[slot]) continue;
    index[found] = i;
    picked[found++] = slot;
  }
  return found;
}

/** As `pickIntegers`. */
export function pickBytes(out: FrameOut, rows: Picks, { live, sent }: Sides<Uint8Array>): number {
  const { index, picked } = out;
  const { slots, count } = rows;
  let found = 0;
  for (let i = 0; i < count; i++) {
    const slot = slots[i] as number;
    if (live[slot] === sent[slot]) continue;
    index[found] = i;
    picked[found++] = slot;
  }
  return found;
}

/** As `pickIntegers`; NaN is null, and equal to itself. */
export function pickTimes(out: FrameOut, rows: Picks, { live, sent }: Sides<Float64Array>): number {
  const { index, picked } = out;
  const { slots, count } = rows;
  let found = 0;
  for (let i = 0; i < count; i++) {
    const slot = slots[i] as number;
    const now = live[slot] as number;
    const then = sent[slot] as number;
    if (now === then || (now !== now && then !== then)) continue;
    index[found] = i;
    picked[found++] = slot;
  }
  return found;
}

/** As `pickIntegers`, for values that are never changed in place: texts, lists, shapes. */
export function pickValues<V>(out: FrameOut, rows: Picks, { live, sent }: Sides<readonly V[]>): number {
  const { index, picked } = out;
  const { slots, count } = rows;
  let found = 0;
  for (let i = 0; i < count; i++) {
    const slot = slots[i] as number;
    if (live[slot] === sent[slot]) continue;
    index[found] = i;
    picked[found++] = slot;
  }
  return found;
}

/** As `pickIntegers`, for places: x and y. */
export function pickPlaces(out: FrameOut, rows: Picks, { live, sent }: Sides<PlaceArrays>): number {
  const { index, picked } = out;
  const { slots, count } = rows;
  const [liveX, liveY, sentX, sentY] = [live.x, live.y, sent.x, sent.y];
  let found = 0;
  for (let i = 0; i < count; i++) {
    const slot = slots[i] as number;
    if (liveX[slot] === sentX[slot] && liveY[slot] === sentY[slot]) continue;
    index[found] = i;
    picked[found++] = slot;
  }
  return found;
}

/** 0, 1, 2, …: the places of a set that names all rows. */
let everyPlace: Int32Array = new Int32Array(0);

function placesTo(count: number): Int32Array {
  const places = new Int32Array(count);
  for (let i = 0; i < count; i++) places[i] = i;
  return places;
}

/** Receiving: the rows a lane speaks of, kept until the commit. */
export class Picked {
  /** Places among the patched rows. */
  index: Int32Array = new Int32Array(0);
  slots: Int32Array = new Int32Array(0);
  count = 0;
  #ownIndex = new Int32Array(0);
  #ownSlots = new Int32Array(0);

  /** `slots` must stay as they are until the commit. */
  read(from: FrameIn, slots: Int32Array, count: number): number {
    if (this.#ownIndex.length < count) {
      this.#ownIndex = new Int32Array(count * 2);
      this.#ownSlots = new Int32Array(count * 2);
    }
    if (everyPlace.length < count) everyPlace = placesTo(count * 2);
    if (from.namesAll()) {
      this.index = everyPlace;
      this.slots = slots;
      this.count = count;
      return count;
    }
    this.index = this.#ownIndex;
    this.slots = this.#ownSlots;
    this.count = from.rowSet(this.index, count);
    for (let i = 0; i < this.count; i++) this.slots[i] = slots[this.index[i] as number] as number;
    return this.count;
  }
}

/** The codes of a plane between reading and commit; puts and patches of a frame have one each. */
export class Codes {
  data = new Float64Array(0);

  /** The array, with room for `count` codes. */
  of(count: number): Float64Array {
    if (count > this.data.length) this.data = new Float64Array(count * 2);
    return this.data;
  }
}
