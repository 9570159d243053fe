// StreamEncoder: one stream of a table (label class × rate step), cut into cells. Owns what was sent, so that each frame
// says only what differs, and every receiver of the stream predicts as it does.
import { ByteWriter } from '../bytes.ts';
import type { Columns, Label } from '../column.ts';
import { removeReasons } from '../layer.ts';
import { RowStores } from '../stores/rows.ts';
import { grownInt32, grownUint32, grownUint8 } from '../stores/store.ts';
import type { LayerTable } from '../table.ts';
import { FrameOut } from './frame-out.ts';
import type { FrameHeader } from './header.ts';
import { sealFrame, writeHeader } from './header.ts';
import { writeKeys } from './keys.ts';
import type { Lane } from './lane.ts';
import { createLanes } from './lanes.ts';
import { streamedColumns } from './layout.ts';
import { Rhythm } from './rhythm.ts';

export interface StreamOptions {
  readonly world: string;
  readonly label: Label;
  readonly rateS: number;
  /** Index into `cells` of a live slot. Asked only for rows that changed. */
  readonly cellOf: (slot: number) => number;
  readonly cells: readonly string[];
}

export interface CellFrame {
  readonly cell: number;
  readonly bytes: Uint8Array;
}

const MOVED = removeReasons.indexOf('moved');
// What becomes of a sent row in this frame.
const KEEP = 0;
const PATCH = 1;
const REMOVE = 2;

export class StreamEncoder<C extends Columns = Columns> {
  readonly stream: StreamOptions;
  readonly #table: LayerTable<C>;
  readonly #sent: RowStores;
  readonly #lanes: readonly Lane[];
  readonly #rhythm = new Rhythm();
  readonly #out = new FrameOut();
  readonly #frame = new ByteWriter(1 << 16);
  #capacity = 0;

  // Noted since the last encode.
  #noted = new Uint8Array(0);
  #notedSlots = new Uint32Array(0);
  #notedCount = 0;
  #reason = new Uint8Array(0);

  // What receivers hold, by slot; cell −1: nothing.
  #sentCell = new Int32Array(0);
  #sentGeneration = new Uint32Array(0);
  readonly #sentKeys: string[] = [];
  #highWater = 0;

  // Of the frame in work, by slot.
  #fate = new Uint8Array(0);
  #putTo = new Int32Array(0);

  // By cell.
  readonly #rows: Int32Array;
  readonly #puts: Int32Array;
  readonly #removes: Int32Array;
  readonly #memberEnd: Int32Array;
  readonly #putEnd: Int32Array;
  readonly #touched: Uint8Array;
  readonly #lastTick: Float64Array;
  readonly #keyFrames: (Uint8Array | null)[];

  // Slots grouped by cell, ascending in each.
  #members = new Int32Array(0);
  #putSlots = new Int32Array(0);
  #patched = new Int32Array(0);
  #expected = new Uint8Array(0);

