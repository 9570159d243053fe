// One layer at a moment of the past, which can be moved on: its table, and what a stream of it says at each step.
import { underLayer } from '../../contracts/earlier.ts';
import type { FrameReceiver } from '../../contracts/frame.ts';
import type { StreamEncoder } from '../../contracts/frame.ts';
import { decodeHeader } from '../../contracts/frame.ts';
import type { Reach } from '../../contracts/records/reach.ts';
import { deltaWithin, encoderWithin } from '../kit/encoder-within.ts';
import type { Label } from '../../contracts/column.ts';
import type { Layer } from '../../contracts/layer.ts';
import { LayerTable } from '../../contracts/table.ts';
import type { SchemaShelf } from '../kit/schema-shelf.ts';
import type { Recording } from './recordings.ts';
import type { StateFrame } from './state-segment.ts';
import { isKey, receiverOf } from './state-segment.ts';

export interface CursorOptions {
  readonly layer: Layer;
  readonly schemas: SchemaShelf;
  /** World id. */
  readonly world: string;
  /** The class of who reads. */
  readonly label: Label;
  /** Rows of elsewhere are left out; null: all are told. */
  readonly reach: Reach | null;
  /** Told of what was applied while its changes are still listed: the rows as they were recorded. */
  readonly onChange?: (table: LayerTable) => void;
}

interface Pending extends StateFrame {
  readonly of: Recording;
  readonly all: readonly StateFrame[];
}

export class LayerCursor {
  readonly layer: Layer;
  readonly #options: CursorOptions;
  /** What its frames are applied to; null: nothing is recorded at this moment. */
  #receiver: FrameReceiver | null = null;
  /** Under the declaration of today: the receiver's own where that is the same. */
  #table: LayerTable;
  #encoder: StreamEncoder;
  /** Whether who reads has the rows of this encoder. */
  #isTold = false;
  /** Rows under an earlier declaration changed since they were last taken over. */
  #isOutdated = false;
  #lastTick = -1;
  /** What the last frame was of, and all its frames. */
  #recording: Recording | null = null;
  #frames: readonly StateFrame[] = [];
  #pending: Pending[] = [];
  #next = 0;

  constructor(options: CursorOptions) {
    this.#options = options;
    this.layer = options.layer;
    this.#table = new LayerTable(options.layer);
    this.#encoder = this.#encoderOf(this.#table);
  }

  /** The rows as they were recorded, under the declaration of then; null: nothing is. */
  get table(): LayerTable | null {
    return this.#receiver?.table ?? null;
  }

  /** Nothing is recorded of the layer at this moment. */
  get isAbsent(): boolean {
    return this.#receiver === null;
  }

  /**
   * Takes what was recorded up to `to`, from where it stands or, the first time, so that `from` can be told; `apply`
   * then moves on. Recordings: oldest first.
   */
  load(recordings: readonly Recording[], { from, to }: { from: number; to: number }): void {
    this.#pending = [];
    this.#next = 0;
    const held = this.#recording ?? startOf(recordings, from);
    const isThere = held !== null && recordings.some(({ id }) => id === held.id);
    for (const recording of recordings) {
      const isHeld = recording.id === held?.id;
      if (!isHeld && !isBehind(recording, { held, isThere, from })) continue;
      const isAtHand = isHeld && this.#recording !== null && !recording.isOpen;
      const all = isAtHand ? this.#frames : recording.frames();
      for (const one of all) {
        if (one.knownAt > to) break;
        if (!isHeld || one.tick > this.#lastTick) this.#pending.push({ ...one, of: recording, all });
      }
    }
  }

  /** Moves on to a moment. @throws CodedError frame/… when what was recorded cannot be read */
  apply(moment: number): void {
    for (let one = this.#pending[this.#next]; one && one.knownAt <= moment; one = this.#pending[this.#next]) {
      this.#next += 1;
      this.#take(one);
    }
  }

  /** Moments at which something was recorded, of what was loaded. */
  moments(): readonly number[] {
    return this.#pending.map(({ knownAt }) => knownAt);
  }

  /** What differs from what was said last: a delta, a key frame where the recording begins anew, or nothing. */
  say(tick: number, knownAt: number): Uint8Array | null {
    if (this.#isOutdated) this.#takeOver();
    const delta = deltaWithin(this.#encoder.encode(tick, knownAt));
    if (!this.#isTold) return this.key(tick, knownAt);
    return delta;
  }

  /** Everything there is; empty where nothing is recorded. */
  key(tick: number, knownAt: number): Uint8Array {
    if (this.#isOutdated) this.#takeOver();
    this.#encoder.encode(tick, knownAt);
    this.#isTold = true;
    return this.#encoder.key(0, tick, knownAt);
  }

  #take(one: Pending): void {
    this.#recording = one.of;
    this.#frames = one.all;
    const { schema, tick } = decodeHeader(one.frame);
    // Rows of a key frame keep their places where the table had them: what is said is what differs.
    if (isKey(one.frame)) this.#receive(schema);
    else if (tick <= this.#lastTick) return;
    const receiver = this.#receiver;
    if (!receiver) return;
    receiver.apply(one.frame);
    this.#lastTick = tick;
    if (receiver.table === this.#table) this.#encoder.note();
    else this.#isOutdated = true;
    this.#options.onChange?.(receiver.table);
    receiver.table.clearChanges();
  }

  /** What comes next was written under this declaration. */
  #receive(schema: number): void {
    if (this.#receiver?.table.layer.schema === schema) return;
    this.#receiver = receiverOf(this.#options.schemas.layer(this.layer.slug, schema));
    const isToday = schema === this.layer.schema;
    this.#isOutdated = !isToday;
    this.#table = isToday ? this.#receiver.table : new LayerTable(this.layer);
    this.#encoder = this.#encoderOf(this.#table);
    this.#isTold = false;
  }

  /** Rows of an earlier declaration, read under that of today. */
  #takeOver(): void {
    this.#isOutdated = false;
    const before = this.#receiver?.table;
    const table = this.#table;
    if (!before) return;
    const facts = { from: before.layer, to: this.layer, stores: table.stores };
    for (const { key } of [...table.rows()]) {
      if (before.slotOf(key) < 0) table.remove(table.slotOf(key), 'gone');
    }
    for (const row of before.rows()) {
      table.put({ ...row, values: underLayer(row.values, facts) as typeof row.values });
    }
    this.#encoder.note();
    table.clearChanges();
  }

  #encoderOf(table: LayerTable): StreamEncoder {
    const { world, label, reach } = this.#options;
    return encoderWithin(table, { world, label, reach });
  }
}

/** Of all that began before a moment, the one that reaches nearest to it; null: none did. */
function startOf(recordings: readonly Recording[], moment: number): Recording | null {
  const reach = ({ to }: Recording): number => Math.min(to, moment);
  let best: Recording | null = null;
  for (const one of recordings) {
    if (one.from <= moment && (!best || reach(one) >= reach(best))) best = one;
  }
  return best;
}

/** Whether a recording follows the one in hand; a window that was sealed meanwhile begins where it began. */
function isBehind(
  { from, to }: Recording,
  at: { readonly held: Recording | null; readonly isThere: boolean; readonly from: number },
): boolean {
  if (!at.held) return from > at.from;
  return to >= at.from && (from > at.held.from || (from === at.held.from && !at.isThere));
}
