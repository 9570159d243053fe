// What every column store of a table can do; each kind adds its typed arrays for hot paths.

export interface Store<V> {
  /** Makes room for `capacity` slots. */
  grow(capacity: number): void;
  /** What is wrong with a value, or null when it fits. Never changes anything. */
  fault(value: V): string | null;
  /** Stores a value that fits; true when that changed the slot. The caller marks the row: `table.touch(slot)`. */
  set(slot: number, value: V): boolean;
  /** The value as rows carry it. */
  value(slot: number): V;
  /** The value of a slot of another store of the same column, as it is. */
  copy(source: this, from: number, to: number): void;
  /** What it holds by slot, for passes over many rows: the arrays of now, which `grow` replaces. */
  arrays(): readonly SlotArray[];
}

/** Values by slot. */
export type SlotArray = Int32Array | Float64Array | Uint8Array | unknown[];

/** A store whose value type is not known here; values were checked by `fault` of the same store. */
export interface AnyStore {
  grow(capacity: number): void;
  fault(value: never): string | null;
  set(slot: number, value: never): boolean;
  value(slot: number): unknown;
  copy(source: never, from: number, to: number): void;
  arrays(): readonly SlotArray[];
}

/** A copy of `old` with `capacity` elements, the new ones filled with `empty`. */
export function grownInt32(old: Int32Array, capacity: number, empty: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(capacity);
  next.set(old);
  if (empty !== 0) next.fill(empty, old.length);
  return next;
}

export function grownFloat64(old: Float64Array, capacity: number, empty: number): Float64Array<ArrayBuffer> {
  const next = new Float64Array(capacity);
  next.set(old);
  if (empty !== 0) next.fill(empty, old.length);
  return next;
}

export function grownUint8(old: Uint8Array, capacity: number): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(capacity);
  next.set(old);
  return next;
}

export function grownUint32(old: Uint32Array, capacity: number): Uint32Array<ArrayBuffer> {
  const next = new Uint32Array(capacity);
  next.set(old);
  return next;
}
