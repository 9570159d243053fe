// ObservationBatch: everything accepted in a while, append-only, late and corrected values included. Encoded in rounds:
// the first observation of every key, then the second of those that have one, and so on, each against the one before.
import { ByteWriter } from '../bytes.ts';
import type { Columns } from '../column.ts';
import { CodedError } from '../errors.ts';
import type { Layer, Row } from '../layer.ts';
import type { RowInput } from '../stores/rows.ts';
import { MAX_KEY, RowStores } from '../stores/rows.ts';
import { grownFloat64, grownInt32 } from '../stores/store.ts';
import { FrameIn, corrupt } from './frame-in.ts';
import { FrameOut } from './frame-out.ts';
import { openFrame, sealFrame, writeHeader } from './header.ts';
import { readKeys, writeKeys } from './keys.ts';
import type { Lane } from './lane.ts';
import { createLanes } from './lanes.ts';
import { visibleColumns } from './layout.ts';
import { roundsOf } from './rounds.ts';

/** Most observations of one batch: bounds what a frame can make its reader allocate. */
export const MAX_BATCH = 1 << 20;

export interface BatchHeader {
  readonly world: string;
  readonly tick: number;
  /** Epoch ms. */
  readonly knownAt: number;
}

export interface Observed<C extends Columns> extends RowInput<C> {
  /** A growing number for corrections of the same (key, validAt); 0 is the first. */
  readonly revision?: number;
}

export class ObservationBatch<C extends Columns = Columns> {
  readonly layer: Layer<C>;
  /** Head and columns by index of the observation. */
  readonly stores: RowStores;
  /** Unique keys in order of first use; `keyIndex` points into it. */
  readonly keys: string[] = [];
  keyIndex = new Int32Array(0);
  revision = new Float64Array(0);
  #count = 0;
  #capacity = 0;
  /** Of the first `#indexed` keys. */
  readonly #ids = new Map<string, number>();
  #indexed = 0;

  constructor(layer: Layer<C>) {
    this.layer = layer;
    this.stores = new RowStores(layer);
  }

  get count(): number {
    return this.#count;
  }

  get full(): boolean {
    return this.#count >= MAX_BATCH;
  }

  /** @throws CodedError frame/value for a value that does not fit, or when the batch is full */
  append(row: Observed<C>): void {
    const { key, revision = 0 } = row;
    if (typeof key !== 'string' || key === '' || key.length > MAX_KEY || !key.isWellFormed()) {
      throw new CodedError('frame/value', `key "${String(key)}": a text of 1–${MAX_KEY} units`);
    }
    if (!Number.isSafeInteger(revision) || revision < 0) {
      throw new CodedError('frame/value', `row ${key}, revision ${revision}: a whole number`);
    }
    this.#refuseFull();
    this.stores.check(row);
    this.stores.put(this.claim(this.keyNumber(key), revision), row);
  }

  /**
   * For hot paths: one more observation of the key with this number → its index. The caller sets every store at it,
   * head included, to checked values. @throws CodedError frame/value when the batch is full
   */
  claim(keyNumber: number, revision: number): number {
    this.#refuseFull();
    const index = this.#extend(1);
    this.keyIndex[index] = keyNumber;
    this.revision[index] = revision;
    return index;
  }

