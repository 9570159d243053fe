// FrameReceiver: applies the key and delta frames of a layer to a table. A frame is read and checked to its end before
// anything changes, so that a refused frame leaves the table as it was.
import type { ByteReader } from '../bytes.ts';
import type { Columns, Label } from '../column.ts';
import { CodedError } from '../errors.ts';
import type { Layer, RemoveReason } from '../layer.ts';
import { removeReasons } from '../layer.ts';
import { grownUint32 } from '../stores/store.ts';
import { LayerTable } from '../table.ts';
import { FrameIn, corrupt } from './frame-in.ts';
import type { FrameHeader } from './header.ts';
import { openFrame } from './header.ts';
import { readKeys } from './keys.ts';
import type { Lane } from './lane.ts';
import { createLanes } from './lanes.ts';
import { streamedColumns } from './layout.ts';
import type { Members, Membership } from './members.ts';
import { NO_MEMBERS, changedMembers, checkPuts } from './members.ts';
import { Rhythm } from './rhythm.ts';

interface Cell {
  readonly tick: number;
  readonly members: Members;
}

/**
 * Cells share the table: a row that moves between them keeps its slot. Each put makes the row its cell's own (by a
 * ticket); what another cell then says of it is void, so frames of one tick may come in any order.
 */
export class FrameReceiver<C extends Columns = Columns> {
  readonly table: LayerTable<C>;
  readonly #label: Label;
  readonly #lanes: readonly Lane[];
  readonly #rhythm = new Rhythm();
  readonly #cells = new Map<string, Cell>();
  readonly #in = new FrameIn();
  #world: string | null;
  #capacity = 0;
  /** By slot of the table: the ticket of the put it belongs to; 0 = none. */
  #ticket = new Uint32Array(0);
  #lastTicket = 0;
  /** Members of cells whose row another cell has taken over. */
  #overlaps = 0;

  // Staged, by place in the frame.
  #removed = new Int32Array(0);
  #removedCount = 0;
  #reasons = new Uint8Array(0);
  #patchedSlots = new Int32Array(0);
  #patchedCount = 0;
  #putSlots = new Uint32Array(0);
  #putLocal = new Int32Array(0);
  #expected = new Uint8Array(0);

