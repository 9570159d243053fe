// Follows a world and journals the observations of each tick, one record a retention class.
import type { Retention } from '../../contracts/layer.ts';
import type { TickFollower, World } from '../state/port.ts';
import type { Journal } from './journal.ts';

export class JournalFollower implements TickFollower {
  readonly #world: World;
  readonly #journal: Journal;

  constructor(world: World, journal: Journal) {
    this.#world = world;
    this.#journal = journal;
  }

  tick(tick: { number: number; at: number }): void {
    const byClass = new Map<Retention, Uint8Array[]>();
    for (const { layer, batch } of this.#world.layers.values()) {
      if (batch.count === 0) continue;
      const frame = batch.encode({ world: this.#world.facts.id, tick: tick.number, knownAt: tick.at });
      const frames = byClass.get(layer.retention);
      if (frames) frames.push(frame);
      else byClass.set(layer.retention, [frame]);
    }
    for (const [retention, frames] of byClass) this.#journal.append(retention, tick, frames);
  }
}
