// One stream (layer × label class × rate step): encoded once a due tick for everybody, with its recent deltas for those
// who come back. A stream nobody listens to is dropped after a while and costs nothing.
import type { CellFrame } from '../../contracts/frame.ts';
import { StreamEncoder } from '../../contracts/frame.ts';
import type { Label } from '../../contracts/column.ts';
import type { LayerTable } from '../../contracts/table.ts';
import type { RateStep } from '../../contracts/wire.ts';
import type { Cells } from './cells.ts';

/** Seconds of deltas kept for clients that come back; the gap is then smaller than a key frame. */
export const RESUME_S = 60;

export interface StreamOptions {
  readonly world: string;
  readonly label: Label;
  readonly rateS: RateStep;
  /** Ticks in one second. */
  readonly ticksPerS: number;
  readonly cells: Cells;
}

interface Emitted {
  readonly tick: number;
  readonly frames: readonly CellFrame[];
}

export class Stream {
  readonly table: LayerTable;
  readonly rateS: RateStep;
  listeners = 0;
  /** Tick since when nobody listens. */
  idleSince: number;
  readonly #encoder: StreamEncoder;
  readonly #every: number;
  readonly #keep: number;
  readonly #ring: Emitted[] = [];
  /** Deltas after this tick are in the ring. */
  #resumableFrom: number;
  /** What this tick emitted; empty on ticks that are not due. */
  now: readonly CellFrame[] = [];

  /** `tick`: the last one; what the table holds is what the first key frames say. */
  constructor(table: LayerTable, options: StreamOptions, tick: { number: number; at: number }) {
    const { world, label, rateS, cells, ticksPerS } = options;
    this.table = table;
    this.rateS = rateS;
    this.idleSince = tick.number;
    this.#every = Math.max(1, Math.round(Math.max(rateS, table.layer.tickMs / 1000) * ticksPerS));
    this.#keep = Math.ceil(RESUME_S * ticksPerS);
    this.#resumableFrom = tick.number;
    this.#encoder = new StreamEncoder(table, {
      world,
      label,
      rateS,
      cells: cells.codes,
      cellOf: cells.of(table),
    });
    this.#encoder.encode(tick.number, tick.at);
  }

  tick(tick: { number: number; at: number }): void {
    this.#encoder.note();
    this.now = [];
    if (tick.number % this.#every !== 0) return;
    this.now = this.#encoder.encode(tick.number, tick.at);
    if (this.now.length > 0) this.#ring.push({ tick: tick.number, frames: this.now });
    while (this.#ring.length > 0 && (this.#ring[0] as Emitted).tick <= tick.number - this.#keep) {
      this.#resumableFrom = (this.#ring.shift() as Emitted).tick;
    }
  }

  canResume(since: number): boolean {
    return since >= this.#resumableFrom;
  }

  /** Deltas of some cells after `since`, oldest first. */
  since(since: number, cells: ReadonlySet<number>): Uint8Array[] {
    return this.#ring
      .filter(({ tick }) => tick > since)
      .flatMap(({ frames }) => frames.filter(({ cell }) => cells.has(cell)).map(({ bytes }) => bytes));
  }

  keys(cells: ReadonlySet<number>, tick: { number: number; at: number }): Uint8Array[] {
    return [...cells].map((cell) => this.#encoder.key(cell, tick.number, tick.at));
  }
}