  /** `world`: refuses frames of any other; absent: the world of the first frame. */
  constructor(layer: Layer<C>, label: Label, world?: string) {
    this.table = new LayerTable(layer);
    this.#label = label;
    this.#world = world ?? null;
    this.#lanes = createLanes(layer, streamedColumns(layer.columns, label), {
      live: this.table.stores,
      sent: this.table.stores,
    });
  }

  /** The tick a cell's rows are of; −1: nothing came yet. */
  lastTick(cell: string): number {
    return this.#cells.get(cell)?.tick ?? -1;
  }

  /** Forgets a cell that is no longer subscribed; its rows end as 'moved'. */
  drop(cell: string): void {
    const held = this.#cells.get(cell);
    if (!held) return;
    this.#endAll(held.members, 'moved');
    this.#cells.delete(cell);
  }

  /**
   * Applies a key frame (always), or a delta that follows what the cell holds. On any error nothing has changed.
   * @throws CodedError frame/truncated, corrupt, version, layer, schema, stream, gap, value
   */
  apply(bytes: Uint8Array): FrameHeader {
    const { header, body } = openFrame(bytes);
    this.#accept(header);
    if (header.kind === 'key') this.#applyKey(header, body);
    else this.#applyDelta(header, body);
    this.#world = header.world;
    return header;
  }

  #accept(header: FrameHeader): void {
    const { layer } = this.table;
    if (header.layer !== layer.slug)
      throw new CodedError('frame/layer', `layer ${header.layer} for ${layer.slug}`);
    if (header.schema !== layer.schema) {
      throw new CodedError(
        'frame/schema',
        `layer ${layer.slug}: schema ${header.schema}, here ${layer.schema}`,
      );
    }
    if (header.label !== this.#label || header.kind === 'batch') {
      throw new CodedError(
        'frame/stream',
        `${header.kind} frame of class ${header.label} for a ${this.#label} stream`,
      );
    }
    if (this.#world !== null && header.world !== this.#world) {
      throw new CodedError('frame/stream', `world ${header.world}, here ${this.#world}`);
    }
    if (header.kind === 'key') return;
    const last = this.lastTick(header.cell);
    if (header.baseTick > last || header.tick <= last) {
      const fits = `${header.baseTick} to before ${header.tick}`;
      throw new CodedError(
        'frame/gap',
        `layer ${layer.slug}, cell ${header.cell}: tick ${last}, the frame fits ${fits}`,
      );
    }
  }

  #applyKey(header: FrameHeader, body: ByteReader): void {
    const count = header.rows;
    if (count > body.left) throw corrupt(`${count} rows in ${body.left} bytes`);
    this.#in.begin(body, count);
    this.#removedCount = 0;
    this.#patchedCount = 0;
    const keys = this.#readPuts(count, true);
    if (count > 0) this.#rhythm.read(this.#in, count, header.tick);
    this.#end(body);

    const held = this.#cells.get(header.cell);
    if (held) this.#endAll(held.members, 'gone');
    const ticket = this.#commitPuts(keys);
    this.#rhythm.commit(this.#putLocal, count);
    this.#cells.set(header.cell, {
      tick: header.tick,
      members: changedMembers(NO_MEMBERS, this.#membership(count), ticket),
    });
  }

  #applyDelta(header: FrameHeader, body: ByteReader): void {
    const members = this.#cells.get(header.cell)?.members ?? NO_MEMBERS;
    this.#in.begin(body, members.count);
    const before = body.varint();
    if (before !== members.count)
      throw corrupt(`cell ${header.cell}: ${members.count} rows, the frame says ${before}`);
    this.#readRemoves(members);
    this.#readPatches(header, members);
    const putCount = body.count('rows put');
    this.#in.reserve(putCount);
    const keys = this.#readPuts(putCount, false);
    this.#end(body);
    if (before - this.#removedCount + putCount !== header.rows)
      throw corrupt(`not ${header.rows} rows afterwards`);
    const change = this.#membership(putCount);
    checkPuts(members, change);

    this.#commitRemoves(members);
    this.#commitPatches(header.tick);
    const ticket = this.#commitPuts(keys);
    for (let i = 0; i < putCount; i++) this.#rhythm.reset(this.#putLocal[i] as number, header.tick);
    const changed = this.#removedCount + putCount > 0;
    this.#cells.set(header.cell, {
      tick: header.tick,
      members: changed ? changedMembers(members, this.#membership(putCount), ticket) : members,
    });
  }

  #end(body: ByteReader): void {
    if (body.left !== 0) throw corrupt(`${body.left} bytes too many`);
  }

  #readRemoves(members: Members): void {
    const universe = members.count;
    this.#reserve(universe);
    this.#removedCount = this.#in.rowSet(this.#removed, universe);
    this.#in.plane(this.#in.codes, this.#removedCount);
    for (let i = 0; i < this.#removedCount; i++) {
      const code = this.#in.codes[i] as number;
      if (code >= removeReasons.length) throw corrupt(`remove reason ${code}`);
      this.#reasons[i] = code;
    }
  }

  #readPatches(header: FrameHeader, members: Members): void {
    const from = this.#in;
    const { count, local } = members;
    const expected = this.#expected;
    this.#rhythm.expect({ slots: local, count }, header.tick, expected);
    const removed = this.#removed;
    for (let i = 0; i < this.#removedCount; i++) expected[removed[i] as number] = 0;
    const patched = this.#patchedSlots;
    from.expectedRowSet(expected, patched, count);
    for (let i = 0; i < this.#removedCount; i++) {
      if (expected[removed[i] as number] === 1) throw corrupt(`row ${removed[i]} ends and changes`);
    }
    if (this.#overlaps > 0) this.#refuseTaken(header, members);
    let found = 0;
    for (let rank = 0; rank < count; rank++)
      if (expected[rank] === 1) patched[found++] = local[rank] as number;
    this.#patchedCount = found;
    if (this.#patchedCount === 0) return;
    for (const lane of this.#lanes) lane.readPatches(from, patched, this.#patchedCount);
  }

  /** A row that another cell has taken must end in this frame; if it does not, the two streams are out of step. */
  #refuseTaken(header: FrameHeader, { count, local, ticket }: Members): void {
    let nextRemoved = 0;
    for (let rank = 0; rank < count; rank++) {
      const ends = nextRemoved < this.#removedCount && this.#removed[nextRemoved] === rank;
      if (ends) nextRemoved++;
      else if (this.#ticket[local[rank] as number] !== ticket[rank]) {
        throw new CodedError('frame/gap', `cell ${header.cell}: row ${rank} went to another cell`);
      }
    }
  }

  /** Stages put rows: the sender's slots in #putSlots, values in the lanes → the keys. */
  #readPuts(count: number, state: boolean): string[] {
    if (count === 0) return [];
    const from = this.#in;
    if (this.#putSlots.length < count) {
      this.#putSlots = new Uint32Array(count * 2);
      this.#putLocal = new Int32Array(count * 2);
    }
    from.plane(from.codes, count);
    let next = 0;
    for (let i = 0; i < count; i++) {
      next += from.codes[i] as number;
      if (next > 0xfffffffe) throw corrupt(`slot ${next} is beyond 32 bits`);
      this.#putSlots[i] = next++;
    }
    const keys = readKeys(from, count);
    for (const lane of this.#lanes) lane.readPuts(from, count, state);
    return keys;
  }

  #membership(putCount: number): Membership {
    return {
      removed: this.#removed,
      removedCount: this.#removedCount,
      wire: this.#putSlots,
      local: this.#putLocal,
      putCount,
    };
  }

  #commitRemoves(members: Members): void {
    for (let i = 0; i < this.#removedCount; i++) {
      const rank = this.#removed[i] as number;
      const slot = members.local[rank] as number;
      if (this.#ticket[slot] !== members.ticket[rank]) {
        this.#overlaps--;
        continue;
      }
      this.#ticket[slot] = 0;
      this.table.remove(slot, removeReasons[this.#reasons[i] as number] ?? 'gone');
    }
  }

  #commitPatches(tick: number): void {
    const count = this.#patchedCount;
    if (count === 0) return;
    for (const lane of this.#lanes) lane.commitPatches();
    this.#rhythm.note(this.#patchedSlots, count, tick);
    for (let i = 0; i < count; i++) this.table.touch(this.#patchedSlots[i] as number);
  }

  /** Gives each key its slot in the table → the ticket of these puts. */
  #commitPuts(keys: readonly string[]): number {
    const ticket = ++this.#lastTicket;
    const { table } = this;
    for (let i = 0; i < keys.length; i++) this.#putLocal[i] = table.claim(keys[i] as string);
    this.#grow(table.alive.length);
    for (const lane of this.#lanes) lane.commitPuts(this.#putLocal, keys.length);
    for (let i = 0; i < keys.length; i++) {
      const slot = this.#putLocal[i] as number;
      if (this.#ticket[slot] !== 0) this.#overlaps++;
      this.#ticket[slot] = ticket;
      table.touch(slot);
    }
    return ticket;
  }

  #endAll(members: Members, reason: RemoveReason): void {
    for (let rank = 0; rank < members.count; rank++) {
      const slot = members.local[rank] as number;
      if (this.#ticket[slot] !== members.ticket[rank]) {
        this.#overlaps--;
        continue;
      }
      this.#ticket[slot] = 0;
      this.table.remove(slot, reason);
    }
  }

  /** Room for staging what a cell of `rows` rows may say. */
  #reserve(rows: number): void {
    if (rows <= this.#removed.length) return;
    this.#removed = new Int32Array(rows * 2);
    this.#reasons = new Uint8Array(rows * 2);
    this.#patchedSlots = new Int32Array(rows * 2);
    this.#expected = new Uint8Array(rows * 2);
  }

  #grow(capacity: number): void {
    if (capacity <= this.#capacity) return;
    this.#capacity = capacity;
    for (const lane of this.#lanes) lane.grow(capacity);
    this.#rhythm.grow(capacity);
    this.#ticket = grownUint32(this.#ticket, capacity);
  }
}