  #refuseFull(): void {
    if (this.full) this.#refuse();
  }

  #refuse(): never {
    throw new CodedError('frame/value', `a batch holds ${MAX_BATCH} observations: encode and clear it`);
  }

  /** The number of a key in `keys`, until the next `clear`; a new one is added. */
  keyNumber(key: string): number {
    while (this.#indexed < this.keys.length)
      this.#ids.set(this.keys[this.#indexed] as string, this.#indexed++);
    return this.#ids.get(key) ?? this.addKey(key);
  }

  /** For hot paths: a key that is known not to be among `keys` → its number. */
  addKey(key: string): number {
    return this.keys.push(key) - 1;
  }

  /** Makes `more` observations → the index of the first. */
  #extend(more: number): number {
    const first = this.#count;
    this.#count += more;
    if (this.#count > this.#capacity) {
      this.#capacity = Math.max(64, this.#capacity * 2, this.#count);
      this.stores.grow(this.#capacity);
      this.keyIndex = grownInt32(this.keyIndex, this.#capacity, 0);
      this.revision = grownFloat64(this.revision, this.#capacity, 0);
    }
    return first;
  }

  keyAt(index: number): string {
    return this.keys[this.keyIndex[index] as number] ?? '';
  }

  /** One observation as an object. Allocates. */
  row(index: number): Row<C> & { revision: number } {
    return { ...this.stores.row<C>(index, this.keyAt(index)), revision: this.revision[index] as number };
  }

  /** Empties the batch, which keeps its memory. */
  clear(): void {
    this.#count = 0;
    this.keys.length = 0;
    this.#ids.clear();
    this.#indexed = 0;
  }

  /** As `append` for each observation of another batch of the layer, in its order. @throws CodedError frame/value when full */
  addAll(from: ObservationBatch<C>): void {
    const { count } = from;
    if (this.#count + count > MAX_BATCH) this.#refuse();
    const numbers = new Int32Array(from.keys.length);
    // A feed mostly speaks of its objects in the order it did before: looking there first spares most look-ups.
    let likely = 0;
    for (let at = 0; at < numbers.length; at++) {
      const key = from.keys[at] as string;
      const number = this.keys[likely] === key ? likely : this.keyNumber(key);
      numbers[at] = number;
      likely = number + 1;
    }
    const first = this.#extend(count);
    const { keyIndex } = this;
    for (let i = 0; i < count; i++) keyIndex[first + i] = numbers[from.keyIndex[i] as number] as number;
    this.revision.set(from.revision.subarray(0, count), first);
    this.stores.append(from.stores, { first, count });
  }

  /**
   * All columns, detail included. The order of one key's observations is kept, that between keys is not.
   * `rounds`: which observations; all by default.
   */
  encode(header: BatchHeader, rounds = roundsOf(this)): Uint8Array {
    const { keys, rows, slots, ends } = rounds;
    const keyCount = keys.length;
    const scratch = new Scratch(this.layer, this.stores, {
      keys: keyCount,
      writes: true,
    });
    const out = outFor(keyCount);
    out.body.varint(keyCount);
    writeKeys(out, keys, { slots, count: keyCount });
    let from = 0;
    for (const end of ends) {
      const count = end - from;
      const picked = slots.subarray(from, end);
      if (from > 0) out.rowSet(picked, count, keyCount);
      for (let i = 0; i < count; i++) out.codes[i] = this.revision[rows[from + i] as number] as number;
      out.plane(out.codes, count);
      scratch.live.copy(this.stores, rows.subarray(from, end), picked);
      if (from === 0) for (const lane of scratch.lanes) lane.take(picked, count);
      for (const lane of scratch.lanes) {
        if (from === 0) lane.writePuts(out, { slots: picked, count }, false);
        else lane.writePatches(out, picked, count);
      }
      from = end;
    }
    return this.#seal(header, out, rows.length);
  }

  #seal(header: BatchHeader, out: FrameOut, rows: number): Uint8Array {
    const frame = new ByteWriter(out.body.length + 1024);
    writeHeader(frame, {
      ...header,
      kind: 'batch',
      layer: this.layer.slug,
      schema: this.layer.schema,
      label: 'sensitive',
      cell: '',
      rateS: 0,
      baseTick: -1,
      rows,
    });
    out.writeWords(frame);
    frame.raw(out.body.bytes.subarray(0, out.body.length));
    return sealFrame(frame);
  }

  /** @throws CodedError frame/truncated, corrupt, version, layer, schema, stream, value */
  static decode<C extends Columns>(layer: Layer<C>, bytes: Uint8Array): ObservationBatch<C> {
    const { header, body } = openFrame(bytes);
    if (header.kind !== 'batch') throw new CodedError('frame/stream', `a ${header.kind} frame is no batch`);
    if (header.layer !== layer.slug)
      throw new CodedError('frame/layer', `layer ${header.layer} for ${layer.slug}`);
    if (header.schema !== layer.schema) {
      throw new CodedError(
        'frame/schema',
        `layer ${layer.slug}: schema ${header.schema}, here ${layer.schema}`,
      );
    }
    if (header.rows > MAX_BATCH) throw corrupt(`${header.rows} observations: at most ${MAX_BATCH}`);
    const batch = new ObservationBatch(layer);
    const from = new FrameIn();
    from.begin(body, 0);
    batch.#read(from, header.rows);
    if (body.left !== 0) throw corrupt(`${body.left} bytes too many`);
    return batch;
  }

  #read(from: FrameIn, rows: number): void {
    const keyCount = from.reader.count('keys');
    if (keyCount > rows) throw corrupt(`${keyCount} keys of ${rows} observations`);
    from.reserve(keyCount);
    // Each comes once, so none has to be looked for.
    for (const key of readKeys(from, keyCount)) this.addKey(key);
    const scratch = new Scratch(this.layer, this.stores, {
      keys: keyCount,
      writes: false,
    });
    const slots = new Int32Array(keyCount);
    for (let i = 0; i < keyCount; i++) slots[i] = i;
    let count = keyCount;
    while (this.#count < rows) {
      const first = this.#count === 0;
      if (!first) count = from.rowSet(slots, keyCount);
      if (count === 0 || this.#count + count > rows)
        throw corrupt(`a round of ${count} keys: ${rows} observations`);
      const base = this.#extend(count);
      from.plane(from.codes, count);
      this.revision.set(from.codes.subarray(0, count), base);
      this.keyIndex.set(slots.subarray(0, count), base);
      for (const lane of scratch.lanes) {
        if (first) lane.readPuts(from, count, false);
        else lane.readPatches(from, slots, count);
      }
      for (const lane of scratch.lanes) {
        if (first) lane.commitPuts(slots, count);
        else lane.commitPatches();
      }
      this.stores.copyOut(scratch.live, slots.subarray(0, count), base);
    }
  }
}

/** The state of each key while rounds are written or read. */
/** Used again for each batch that is encoded: memory that is new each time costs as much as what is written into it. */
const keptOut = new FrameOut();
/** Larger batches are rare: their memory is given back. */
const KEPT_ROWS = 1 << 16;

function outFor(rows: number): FrameOut {
  const out = rows > KEPT_ROWS ? new FrameOut() : keptOut;
  out.reset(rows);
  return out;
}

class Scratch {
  readonly live: RowStores;
  readonly lanes: readonly Lane[];

  /** Writing compares the live values with those sent; reading has one of both. */
  constructor(layer: Layer, shared: RowStores, size: { keys: number; writes: boolean }) {
    const { keys, writes } = size;
    this.live = new RowStores(layer, shared);
    this.live.grow(keys);
    const sent = writes ? new RowStores(layer, shared) : this.live;
    if (writes) sent.grow(keys);
    this.lanes = createLanes(layer, visibleColumns(layer.columns, 'sensitive'), { live: this.live, sent });
    for (const lane of this.lanes) lane.grow(keys);
  }
}
