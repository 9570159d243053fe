// The columns of some rows, head included, as stores: what tables and batches are made of.
import type { Column, Columns, ValueOf } from '../column.ts';
import { CodedError } from '../errors.ts';
import type { Layer, Quality, Row } from '../layer.ts';
import { qualities } from '../layer.ts';
import type { ColumnStore } from './create.ts';
import { createStore } from './create.ts';
import { appendRows, moveRows } from './row-copy.ts';
import { BitStore, EnumStore, TimeStore } from './scalar.ts';
import type { AnyStore, SlotArray } from './store.ts';
import { DictionaryStore } from './text.ts';

/** Longest entity key, region code and source id, in UTF-16 units. */
export const MAX_KEY = 200;

/** A row as written: absent columns are null (put) or stay (patch). */
export interface RowInput<C extends Columns = Columns> {
  readonly key: string;
  /** Epoch ms. */
  readonly validAt: number;
  readonly issuedAt?: number | null;
  readonly regionCode?: string;
  readonly quality?: Quality;
  readonly source: string;
  readonly synthetic?: boolean;
  readonly values: { readonly [K in keyof C]?: ValueOf<C[K]> };
}

const qualityColumn = { values: Object.fromEntries(qualities.map((name) => [name, { zh: name, en: name }])) };

/** The columns, by row index. `shared` lends the dictionaries of regions and sources, so that indices compare. */
export class RowStores {
  readonly validAt = new TimeStore({ stepMs: 1 });
  readonly issuedAt = new TimeStore({ stepMs: 1 });
  readonly region: DictionaryStore;
  readonly source: DictionaryStore;
  readonly quality: EnumStore<Quality>;
  readonly synthetic = new BitStore();
  readonly columns: ReadonlyMap<string, ColumnStore>;
  readonly #all: readonly AnyStore[];
  readonly #slug: string;

  constructor(layer: Layer, shared?: RowStores) {
    this.#slug = layer.slug;
    this.region = new DictionaryStore(MAX_KEY, shared?.region);
    this.source = new DictionaryStore(MAX_KEY, shared?.source);
    this.quality = new EnumStore<Quality>(
      qualityColumn as ConstructorParameters<typeof EnumStore<Quality>>[0],
    );
    this.columns = new Map(
      Object.entries<Column>(layer.columns).map(([name, column]) => [name, createStore(column)]),
    );
    const head = [this.validAt, this.issuedAt, this.region, this.source, this.quality, this.synthetic];
    this.#all = [...head, ...this.columns.values()];
  }

  grow(capacity: number): void {
    for (const store of this.#all) store.grow(capacity);
  }

  /** Refuses what does not fit, before anything is changed. @throws CodedError frame/value */
  check(row: Partial<RowInput>): void {
    const refuse = (field: string, bad: string): never => {
      throw new CodedError('frame/value', `layer ${this.#slug}, row ${String(row.key)}, ${field}: ${bad}`);
    };
    const head: [string, AnyStore, unknown][] = [
      ['validAt', this.validAt, row.validAt],
      ['issuedAt', this.issuedAt, row.issuedAt],
      ['regionCode', this.region, row.regionCode],
      ['source', this.source, row.source],
      ['quality', this.quality, row.quality],
      ['synthetic', this.synthetic, row.synthetic],
    ];
    for (const [field, store, value] of head) {
      const bad = value === undefined ? null : store.fault(value as never);
      if (bad) refuse(field, bad);
    }
    if (row.validAt === null) refuse('validAt', 'null');
    if (row.quality === null) refuse('quality', 'null');
    for (const name in row.values) {
      if (!Object.hasOwn(row.values, name)) continue;
      const store: AnyStore | undefined = this.columns.get(name);
      const value: unknown = row.values[name];
      if (!store) return refuse(name, 'no such column');
      const bad = value === undefined ? null : store.fault(value as never);
      if (bad) refuse(name, bad);
    }
  }

  /** Stores the named parts of a checked row; true when anything changed. */
  patch(slot: number, row: Partial<RowInput>): boolean {
    let changed = false;
    if (row.validAt !== undefined) changed = this.validAt.set(slot, row.validAt) || changed;
    if (row.issuedAt !== undefined) changed = this.issuedAt.set(slot, row.issuedAt) || changed;
    if (row.regionCode !== undefined) changed = this.region.set(slot, row.regionCode) || changed;
    if (row.source !== undefined) changed = this.source.set(slot, row.source) || changed;
    if (row.quality !== undefined) changed = this.quality.set(slot, row.quality) || changed;
    if (row.synthetic !== undefined) changed = this.synthetic.set(slot, row.synthetic) || changed;
    for (const name in row.values) {
      const value: unknown = row.values[name];
      const store: AnyStore | undefined = this.columns.get(name);
      if (store && value !== undefined) changed = store.set(slot, value as never) || changed;
    }
    return changed;
  }

  /** Stores a checked row whole: what it does not name becomes null or the default. */
  put(slot: number, row: RowInput): boolean {
    let changed = this.validAt.set(slot, row.validAt);
    changed = this.issuedAt.set(slot, row.issuedAt ?? null) || changed;
    changed = this.region.set(slot, row.regionCode ?? '') || changed;
    changed = this.source.set(slot, row.source) || changed;
    changed = this.quality.set(slot, row.quality ?? 'good') || changed;
    changed = this.synthetic.set(slot, row.synthetic ?? false) || changed;
    for (const [name, store] of this.columns as ReadonlyMap<string, AnyStore>) {
      const value: unknown = Object.hasOwn(row.values, name) ? row.values[name] : null;
      changed = store.set(slot, (value ?? null) as never) || changed;
    }
    return changed;
  }

  /** Rows `from` of `source`, which shares the dictionaries, become rows `to` here. */
  copy(source: RowStores, from: Int32Array, to: Int32Array): void {
    this.#eachArray(source, (theirs, ours) => moveRows(theirs, ours, { from, to }));
  }

  /** As `copy`, to rows `first`, `first` + 1, … */
  copyOut(source: RowStores, from: Int32Array, first: number): void {
    const to = new Int32Array(from.length);
    for (let i = 0; i < to.length; i++) to[i] = first + i;
    this.copy(source, from, to);
  }

  /** The first `count` rows of `source`, whose dictionaries are its own, become rows `first`, `first` + 1, … */
  append(source: RowStores, { first, count }: { first: number; count: number }): void {
    this.#eachArray(source, (theirs, ours) => appendRows(theirs, ours, { first, count }));
    this.region.translate(source.region, { first, count });
    this.source.translate(source.source, { first, count });
  }

  #eachArray(source: RowStores, visit: (theirs: SlotArray, ours: SlotArray) => void): void {
    for (let column = 0; column < this.#all.length; column++) {
      const [theirs, ours] = [source.#all[column]?.arrays() ?? [], this.#all[column]?.arrays() ?? []];
      for (let at = 0; at < ours.length; at++) visit(theirs[at] as SlotArray, ours[at] as SlotArray);
    }
  }

  /** The row as an object. Allocates. */
  row<C extends Columns>(slot: number, key: string): Row<C> {
    const values: Record<string, unknown> = {};
    for (const [name, store] of this.columns) values[name] = store.value(slot);
    return {
      key,
      validAt: this.validAt.data[slot] as number,
      issuedAt: this.issuedAt.value(slot),
      regionCode: this.region.get(slot),
      quality: this.quality.get(slot) ?? 'good',
      source: this.source.get(slot),
      synthetic: this.synthetic.value(slot),
      values: values as Row<C>['values'],
    };
  }
}
