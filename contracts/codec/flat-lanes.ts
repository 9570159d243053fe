// Lanes whose values have different lengths: lists of texts, geometries, grid blocks. All values of a frame follow
// each other in one flat plane; each begins with 0 for null or with what it is.
import { unzigzag, zigzag } from '../bytes.ts';
import type { Geometry, LonLat } from '../column.ts';
import { NULL_QUANTUM } from '../column.ts';
import { CodedError } from '../errors.ts';
import { PER_DEGREE, MAX_X, MAX_Y } from '../stores/position.ts';
import type { CellsStore, GeometryStore, QuantisedCells } from '../stores/shape.ts';
import { DEPTH, MAX_SIDE } from '../stores/shape.ts';
import type { StringsStore } from '../stores/text.ts';
import type { FrameIn } from './frame-in.ts';
import { corrupt } from './frame-in.ts';
import type { FrameOut } from './frame-out.ts';
import type { Lane, Picks } from './lane.ts';
import { Picked, pickValues, writePicked } from './lane.ts';

interface Values<V> {
  readonly data: (V | null)[];
}

abstract class FlatLane<V> implements Lane {
  readonly #live: Values<V>;
  readonly #sent: Values<V>;
  readonly #putStage: (V | null)[] = [];
  readonly #patchStage: (V | null)[] = [];
  readonly #picked = new Picked();

  constructor(live: Values<V>, sent: Values<V>) {
    this.#live = live;
    this.#sent = sent;
  }

  /** Pushes the codes of a value; `last`: what the receiver holds, null in puts. */
  protected abstract encode(out: FrameOut, value: V, last: V | null): void;
  /** The value whose first code was `kind`, never 0. */
  protected abstract decode(from: FrameIn, kind: number, last: V | null): V;

  grow(_capacity: number): void {
    // The values live in the stores.
  }

  // Values are never changed in place, and a store keeps the old one when an equal one is set.
  differs(slot: number): boolean {
    return this.#live.data[slot] !== this.#sent.data[slot];
  }

  take(slots: Int32Array, count: number): void {
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      this.#sent.data[slot] = this.#live.data[slot] ?? null;
    }
  }

  writePuts(out: FrameOut, { slots, count }: Picks): void {
    if (count === 0) return;
    for (let i = 0; i < count; i++) this.#push(out, this.#sent.data[slots[i] as number] ?? null, null);
    out.writeFlat();
  }

  writePatches(out: FrameOut, slots: Int32Array, count: number): void {
    const all = { slots, count };
    const rows = writePicked(
      out,
      pickValues(out, all, { live: this.#live.data, sent: this.#sent.data }),
      all,
    );
    if (rows.count === 0) return;
    for (let i = 0; i < rows.count; i++) {
      const slot = rows.slots[i] as number;
      this.#push(out, this.#live.data[slot] ?? null, this.#sent.data[slot] ?? null);
    }
    out.writeFlat();
    this.take(rows.slots, rows.count);
  }

  #push(out: FrameOut, value: V | null, last: V | null): void {
    if (value === null) out.push(0);
    else this.encode(out, value, last);
  }

  readPuts(from: FrameIn, count: number): void {
    this.#putStage.length = 0;
    if (count === 0) return;
    from.beginFlat();
    for (let i = 0; i < count; i++) this.#putStage.push(this.#next(from, null));
    from.endFlat();
  }

  commitPuts(slots: Int32Array, count: number): void {
    for (let i = 0; i < count; i++) this.#sent.data[slots[i] as number] = this.#putStage[i] ?? null;
  }

  readPatches(from: FrameIn, slots: Int32Array, count: number): void {
    const found = this.#picked.read(from, slots, count);
    this.#patchStage.length = 0;
    if (found === 0) return;
    from.beginFlat();
    for (let i = 0; i < found; i++) {
      this.#patchStage.push(this.#next(from, this.#sent.data[this.#picked.slots[i] as number] ?? null));
    }
    from.endFlat();
  }

  commitPatches(): void {
    const { slots, count } = this.#picked;
    for (let i = 0; i < count; i++) this.#sent.data[slots[i] as number] = this.#patchStage[i] ?? null;
  }

  #next(from: FrameIn, last: V | null): V | null {
    const kind = from.next();
    return kind === 0 ? null : this.decode(from, kind, last);
  }
}

/** Number of items + 1, then their word codes. */
export class StringsLane extends FlatLane<readonly string[]> {
  readonly #store: StringsStore;

  constructor(live: StringsStore, sent: StringsStore) {
    super(live, sent);
    this.#store = sent;
  }

  protected override encode(out: FrameOut, value: readonly string[]): void {
    out.push(value.length + 1);
    for (const item of value) out.push(out.word(item));
  }

  protected override decode(from: FrameIn, kind: number): readonly string[] {
    const items: string[] = [];
    for (let i = 1; i < kind; i++) {
      const word = from.word(from.next());
      if (word === null) throw corrupt('null in a list of texts');
      items.push(word);
    }
    const bad = this.#store.fault(items);
    if (bad) throw new CodedError('frame/value', bad);
    return items;
  }
}

const SHAPES = [
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'TilesetFeature',
] as const;

/** Index of the type + 1; then counts from the outside in, coordinates as differences to the one before. */
export class GeometryLane extends FlatLane<Geometry> {
  readonly #store: GeometryStore;
  #x = 0;
  #y = 0;

  constructor(live: GeometryStore, sent: GeometryStore) {
    super(live, sent);
    this.#store = sent;
  }

