// Observations of one layer in a stretch of time, object by object, so that one object's day is read without the others'.
// Blocks of some objects each: [length u32][batch frame][for each observation, how much later it was known: varint s].
import { closeSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { ByteReader, ByteWriter, unzigzag, zigzag } from '../../contracts/bytes.ts';
import { ObservationBatch, roundsOf } from '../../contracts/frame.ts';
import type { Layer } from '../../contracts/layer.ts';
import { unpack } from '../kit/packed.ts';
import type { SchemaShelf } from '../kit/schema-shelf.ts';
import { lateAfterMs } from './lateness.ts';
import type { Segment, SegmentPlace } from './segment-file.ts';
import { packSmallest } from './smallest.ts';
import type { Tier } from './tiers.ts';

/** A block is closed at so many observations: about a millisecond to read. */
const BLOCK_ROWS = 4096;
/** But not with fewer objects: neighbours share the cost of a column. */
const LEAST_KEYS = 8;

export interface BlockPlace {
  readonly first: string;
  readonly last: string;
  readonly offset: number;
  readonly length: number;
  readonly rows: number;
  readonly crc: number;
  /** Present: all of it was known late. The earliest moment it speaks of, epoch ms. */
  readonly lateFrom?: number;
}

export interface ObservedHead {
  readonly layer: string;
  readonly schema: number;
  readonly tier: Tier;
  /** When they were known, epoch ms. */
  readonly from: number;
  readonly to: number;
  /** The moments they speak of, epoch ms. */
  readonly validFrom: number;
  readonly validTo: number;
  readonly rows: number;
  /** The journal file it was made of, and which turn of it; '' when thinned. */
  readonly source: string;
  /** What was known later than this after its moment lies in blocks of its own, milliseconds. Absent: of an earlier build. */
  readonly lateMs?: number;
  /** By key, what was known at once before what came late: the ids that are in here. */
  readonly blocks: readonly BlockPlace[];
}

/** Gathers observations of a layer with the moments they were known. */
export class Gathered {
  readonly batch: ObservationBatch;
  knownAt = new Float64Array(0);
  /** The moments they speak of, epoch ms; none are within while it is empty. */
  validFrom = Infinity;
  validTo = -Infinity;

  constructor(layer: Layer) {
    this.batch = new ObservationBatch(layer);
  }

  /** @throws CodedError frame/value when it is full */
  add(from: ObservationBatch, knownAt: number): void {
    const first = this.batch.count;
    this.batch.addAll(from);
    this.#note(first, knownAt);
  }

  addRow(from: ObservationBatch, index: number, knownAt: number): void {
    this.#note(copyRow(from, index, this.batch), knownAt);
  }

  /** All from `first` on were known at a moment. */
  #note(first: number, knownAt: number): void {
    const { count } = this.batch;
    if (count > this.knownAt.length) {
      const grown = new Float64Array(Math.max(1024, this.knownAt.length * 2, count));
      grown.set(this.knownAt);
      this.knownAt = grown;
    }
    this.knownAt.fill(knownAt, first, count);
    const moments = this.batch.stores.validAt.data;
    for (let index = first; index < count; index += 1) {
      const moment = moments[index] as number;
      if (moment < this.validFrom) this.validFrom = moment;
      if (moment > this.validTo) this.validTo = moment;
    }
  }
}

interface PartFacts {
  readonly tier: Tier;
  readonly source: string;
}

/** null where nothing was gathered. */
export function observedPart(gathered: Gathered, facts: PartFacts): Segment<ObservedHead> | null {
  const { batch, knownAt, validFrom, validTo } = gathered;
  const { layer, count } = batch;
  if (count === 0) return null;
  const lateMs = lateAfterMs(layer);
  const bodies: Buffer[] = [];
  const blocks: BlockPlace[] = [];
  let offset = 0;
  for (const [at, order] of inOrderOfKeys(gathered, lateMs).entries()) {
    for (let start = 0; start < order.length;) {
      const end = blockEnd(batch, order, start);
      const rows = order.subarray(start, end);
      const { first, last, body } = encodeBlock(gathered, rows);
      const place = { first, last, offset, length: body.byteLength, rows: rows.length, crc: crc32(body) };
      blocks.push(at === 0 ? place : { ...place, lateFrom: earliest(batch, rows) });
      bodies.push(body);
      offset += body.byteLength;
      start = end;
    }
  }
  const [from, to] = range(knownAt, count);
  const times = { from, to, validFrom, validTo };
  const head = { layer: layer.slug, schema: layer.schema, ...facts, ...times, rows: count, lateMs, blocks };
  return { head, body: Buffer.concat(bodies) };
}

/** The blocks of a part that some objects may be in, or all; each observation with the moment it was known. */
export function readBlocks(
  place: SegmentPlace<ObservedHead>,
  schemas: SchemaShelf,
  keys?: ReadonlySet<string>,
): Generator<Block> {
  const wanted = keys && [...keys].sort(compare);
  const { blocks } = place.head;
  const picked = wanted ? blocks.filter(({ first, last }) => holdsAny(wanted, first, last)) : blocks;
  return readPicked(place, schemas, picked);
}

/** The blocks in which something may have been known late of what happened up to a moment; in older parts all of them. */
export function readLate(
  place: SegmentPlace<ObservedHead>,
  schemas: SchemaShelf,
  until: number,
): Generator<Block> {
  const { blocks, lateMs } = place.head;
  const picked =
    lateMs === undefined ? blocks : blocks.filter(({ lateFrom = Infinity }) => lateFrom <= until);
  return readPicked(place, schemas, picked);
}

interface Block {
  readonly batch: ObservationBatch;
  readonly knownAt: Float64Array;
}