  /** The rows the table has now are part of the first frame. */
  constructor(table: LayerTable<C>, stream: StreamOptions) {
    const cells = stream.cells.length;
    this.#table = table;
    this.stream = stream;
    this.#sent = new RowStores(table.layer, table.stores);
    this.#lanes = createLanes(table.layer, streamedColumns(table.layer.columns, stream.label), {
      live: table.stores,
      sent: this.#sent,
    });
    this.#rows = new Int32Array(cells);
    this.#puts = new Int32Array(cells);
    this.#removes = new Int32Array(cells);
    this.#memberEnd = new Int32Array(cells);
    this.#putEnd = new Int32Array(cells);
    this.#touched = new Uint8Array(cells);
    this.#lastTick = new Float64Array(cells).fill(-1);
    this.#keyFrames = stream.cells.map(() => null);
    this.#grow();
    for (let slot = 0; slot < table.highWater; slot++) if (table.alive[slot] === 1) this.#note(slot);
  }

  /** Call on each server tick before `table.clearChanges()`: remembers what changed. */
  note(): void {
    const { changedSlots, changedCount } = this.#table;
    this.#grow();
    for (let i = 0; i < changedCount; i++) this.#note(changedSlots[i] as number);
  }

  #note(slot: number): void {
    if (this.#table.alive[slot] !== 1) {
      this.#reason[slot] = removeReasons.indexOf(this.#table.removeReasonAt(slot) ?? 'gone');
    }
    if (this.#noted[slot] === 1) return;
    this.#noted[slot] = 1;
    this.#notedSlots[this.#notedCount++] = slot;
  }

  /**
   * One delta per cell in which anything differs from what was sent; call it on due ticks only, after `note`.
   * `tick` must be above the last one. Whoever receives every frame of a cell holds what the table held.
   */
  encode(tick: number, knownAt: number): readonly CellFrame[] {
    if (this.#notedCount === 0) return [];
    this.#decide();
    this.#group();
    const frames: CellFrame[] = [];
    for (let cell = 0; cell < this.stream.cells.length; cell++) {
      if (this.#touched[cell] === 1) frames.push({ cell, bytes: this.#delta(cell, tick, knownAt) });
    }
    this.#settle(tick);
    return frames;
  }

  /** Receivers' state after the last `encode`, with all they need to go on from it. The same bytes until the next one. */
  key(cell: number, tick: number, knownAt: number): Uint8Array {
    const cached = this.#keyFrames[cell];
    if (cached) return cached;
    const members = this.#membersOf(cell);
    const out = this.#out;
    const count = members.length;
    out.reset(count);
    this.#writePuts(members, count, true);
    this.#rhythm.write(out, { slots: members, count }, Math.max(tick, this.#lastTick[cell] as number));
    const bytes = this.#finish({ kind: 'key', cell, tick, knownAt, rows: count });
    this.#keyFrames[cell] = bytes;
    return bytes;
  }

  #membersOf(cell: number): Int32Array {
    let count = 0;
    for (let slot = 0; slot < this.#highWater; slot++) {
      if (this.#sentCell[slot] === cell) this.#members[count++] = slot;
    }
    return this.#members.subarray(0, count);
  }

  /** Decides for each noted slot, and counts the puts and removes of each cell. */
  #decide(): void {
    const { alive, generation } = this.#table;
    this.#puts.fill(0);
    this.#removes.fill(0);
    this.#touched.fill(0);
    for (let i = 0; i < this.#notedCount; i++) {
      const slot = this.#notedSlots[i] as number;
      const from = this.#sentCell[slot] as number;
      const lives = alive[slot] === 1;
      const same = lives && from >= 0 && this.#sentGeneration[slot] === generation[slot];
      const to = lives ? this.#cellOf(slot) : -1;
      if (same && to === from) {
        this.#fate[slot] = this.#differs(slot) ? PATCH : KEEP;
        if (this.#fate[slot] === PATCH) this.#touched[from] = 1;
        continue;
      }
      if (from >= 0) {
        this.#fate[slot] = REMOVE;
        if (same) this.#reason[slot] = MOVED;
        this.#removes[from] = (this.#removes[from] as number) + 1;
        this.#touched[from] = 1;
      }
      if (to >= 0) {
        this.#putTo[slot] = to;
        this.#puts[to] = (this.#puts[to] as number) + 1;
        this.#touched[to] = 1;
      }
    }
    this.#highWater = this.#table.highWater;
  }

  #cellOf(slot: number): number {
    const cell = this.stream.cellOf(slot);
    if (this.stream.cells[cell] !== undefined) return cell;
    throw new RangeError(
      `layer ${this.#table.layer.slug}: cellOf(${slot}) is ${cell} of ${this.stream.cells.length} cells`,
    );
  }

  #differs(slot: number): boolean {
    for (const lane of this.#lanes) if (lane.differs(slot)) return true;
    return false;
  }

  /** Groups members and puts by cell, each ascending. */
  #group(): void {
    let members = 0;
    let puts = 0;
    for (let cell = 0; cell < this.#rows.length; cell++) {
      this.#memberEnd[cell] = members;
      this.#putEnd[cell] = puts;
      members += this.#rows[cell] as number;
      puts += this.#puts[cell] as number;
    }
    const [sentCell, memberEnd] = [this.#sentCell, this.#memberEnd];
    for (let slot = 0; slot < this.#highWater; slot++) {
      const cell = sentCell[slot] as number;
      if (cell < 0) continue;
      const end = memberEnd[cell] as number;
      this.#members[end] = slot;
      memberEnd[cell] = end + 1;
    }
    for (let slot = 0; puts > 0 && slot < this.#highWater; slot++) {
      const cell = this.#putTo[slot] as number;
      if (cell < 0) continue;
      const end = this.#putEnd[cell] as number;
      this.#putSlots[end] = slot;
      this.#putEnd[cell] = end + 1;
    }
  }

  #delta(cell: number, tick: number, knownAt: number): Uint8Array {
    const rows = this.#rows[cell] as number;
    const end = this.#memberEnd[cell] as number;
    const members = this.#members.subarray(end - rows, end);
    const putEnd = this.#putEnd[cell] as number;
    const putCount = this.#puts[cell] as number;
    const puts = this.#putSlots.subarray(putEnd - putCount, putEnd);
    const out = this.#out;
    out.reset(Math.max(rows, putCount));
    out.body.varint(rows);
    const removed = this.#removes[cell] as number;
    this.#writeRemoves(members, removed);
    this.#writePatches(members, tick, removed);
    out.body.varint(putCount);
    for (const lane of this.#lanes) lane.take(puts, putCount);
    for (let i = 0; i < putCount; i++) {
      const slot = puts[i] as number;
      this.#sentKeys[slot] = this.#table.keyAt(slot);
    }
    this.#writePuts(puts, putCount, false);
    this.#rows[cell] = rows - removed + putCount;
    const bytes = this.#finish({ kind: 'delta', cell, tick, knownAt, rows: rows - removed + putCount });
    this.#lastTick[cell] = tick;
    this.#keyFrames[cell] = null;
    return bytes;
  }

  #writeRemoves(members: Int32Array, removed: number): void {
    const { index, codes } = this.#out;
    let count = 0;
    for (let rank = 0; count < removed; rank++) {
      const slot = members[rank] as number;
      if (this.#fate[slot] !== REMOVE) continue;
      index[count] = rank;
      codes[count++] = this.#reason[slot] as number;
    }
    this.#out.rowSet(index, count, members.length);
    this.#out.plane(codes, count);
  }

  #writePatches(members: Int32Array, tick: number, removed: number): void {
    const { index } = this.#out;
    const patched = this.#patched;
    let count = 0;
    for (let rank = 0; rank < members.length; rank++) {
      const slot = members[rank] as number;
      if (this.#fate[slot] !== PATCH) continue;
      index[count] = rank;
      patched[count++] = slot;
    }
    this.#rhythm.expect({ slots: members, count: members.length }, tick, this.#expected);
    for (let rank = 0, left = removed; left > 0; rank++) {
      if (this.#fate[members[rank] as number] !== REMOVE) continue;
      this.#expected[rank] = 0;
      left--;
    }
    this.#out.expectedRowSet(index, count, this.#expected.subarray(0, members.length));
    if (count === 0) return;
    this.#rhythm.note(patched, count, tick);
    for (const lane of this.#lanes) lane.writePatches(this.#out, patched, count);
  }

  /** Slots as gaps, keys, lanes; nothing for no rows. */
  #writePuts(slots: Int32Array, count: number, state: boolean): void {
    if (count === 0) return;
    const out = this.#out;
    let next = 0;
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      out.codes[i] = slot - next;
      next = slot + 1;
    }
    out.plane(out.codes, count);
    writeKeys(out, this.#sentKeys, { slots, count });
    for (const lane of this.#lanes) lane.writePuts(out, { slots, count }, state);
  }

  #finish(frame: Pick<FrameHeader, 'kind' | 'tick' | 'knownAt' | 'rows'> & { cell: number }): Uint8Array {
    const baseTick = this.#lastTick[frame.cell] as number;
    const { layer } = this.#table;
    const { world, label, rateS, cells } = this.stream;
    this.#frame.reset();
    writeHeader(this.#frame, {
      kind: frame.kind,
      layer: layer.slug,
      schema: layer.schema,
      world,
      label,
      cell: cells[frame.cell] as string,
      rateS,
      tick: frame.kind === 'key' ? Math.max(frame.tick, baseTick) : frame.tick,
      baseTick,
      knownAt: frame.knownAt,
      rows: frame.rows,
    });
    this.#out.writeWords(this.#frame);
    this.#frame.raw(this.#out.body.bytes.subarray(0, this.#out.body.length));
    return sealFrame(this.#frame);
  }

  /** What was decided becomes what receivers hold. */
  #settle(tick: number): void {
    for (let i = 0; i < this.#notedCount; i++) {
      const slot = this.#notedSlots[i] as number;
      const to = this.#putTo[slot] as number;
      if (this.#fate[slot] === REMOVE) this.#sentCell[slot] = -1;
      if (to >= 0) {
        this.#sentCell[slot] = to;
        this.#sentGeneration[slot] = this.#table.generation[slot] as number;
        this.#rhythm.reset(slot, tick);
      }
      this.#noted[slot] = 0;
      this.#fate[slot] = KEEP;
      this.#putTo[slot] = -1;
    }
    this.#notedCount = 0;
  }

  #grow(): void {
    const capacity = this.#table.alive.length;
    if (capacity <= this.#capacity) return;
    this.#capacity = capacity;
    this.#sent.grow(capacity);
    for (const lane of this.#lanes) lane.grow(capacity);
    this.#rhythm.grow(capacity);
    this.#noted = grownUint8(this.#noted, capacity);
    this.#notedSlots = grownUint32(this.#notedSlots, capacity);
    this.#reason = grownUint8(this.#reason, capacity);
    this.#sentCell = grownInt32(this.#sentCell, capacity, -1);
    this.#sentGeneration = grownUint32(this.#sentGeneration, capacity);
    this.#fate = grownUint8(this.#fate, capacity);
    this.#putTo = grownInt32(this.#putTo, capacity, -1);
    this.#members = new Int32Array(capacity);
    this.#putSlots = new Int32Array(capacity);
    this.#patched = new Int32Array(capacity);
    this.#expected = new Uint8Array(capacity);
  }
}
