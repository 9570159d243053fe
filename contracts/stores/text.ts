// Columns of text: single values, lists, and values out of a growing dictionary (regions, sources).
import type { StringsColumn, TextColumn } from '../column.ts';
import type { SlotArray, Store } from './store.ts';
import { grownInt32 } from './store.ts';

export class TextStore implements Store<string | null> {
  readonly kind = 'text';
  readonly data: (string | null)[] = [];
  readonly max: number;

  constructor(column: Pick<TextColumn, 'max'>) {
    this.max = column.max;
  }

  grow(capacity: number): void {
    while (this.data.length < capacity) this.data.push(null);
  }

  get(slot: number): string | null {
    return this.data[slot] ?? null;
  }

  fault(value: string | null): string | null {
    return value === null ? null : textFault(value, this.max);
  }

  set(slot: number, value: string | null): boolean {
    if (this.data[slot] === value) return false;
    const kept = value === null ? null : value.toWellFormed();
    if (this.data[slot] === kept) return false;
    this.data[slot] = kept;
    return true;
  }

  value(slot: number): string | null {
    return this.get(slot);
  }

  copy(source: this, from: number, to: number): void {
    this.data[to] = source.data[from] ?? null;
  }

  arrays(): readonly SlotArray[] {
    return [this.data];
  }
}

export class StringsStore implements Store<readonly string[] | null> {
  readonly kind = 'strings';
  readonly data: (readonly string[] | null)[] = [];
  readonly max: number;
  readonly maxItems: number;

  constructor(column: StringsColumn) {
    this.max = column.max;
    this.maxItems = column.maxItems;
  }

  grow(capacity: number): void {
    while (this.data.length < capacity) this.data.push(null);
  }

  get(slot: number): readonly string[] | null {
    return this.data[slot] ?? null;
  }

  fault(value: readonly string[] | null): string | null {
    if (value === null) return null;
    if (!Array.isArray(value)) return `${String(value)} is not a list`;
    if (value.length > this.maxItems) return `${value.length} items: at most ${this.maxItems}`;
    for (const item of value) {
      const bad = textFault(item, this.max);
      if (bad) return bad;
    }
    return null;
  }

  set(slot: number, value: readonly string[] | null): boolean {
    const old = this.data[slot] ?? null;
    const next = value === null ? null : value.map((item) => item.toWellFormed());
    const same =
      old === next || (old && next && old.length === next.length && old.every((item, i) => item === next[i]));
    if (same) return false;
    this.data[slot] = next;
    return true;
  }

  value(slot: number): readonly string[] | null {
    return this.get(slot);
  }

  copy(source: this, from: number, to: number): void {
    this.data[to] = source.data[from] ?? null;
  }

  arrays(): readonly SlotArray[] {
    return [this.data];
  }
}

function textFault(value: unknown, max: number): string | null {
  if (typeof value !== 'string') return `${String(value)} is not text`;
  return value.length <= max ? null : `"${value.slice(0, 20)}…" has ${value.length} units: at most ${max}`;
}

/** Text that repeats: a row holds an index into a dictionary that only grows. '' is entry 0. */
export class DictionaryStore implements Store<string> {
  readonly kind = 'dictionary';
  readonly words: string[];
  data = new Int32Array(0);
  readonly #ids: Map<string, number>;
  readonly #max: number;

  /** `shared`: another store whose dictionary is used, so that indices compare. */
  constructor(max: number, shared?: DictionaryStore) {
    this.#max = max;
    this.words = shared ? shared.words : [''];
    this.#ids = shared ? shared.#ids : new Map([['', 0]]);
  }

  grow(capacity: number): void {
    this.data = grownInt32(this.data, capacity, 0);
  }

  /** The index of a word, which is added when it is new. */
  idOf(word: string): number {
    const known = this.#ids.get(word);
    if (known !== undefined) return known;
    const kept = word.toWellFormed();
    if (kept !== word) return this.idOf(kept);
    this.#ids.set(kept, this.words.length);
    return this.words.push(kept) - 1;
  }

  /** Rows that were taken from a store with another dictionary as they are: their words, in this one. */
  translate(source: DictionaryStore, { first, count }: { first: number; count: number }): void {
    const ids = new Int32Array(source.words.length).fill(-1);
    const { data } = this;
    for (let slot = first; slot < first + count; slot++) {
      const theirs = data[slot] as number;
      let id = ids[theirs] as number;
      if (id < 0) ids[theirs] = id = this.idOf(source.words[theirs] as string);
      data[slot] = id;
    }
  }

  get(slot: number): string {
    return this.words[this.data[slot] as number] ?? '';
  }

  fault(value: string): string | null {
    return textFault(value, this.#max);
  }

  set(slot: number, value: string): boolean {
    // Most rows say again what they hold: that needs no look-up.
    if (this.words[this.data[slot] as number] === value) return false;
    const id = this.idOf(value);
    if (this.data[slot] === id) return false;
    this.data[slot] = id;
    return true;
  }

  value(slot: number): string {
    return this.get(slot);
  }

  copy(source: this, from: number, to: number): void {
    this.data[to] = source.data[from] as number;
  }

  arrays(): readonly SlotArray[] {
    return [this.data];
  }
}