function* readPicked(
  { file, bodyAt, head }: SegmentPlace<ObservedHead>,
  schemas: SchemaShelf,
  blocks: readonly BlockPlace[],
): Generator<Block> {
  if (blocks.length === 0) return;
  const layer = schemas.layer(head.layer, head.schema);
  const fd = openSync(file, 'r');
  try {
    for (const { offset, length, crc } of blocks) {
      const body = Buffer.allocUnsafe(length);
      readSync(fd, body, 0, length, bodyAt + offset);
      if (crc32(body) !== crc) {
        throw new Error(`${file}: a block of layer ${head.layer} is damaged: its checksum does not fit`);
      }
      yield decodeBlock(layer, unpack(body));
    }
  } finally {
    closeSync(fd);
  }
}

/** Whether one of the sorted keys lies between two. */
function holdsAny(sorted: readonly string[], first: string, last: string): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as string) < first) low = middle + 1;
    else high = middle;
  }
  const next = sorted[low];
  return next !== undefined && next <= last;
}

/** The copied row's index. The stores of regions and sources have words of their own. */
function copyRow(from: ObservationBatch, index: number, to: ObservationBatch): number {
  const at = to.claim(to.keyNumber(from.keyAt(index)), from.revision[index] as number);
  const [source, target] = [from.stores, to.stores];
  target.validAt.copy(source.validAt, index, at);
  target.issuedAt.copy(source.issuedAt, index, at);
  target.region.set(at, source.region.get(index));
  target.source.set(at, source.source.get(index));
  target.quality.copy(source.quality, index, at);
  target.synthetic.copy(source.synthetic, index, at);
  for (const [name, store] of target.columns) store.copy(source.columns.get(name) as never, index, at);
  return at;
}

/** Indices by key, those of one key in the order they came: of what was known at once, and of what came late. */
function inOrderOfKeys({ batch, knownAt }: Gathered, lateMs: number): [atOnce: Int32Array, late: Int32Array] {
  const { keys, keyIndex, count } = batch;
  const validAt = batch.stores.validAt.data;
  const byName = [...keys.keys()].sort((a, b) => compare(keys[a] as string, keys[b] as string));
  // Ranks of what was known at once, and behind them all those of what came late.
  const rank = new Int32Array(keys.length);
  for (let place = 0; place < byName.length; place += 1) rank[byName[place] as number] = place;
  const placeOf = new Int32Array(count);
  const starts = new Int32Array(2 * keys.length + 1);
  for (let index = 0; index < count; index += 1) {
    const isLate = (knownAt[index] as number) - (validAt[index] as number) > lateMs;
    const place = (rank[keyIndex[index] as number] as number) + (isLate ? keys.length : 0);
    placeOf[index] = place;
    starts[place + 1] = (starts[place + 1] as number) + 1;
  }
  for (let place = 1; place < starts.length; place += 1) {
    starts[place] = (starts[place] as number) + (starts[place - 1] as number);
  }
  const split = starts[keys.length] as number;
  const order = new Int32Array(count);
  for (let index = 0; index < count; index += 1) {
    const place = placeOf[index] as number;
    const at = starts[place] as number;
    order[at] = index;
    starts[place] = at + 1;
  }
  return [order.subarray(0, split), order.subarray(split)];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Blocks end between two objects. */
function blockEnd({ keyIndex }: ObservationBatch, order: Int32Array, from: number): number {
  let keys = 0;
  let key = -1;
  for (let at = from; at < order.length; at += 1) {
    const next = keyIndex[order[at] as number] as number;
    if (next === key) continue;
    if (keys >= LEAST_KEYS && at - from >= BLOCK_ROWS) return at;
    keys += 1;
    key = next;
  }
  return order.length;
}

function encodeBlock(
  { batch, knownAt }: Gathered,
  picked: Int32Array,
): { first: string; last: string; body: Buffer } {
  const rounds = roundsOf(batch, picked);
  const frame = batch.encode({ world: '', tick: 0, knownAt: 0 }, rounds);
  const out = new ByteWriter(frame.byteLength + picked.length * 2 + 8);
  out.u32(frame.byteLength);
  out.raw(frame);
  // In the order the frame is read in: first of all keys, second of all keys …
  const moments = batch.stores.validAt.data;
  for (const index of rounds.rows) {
    const lag = Math.round(((knownAt[index] as number) - (moments[index] as number)) / 1000);
    out.varint(zigzag(lag));
  }
  const { keys } = rounds;
  return { first: keys[0] ?? '', last: keys.at(-1) ?? '', body: packSmallest(out.copy()) };
}

function decodeBlock(layer: Layer, bytes: Uint8Array): Block {
  const reader = new ByteReader(bytes);
  const batch = ObservationBatch.decode(layer, reader.raw(reader.u32()));
  const knownAt = new Float64Array(batch.count);
  for (let index = 0; index < batch.count; index += 1) {
    knownAt[index] = (batch.stores.validAt.data[index] as number) + unzigzag(reader.varint()) * 1000;
  }
  return { batch, knownAt };
}

function range(moments: Float64Array, count: number): [least: number, most: number] {
  let least = Infinity;
  let most = -Infinity;
  for (let index = 0; index < count; index += 1) {
    const moment = moments[index] as number;
    if (moment < least) least = moment;
    if (moment > most) most = moment;
  }
  return [least, most];
}

/** The earliest moment some observations speak of, epoch ms. */
function earliest(batch: ObservationBatch, rows: Int32Array): number {
  const moments = batch.stores.validAt.data;
  let least = Infinity;
  for (const index of rows) least = Math.min(least, moments[index] as number);
  return least;
}
