// Many rows of a column at once. A function for each kind of array: one for all of them is compiled for all of them, and
// asks for each value which kind it has.
import type { SlotArray } from './store.ts';

/** Row `from[i]` becomes row `to[i]`. */
export interface RowMoves {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Both arrays are of one kind and hold those rows. */
export function moveRows(source: SlotArray, target: SlotArray, moves: RowMoves): void {
  if (source instanceof Int32Array) moveIntegers(source, target as Int32Array, moves);
  else if (source instanceof Float64Array) moveDoubles(source, target as Float64Array, moves);
  else if (source instanceof Uint8Array) moveBytes(source, target as Uint8Array, moves);
  else moveValues(source, target as unknown[], moves);
}

function moveIntegers(source: Int32Array, target: Int32Array, { from, to }: RowMoves): void {
  for (let i = 0; i < from.length; i++) target[to[i] as number] = source[from[i] as number] as number;
}

function moveDoubles(source: Float64Array, target: Float64Array, { from, to }: RowMoves): void {
  for (let i = 0; i < from.length; i++) target[to[i] as number] = source[from[i] as number] as number;
}

function moveBytes(source: Uint8Array, target: Uint8Array, { from, to }: RowMoves): void {
  for (let i = 0; i < from.length; i++) target[to[i] as number] = source[from[i] as number] as number;
}

function moveValues(source: readonly unknown[], target: unknown[], { from, to }: RowMoves): void {
  for (let i = 0; i < from.length; i++) target[to[i] as number] = source[from[i] as number];
}

/** The first `count` rows become rows `first`, `first` + 1, …; both arrays are of one kind and have room. */
export function appendRows(
  source: SlotArray,
  target: SlotArray,
  place: { first: number; count: number },
): void {
  const { first, count } = place;
  if (Array.isArray(source)) {
    const values = target as unknown[];
    for (let i = 0; i < count; i++) values[first + i] = source[i];
    return;
  }
  (target as Int32Array).set(source.subarray(0, count), first);
}