  protected override encode(out: FrameOut, value: Geometry): void {
    out.push(SHAPES.indexOf(value.type) + 1);
    if (value.type === 'TilesetFeature') {
      out.push(out.word(value.tileset));
      out.push(out.word(value.id));
      return;
    }
    this.#x = 0;
    this.#y = 0;
    this.#encodePart(out, value.coordinates, DEPTH[value.type]);
  }

  #encodePart(out: FrameOut, part: unknown, depth: number): void {
    if (depth > 0) {
      const parts = part as readonly unknown[];
      out.push(parts.length);
      for (const inner of parts) this.#encodePart(out, inner, depth - 1);
      return;
    }
    const at = part as LonLat;
    const x = Math.round(at[0] * PER_DEGREE);
    const y = Math.round(at[1] * PER_DEGREE);
    out.push(zigzag(x - this.#x));
    out.push(zigzag(y - this.#y));
    this.#x = x;
    this.#y = y;
  }

  protected override decode(from: FrameIn, kind: number): Geometry {
    const type = SHAPES[kind - 1];
    if (type === undefined) throw corrupt(`geometry type ${kind}`);
    let value: Geometry;
    if (type === 'TilesetFeature') {
      const [tileset, id] = [from.word(from.next()), from.word(from.next())];
      if (tileset === null || id === null) throw corrupt('a tileset feature without a name');
      value = { type, tileset, id };
    } else {
      this.#x = 0;
      this.#y = 0;
      value = { type, coordinates: this.#decodePart(from, DEPTH[type]) } as Geometry;
    }
    const bad = this.#store.fault(value);
    if (bad) throw new CodedError('frame/value', bad);
    return value;
  }

  #decodePart(from: FrameIn, depth: number): unknown {
    if (depth > 0) {
      const count = from.nextCount('parts');
      const parts: unknown[] = [];
      for (let i = 0; i < count; i++) parts.push(this.#decodePart(from, depth - 1));
      return parts;
    }
    this.#x += unzigzag(from.next());
    this.#y += unzigzag(from.next());
    if (Math.abs(this.#x) > MAX_X || Math.abs(this.#y) > MAX_Y) {
      throw new CodedError('frame/value', `coordinate [${this.#x}, ${this.#y}] is not on Earth`);
    }
    return [this.#x / PER_DEGREE, this.#y / PER_DEGREE];
  }
}

const FULL = 1;
const CHANGED = 2;

/**
 * FULL: nx, ny, each cell as difference to the one before. CHANGED (same nx, ny): runs of [cells kept, cells given,
 * differences to the last block] until the block is covered. Cell code 0 is no coverage.
 */
export class CellsLane extends FlatLane<QuantisedCells> {
  constructor(live: CellsStore, sent: CellsStore) {
    super(live, sent);
  }

  protected override encode(out: FrameOut, value: QuantisedCells, last: QuantisedCells | null): void {
    if (last && last.nx === value.nx && last.ny === value.ny)
      this.#encodeChanges(out, value.quanta, last.quanta);
    else {
      out.push(FULL);
      out.push(value.nx);
      out.push(value.ny);
      let base = 0;
      for (const cell of value.quanta) {
        out.push(cell === NULL_QUANTUM ? 0 : zigzag(cell - base) + 1);
        if (cell !== NULL_QUANTUM) base = cell;
      }
    }
  }

  #encodeChanges(out: FrameOut, now: Int32Array, last: Int32Array): void {
    out.push(CHANGED);
    let at = 0;
    while (at < now.length) {
      let changed = at;
      while (changed < now.length && now[changed] === last[changed]) changed++;
      let end = changed;
      while (end < now.length && now[end] !== last[end]) end++;
      out.push(changed - at);
      out.push(end - changed);
      for (let i = changed; i < end; i++) {
        const [cell, base] = [now[i] as number, last[i] as number];
        out.push(cell === NULL_QUANTUM ? 0 : zigzag(cell - (base === NULL_QUANTUM ? 0 : base)) + 1);
      }
      at = end;
    }
  }

  protected override decode(from: FrameIn, kind: number, last: QuantisedCells | null): QuantisedCells {
    if (kind === CHANGED && last)
      return { nx: last.nx, ny: last.ny, quanta: this.#decodeChanges(from, last.quanta) };
    if (kind !== FULL) throw corrupt(`grid block kind ${kind}`);
    const [nx, ny] = [from.next(), from.next()];
    if (nx < 1 || ny < 1 || nx > MAX_SIDE || ny > MAX_SIDE)
      throw corrupt(`grid block of ${nx} × ${ny} cells`);
    const codes = new Float64Array(nx * ny);
    for (let i = 0; i < codes.length; i++) codes[i] = from.next();
    const quanta = new Int32Array(codes.length);
    let base = 0;
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] as number;
      quanta[i] = code === 0 ? NULL_QUANTUM : (base = cellQuantum(base + unzigzag(code - 1)));
    }
    return { nx, ny, quanta };
  }

  #decodeChanges(from: FrameIn, last: Int32Array): Int32Array {
    const quanta = last.slice();
    let at = 0;
    while (at < quanta.length) {
      const kept = from.next();
      const given = from.next();
      if (kept + given === 0 || at + kept + given > quanta.length)
        throw corrupt('grid runs do not fit the block');
      at += kept;
      for (const end = at + given; at < end; at++) {
        const code = from.next();
        const base = quanta[at] === NULL_QUANTUM ? 0 : (quanta[at] as number);
        quanta[at] = code === 0 ? NULL_QUANTUM : cellQuantum(base + unzigzag(code - 1));
      }
    }
    return quanta;
  }
}

function cellQuantum(value: number): number {
  if (value > -0x80000000 && value < 0x80000000) return value;
  throw new CodedError('frame/value', `cell ${value} is beyond 31 bits`);
}
