// Follows a world and journals the observations of each tick, one record a retention class.
import type { ObservationBatch } from '../../contracts/frame.ts';
import type { Retention } from '../../contracts/layer.ts';
import type { TickFollower, World } from '../state/port.ts';
import type { Journal } from './journal.ts';

/** Observations of one layer that are worth a record before the tick: two or three ms of encoding. */
const MUCH = 2048;

/** Who else reads observations as they come, before the batch is emptied. */
export interface BatchTaker {
  take(batch: ObservationBatch): void;
}

export class JournalFollower implements TickFollower {
  readonly #world: World;
  readonly #journal: Journal | null;
  readonly #takers: readonly BatchTaker[];

  /** @param journal null: nobody will look back; only those who take batches see what was observed */
  constructor(world: World, journal: Journal | null, takers: readonly BatchTaker[] = []) {
    this.#world = world;
    this.#journal = journal;
    this.#takers = takers;
  }

  tick(tick: { number: number; at: number }): void {
    const byClass = new Map<Retention, Uint8Array[]>();
    for (const { layer, batch } of this.#world.layers.values()) {
      if (batch.count === 0) continue;
      for (const taker of this.#takers) taker.take(batch);
      if (!this.#journal) continue;
      const frame = batch.encode({ world: this.#world.facts.id, tick: tick.number, knownAt: tick.at });
      const frames = byClass.get(layer.retention);
      if (frames) frames.push(frame);
      else byClass.set(layer.retention, [frame]);
    }
    for (const [retention, frames] of byClass) this.#journal?.append(retention, tick, frames);
  }

  /**
   * Between ticks: takes away what has gathered in layers that hold so many observations, busy ones by default, so that no
   * tick has it all to do and none waits for the tick to be safe. Part of the next tick.
   */
  collect(at: number, least = MUCH): void {
    if (!this.#journal) return;
    const tick = { number: this.#world.tick + 1, at };
    for (const { layer, batch } of this.#world.layers.values()) {
      if (batch.count < least) continue;
      for (const taker of this.#takers) taker.take(batch);
      const frame = batch.encode({ world: this.#world.facts.id, tick: tick.number, knownAt: at });
      batch.clear();
      this.#journal.append(layer.retention, tick, [frame]);
    }
  }
}
