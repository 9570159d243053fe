// One world: a table and a batch for each layer, moved on tick by tick.
import { ObservationBatch } from '../../contracts/frame.ts';
import type { Layer } from '../../contracts/layer.ts';
import { LayerTable } from '../../contracts/table.ts';
import type { World as WorldFacts } from '../../contracts/wire.ts';
import type { Near } from './spatial-index.ts';
import { SpatialIndex } from './spatial-index.ts';
import type { TickCounter } from './tick-counter.ts';
import type { TickFollower, World, WorldLayer } from './port.ts';

interface Held extends WorldLayer {
  readonly index: SpatialIndex | null;
  /** Tick of the last change, for the index. */
  changedTick: number;
}

export class LiveWorld implements World {
  readonly facts: WorldFacts;
  readonly layers: ReadonlyMap<string, Held>;
  readonly #ticks: TickCounter;
  readonly #computers: TickFollower[] = [];
  readonly #followers: TickFollower[] = [];

  constructor(facts: WorldFacts, layers: Iterable<Layer>, ticks: TickCounter) {
    this.facts = facts;
    this.#ticks = ticks;
    this.layers = new Map(
      [...layers].map((layer) => {
        const table = new LayerTable(layer);
        const held = { layer, table, batch: new ObservationBatch(layer), updatedAt: null, changedTick: 0 };
        return [layer.slug, { ...held, index: SpatialIndex.of(table) }];
      }),
    );
  }

  get tick(): number {
    return this.#ticks.current;
  }

  /** @throws Error when the layer is not loaded */
  table(slug: string): LayerTable {
    const held = this.layers.get(slug);
    if (!held) throw new Error(`world ${this.facts.id}: layer ${slug} is not loaded: see contracts/layers`);
    return held.table;
  }

  /** What makes layers out of layers: called on every tick when rows have ended and before anybody else sees the changes. */
  compute(computer: TickFollower): void {
    this.#computers.push(computer);
  }

  /** Followers are called in the order they were added, on every tick. */
  follow(follower: TickFollower): void {
    this.#followers.push(follower);
  }

  /**
   * One tick: ends what expired, lets everybody see the changes, then forgets them. → its number
   * @throws AggregateError of what followers threw, after all of them were called and the tick was finished
   */
  advance(at: number): number {
    const number = this.#ticks.next();
    this.expire(at);
    const faults: unknown[] = [];
    this.#tell(this.#computers, { number, at }, faults);
    for (const held of this.layers.values()) {
      if (held.table.changedCount === 0) continue;
      held.updatedAt = at;
      held.changedTick = number;
    }
    this.#tell(this.#followers, { number, at }, faults);
    for (const held of this.layers.values()) {
      held.table.clearChanges();
      held.batch.clear();
    }
    if (faults.length > 0)
      throw new AggregateError(faults, `tick ${number}: ${faults.map(String).join('; ')}`);
    return number;
  }

  #tell(all: readonly TickFollower[], tick: { number: number; at: number }, faults: unknown[]): void {
    for (const one of all) {
      try {
        one.tick(tick);
      } catch (error) {
        faults.push(error);
      }
    }
  }

  /** Ends the rows whose time is over; done by every tick. */
  expire(at: number): void {
    for (const { table } of this.layers.values()) expire(table, at);
  }

  /** The nearest rows of a layer that has positions; null where it has none. */
  nearest(
    slug: string,
    place: { lon: number; lat: number },
    limit: { count: number; maxMetres: number },
  ): Near[] | null {
    const held = this.layers.get(slug);
    if (!held?.index) return null;
    return held.index.nearest(place, limit, this.#version(held));
  }

  /** Slots of a layer inside a box; null where it has no positions. */
  within(slug: string, box: readonly [number, number, number, number]): number[] | null {
    const held = this.layers.get(slug);
    if (!held?.index) return null;
    const slots: number[] = [];
    held.index.within(box, this.#version(held), (slot) => slots.push(slot));
    return slots;
  }

  /** Changes between two ticks are not told apart by the tick alone. */
  #version(held: Held): number {
    return held.changedTick + held.table.changedCount / 2 ** 32;
  }
}

/** Rows end by themselves when the source falls silent: after their fresh time, and at the end they named themselves. */
function expire(table: LayerTable, now: number): void {
  const { expireS, endsBy } = table.layer;
  const ends = endsBy === undefined ? null : table.stores.columns.get(endsBy);
  const endAt = ends?.kind === 'time' ? ends : null;
  if (expireS === null && endAt === null) return;
  const oldest = expireS === null ? -Infinity : now - expireS * 1000;
  const { alive, validAt, highWater } = table;
  for (let slot = 0; slot < highWater; slot += 1) {
    if (alive[slot] !== 1) continue;
    // NaN, no end known, compares false.
    if ((validAt[slot] as number) < oldest || (endAt !== null && endAt.get(slot) <= now)) {
      table.remove(slot, 'expired');
    }
  }
}
