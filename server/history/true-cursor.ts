// One layer at a moment of the past as it was true: the rows that were known then, with late and corrected values in their
// places. Where nothing came late it is the cursor of what was known.
import { underLayer } from '../../contracts/earlier.ts';
import type { StreamEncoder } from '../../contracts/frame.ts';
import { deltaWithin, encoderWithin } from '../kit/encoder-within.ts';
import type { Layer } from '../../contracts/layer.ts';
import { LayerTable } from '../../contracts/table.ts';
import type { LateReader } from './late-reader.ts';
import type { CursorOptions } from './layer-cursor.ts';
import { LayerCursor } from './layer-cursor.ts';
import type { Recording } from './recordings.ts';
import type { LateByKey } from './true-row.ts';
import { byKey, lateAt, trueRow } from './true-row.ts';

export class TrueCursor {
  readonly layer: Layer;
  readonly #known: LayerCursor;
  readonly #late: LateReader;
  readonly #table: LayerTable;
  readonly #encoder: StreamEncoder;
  #lateOf: LateByKey = new Map();
  /** Rows differ, or did: this table speaks. It never falls silent again, so that nobody is told anew. */
  #speaks = false;
  #isTold = false;
  /** What changed since the rows were settled last; null: everything may have. */
  #changed: Set<string> | null = null;
  #source: LayerTable | null = null;
  #settledAt = -Infinity;
  #at = -Infinity;
  /** Of what was loaded. */
  #to = -Infinity;

  constructor(options: CursorOptions, late: LateReader) {
    this.layer = options.layer;
    this.#late = late;
    this.#known = new LayerCursor({ ...options, onChange: (table) => this.#noteChanges(table) });
    this.#table = new LayerTable(options.layer);
    this.#encoder = encoderWithin(this.#table, options);
  }

  get isAbsent(): boolean {
    return this.#known.isAbsent;
  }

  load(recordings: readonly Recording[], range: { from: number; to: number }): void {
    this.#known.load(recordings, range);
    const before = this.#lateOf;
    this.#lateOf = byKey(this.#late.of(this.layer, range));
    this.#to = range.to;
    // What came in meanwhile may speak of a moment that is told already.
    for (const [key, { length }] of this.#lateOf) {
      if (length !== before.get(key)?.length) this.#changed?.add(key);
    }
    if (this.#lateOf.size > 0 && !this.#speaks) {
      this.#speaks = true;
      this.#changed = null;
    }
  }

  apply(moment: number): void {
    this.#known.apply(moment);
    this.#at = moment;
  }

  moments(): readonly number[] {
    const turns = [...this.#lateOf.values()].flatMap((all) =>
      all.flatMap(({ validAt, knownAt }) => [validAt, knownAt]),
    );
    return [...this.#known.moments(), ...turns.filter((moment) => moment <= this.#to)];
  }

  say(tick: number, knownAt: number): Uint8Array | null {
    if (!this.#speaks) return this.#known.say(tick, knownAt);
    this.#settle();
    const delta = deltaWithin(this.#encoder.encode(tick, knownAt));
    if (!this.#isTold) return this.key(tick, knownAt);
    return delta;
  }

  key(tick: number, knownAt: number): Uint8Array {
    if (!this.#speaks) return this.#known.key(tick, knownAt);
    this.#settle();
    this.#encoder.encode(tick, knownAt);
    this.#isTold = true;
    return this.#encoder.key(0, tick, knownAt);
  }

  #noteChanges(table: LayerTable): void {
    if (!this.#speaks) return;
    if (table !== this.#source) this.#changed = null;
    for (let at = 0; this.#changed && at < table.changedCount; at += 1) {
      this.#changed.add(table.keyAt(table.changedSlots[at] as number));
    }
  }

  /** Brings the rows to the moment the cursor stands at. */
  #settle(): void {
    const table = this.#table;
    this.#source = this.#known.table;
    const changed = this.#changed ?? this.#everyKey();
    for (const [key, all] of this.#lateOf) {
      if (all.some((one) => this.#turned(one.validAt) || this.#turned(one.knownAt))) changed.add(key);
    }
    for (const key of changed) this.#settleRow(key);
    this.#changed = new Set();
    this.#settledAt = this.#at;
    this.#encoder.note();
    table.clearChanges();
  }

  #everyKey(): Set<string> {
    const keys = new Set<string>(this.#lateOf.keys());
    for (const table of [this.#table, this.#source]) {
      for (let slot = 0; table && slot < table.highWater; slot += 1) {
        if (table.alive[slot] === 1) keys.add(table.keyAt(slot));
      }
    }
    return keys;
  }

  #turned(moment: number): boolean {
    return moment > this.#settledAt && moment <= this.#at;
  }

  #settleRow(key: string): void {
    const [source, table] = [this.#source, this.#table];
    const slot = source?.slotOf(key) ?? -1;
    const all = this.#lateOf.get(key);
    const late = all ? lateAt(all, this.#at) : null;
    if (late) {
      const known = source && slot >= 0 ? this.#rowOf(source, slot) : null;
      const row = trueRow({ known, late, layer: this.layer, at: this.#at });
      if (row) return void table.put(row);
    }
    if (!source || slot < 0) return table.remove(table.slotOf(key), 'gone');
    if (source.layer.schema === this.layer.schema) copyRow(source, slot, table);
    else table.put(this.#rowOf(source, slot));
  }

  #rowOf(source: LayerTable, slot: number): ReturnType<LayerTable['row']> {
    const row = source.row(slot);
    if (source.layer.schema === this.layer.schema) return row;
    const facts = { from: source.layer, to: this.layer, stores: this.#table.stores };
    return { ...row, values: underLayer(row.values, facts) as typeof row.values };
  }
}

/** A row of one table into another of the same columns. */
function copyRow(from: LayerTable, slot: number, to: LayerTable): void {
  const at = to.claim(from.keyAt(slot));
  const [source, target] = [from.stores, to.stores];
  target.validAt.copy(source.validAt, slot, at);
  target.issuedAt.copy(source.issuedAt, slot, at);
  target.region.set(at, source.region.get(slot));
  target.source.set(at, source.source.get(slot));
  target.quality.copy(source.quality, slot, at);
  target.synthetic.copy(source.synthetic, slot, at);
  for (const [name, store] of target.columns) store.copy(source.columns.get(name) as never, slot, at);
  to.touch(at);
}
