// LayerTable: the rows of one layer as a struct of arrays, with change tracking. The one table of server and client.
import type { Columns } from './column.ts';
import { CodedError } from './errors.ts';
import type { Layer, Quality, RemoveReason, Row } from './layer.ts';
import { removeReasons } from './layer.ts';
import type { StoreOf } from './stores/create.ts';
import type { RowInput } from './stores/rows.ts';
import { MAX_KEY, RowStores } from './stores/rows.ts';
import { grownUint32, grownUint8 } from './stores/store.ts';

export type { ColumnStore, StoreOf } from './stores/create.ts';
export type { RowInput } from './stores/rows.ts';

const FIRST_CAPACITY = 16;

/**
 * Rows live in slots 0 … highWater − 1. A removed row's slot is given away only after `clearChanges`, so that
 * whoever follows the changes sees the removal; a key that comes back before then gets its old slot and is a change.
 */
export class LayerTable<C extends Columns = Columns> {
  readonly layer: Layer<C>;
  /** The stores of head and columns, for codecs; rows are read through the methods below. */
  readonly stores: RowStores;
  alive = new Uint8Array(0);
  generation = new Uint32Array(0);
  changedSlots = new Uint32Array(0);
  #size = 0;
  #highWater = 0;
  #changedCount = 0;
  #dirty = new Uint8Array(0);
  /** Index into removeReasons + 1; 0 while the row lives. */
  #reason = new Uint8Array(0);
  readonly #keys: string[] = [];
  readonly #slots = new Map<string, number>();
  readonly #free: number[] = [];

  constructor(layer: Layer<C>) {
    this.layer = layer;
    this.stores = new RowStores(layer);
  }

  /** Live rows. */
  get size(): number {
    return this.#size;
  }

  get highWater(): number {
    return this.#highWater;
  }

  /** Slots put, patched or removed since `clearChanges`: the first `changedCount` of `changedSlots`. */
  get changedCount(): number {
    return this.#changedCount;
  }

  /** Epoch ms by slot. Replaced when the table grows. */
  get validAt(): Float64Array {
    return this.stores.validAt.data;
  }

  /** Epoch ms by slot; NaN = none. */
  get issuedAt(): Float64Array {
    return this.stores.issuedAt.data;
  }

  /** −1 where no live row has this key. */
  slotOf(key: string): number {
    const slot = this.#slots.get(key);
    return slot !== undefined && this.alive[slot] === 1 ? slot : -1;
  }

  keyAt(slot: number): string {
    return this.#keys[slot] ?? '';
  }

  regionAt(slot: number): string {
    return this.stores.region.get(slot);
  }

  sourceAt(slot: number): string {
    return this.stores.source.get(slot);
  }

  qualityAt(slot: number): Quality {
    return this.stores.quality.get(slot) ?? 'good';
  }

  syntheticAt(slot: number): boolean {
    return this.stores.synthetic.value(slot);
  }

  /** Why a removed slot ended; null while it lives. */
  removeReasonAt(slot: number): RemoveReason | null {
    return removeReasons[(this.#reason[slot] as number) - 1] ?? null;
  }

  /** The typed store of a column. Setting through it must be followed by `touch`. */
  column<K extends keyof C & string>(name: K): StoreOf<C[K]> {
    const store = this.stores.columns.get(name);
    if (!store) throw new Error(`layer ${this.layer.slug}: no column "${name}": see contracts/layers`);
    return store as StoreOf<C[K]>;
  }

  /** Inserts or replaces a whole row → its slot. @throws CodedError frame/value; nothing is changed then */
  put(row: RowInput<C>): number {
    const { key } = row;
    if (typeof key !== 'string' || key === '' || key.length > MAX_KEY || !key.isWellFormed()) {
      throw new CodedError(
        'frame/value',
        `layer ${this.layer.slug}: key "${String(key)}": a text of 1–${MAX_KEY} units`,
      );
    }
    this.stores.check(row);
    if (typeof row.validAt !== 'number' || typeof row.source !== 'string') {
      throw new CodedError(
        'frame/value',
        `layer ${this.layer.slug}, row ${key}: validAt and source are needed`,
      );
    }
    const before = this.slotOf(key);
    const slot = this.claim(key);
    if (this.stores.put(slot, row) || before < 0) this.touch(slot);
    return slot;
  }

  /** Changes the named parts of a live row; parts that already hold the value mark nothing. @throws CodedError frame/value */
  patch(slot: number, row: Partial<RowInput<C>>): void {
    if (this.alive[slot] !== 1) throw new Error(`layer ${this.layer.slug}: slot ${slot} is not live`);
    this.stores.check(row);
    if (this.stores.patch(slot, row)) this.touch(slot);
  }

  /**
   * For hot paths: a live slot for `key`, with whatever the slot held before. Set every column through the stores,
   * then `touch`.
   */
  claim(key: string): number {
    const known = this.#slots.get(key);
    if (known !== undefined) {
      if (this.alive[known] !== 1) this.#revive(known);
      return known;
    }
    const slot = this.#free.pop() ?? this.#highWater++;
    if (slot >= this.alive.length) this.#grow(Math.max(FIRST_CAPACITY, this.alive.length * 2));
    this.#keys[slot] = key;
    this.#slots.set(key, slot);
    this.generation[slot] = (this.generation[slot] as number) + 1;
    this.#revive(slot);
    return slot;
  }

  #revive(slot: number): void {
    this.alive[slot] = 1;
    this.#reason[slot] = 0;
    this.#size++;
  }

  /** Marks a row as changed. */
  touch(slot: number): void {
    if (this.#dirty[slot] === 1) return;
    this.#dirty[slot] = 1;
    this.changedSlots[this.#changedCount++] = slot;
  }

  /** Ends a row; its values stay readable until `clearChanges`. Ending twice is ending once. */
  remove(slot: number, reason: RemoveReason): void {
    if (this.alive[slot] !== 1) return;
    this.alive[slot] = 0;
    this.#reason[slot] = removeReasons.indexOf(reason) + 1;
    this.#size--;
    this.touch(slot);
  }

  /** Ends every row as 'gone'. */
  clear(): void {
    for (let slot = 0; slot < this.#highWater; slot++) this.remove(slot, 'gone');
  }

  /** The row as an object. Allocates: for picks, JSON and tests. */
  row(slot: number): Row<C> {
    return this.stores.row<C>(slot, this.keyAt(slot));
  }

  *rows(): IterableIterator<Row<C>> {
    for (let slot = 0; slot < this.#highWater; slot++) if (this.alive[slot] === 1) yield this.row(slot);
  }

  /** Forgets the changes and frees the slots of ended rows. */
  clearChanges(): void {
    for (let i = 0; i < this.#changedCount; i++) {
      const slot = this.changedSlots[i] as number;
      this.#dirty[slot] = 0;
      if (this.alive[slot] === 1) continue;
      this.#slots.delete(this.keyAt(slot));
      this.#keys[slot] = '';
      this.#free.push(slot);
    }
    this.#changedCount = 0;
  }

  #grow(capacity: number): void {
    this.stores.grow(capacity);
    this.alive = grownUint8(this.alive, capacity);
    this.generation = grownUint32(this.generation, capacity);
    this.changedSlots = grownUint32(this.changedSlots, capacity);
    this.#dirty = grownUint8(this.#dirty, capacity);
    this.#reason = grownUint8(this.#reason, capacity);
  }
}
