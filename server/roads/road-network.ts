// The roads of one world, tick by tick: measured speeds and reported closures out of the layers, and which towns are cut off.
import type { Geometry, LonLat } from '../../contracts/column.ts';
import type { roadEvent } from '../../contracts/layers/road-event.ts';
import type { roadSpeed } from '../../contracts/layers/road-speed.ts';
import type { IsolatedPlace } from '../../contracts/records/road.ts';
import type { LayerTable } from '../../contracts/table.ts';
import type { TickFollower } from '../state/port.ts';
import { RoadConditions } from './conditions.ts';
import { directionAlong } from './edge-grid.ts';
import { Detours } from './detours.ts';
import type { RoadGround, Settlement } from './ground.ts';
import { Isolation, REACHES } from './isolation.ts';

type Events = LayerTable<(typeof roadEvent)['columns']>;
type Speeds = LayerTable<(typeof roadSpeed)['columns']>;

/** A drawn line this far from a piece speaks of it, metres: lines of sources are drawn anew, with other vertices. */
const ALONG_M = 60;
/** A place without a line closes the piece it stands at, this far away at most, metres. */
const BESIDE_M = 500;
/** A speed that was measured longer ago is no speed of now, ms. */
const STALE_MS = 15 * 60_000;
const SWEEP_MS = 60_000;

/** What a closure of a road event says of itself. */
export interface EventFacts {
  readonly title: string;
  readonly since: number;
  readonly synthetic: boolean;
  readonly region: string;
}

export interface NetworkOptions {
  readonly ground: RoadGround;
  readonly events: Events;
  readonly speeds: Speeds;
  /** After closures changed and isolation was computed. */
  readonly onChange: (network: RoadNetwork, at: number) => void;
}

export class RoadNetwork implements TickFollower {
  readonly conditions: RoadConditions;
  readonly #options: NetworkOptions;
  readonly #isolation: Isolation;
  readonly #trial: Isolation;
  readonly #detours: Detours;
  /** By slot of the speed layer: the line it was matched with, and its arcs. */
  readonly #lines: (Geometry | null)[] = [];
  readonly #arcs: Int32Array[] = [];
  readonly #events = new Map<string, EventFacts>();
  #measured = 0;
  #seenVersion = -1;
  #isFresh = true;
  #sweptAt = -Infinity;

  constructor(options: NetworkOptions) {
    const { graph, targets } = options.ground;
    this.#options = options;
    this.conditions = new RoadConditions(graph);
    this.#isolation = new Isolation(graph, targets);
    this.#trial = new Isolation(graph, targets);
    this.#detours = new Detours(options.ground, this.conditions);
  }

  /** Pieces with a measured speed. */
  get measured(): number {
    return this.#measured;
  }

  eventOf(cause: string): EventFacts | null {
    return this.#events.get(cause) ?? null;
  }

  tick({ at }: { readonly at: number }): void {
    const { events, speeds } = this.#options;
    if (this.#isFresh) for (let slot = 0; slot < speeds.highWater; slot++) this.#speed(slot, at);
    for (let i = 0; i < speeds.changedCount; i++) this.#speed(speeds.changedSlots[i] as number, at);
    if (at - this.#sweptAt >= SWEEP_MS) this.#sweep(at);
    if (this.#isFresh || events.changedCount > 0) this.#closeByEvents();
    this.#isFresh = false;
    this.settle(at);
  }

  /** Computes isolation anew where a closure came or went. */
  settle(at: number): void {
    const { conditions } = this;
    if (conditions.version === this.#seenVersion) return;
    this.#seenVersion = conditions.version;
    this.#isolation.run(conditions.closed);
    this.#options.onChange(this, at);
  }

  /** Towns and villages cut off now. */
  isolated(): IsolatedPlace[] {
    return this.#isolatedBy(this.#isolation, this.conditions.closed, (edge) =>
      this.conditions.causesOf(edge),
    );
  }

  /** Towns and villages that would be cut off by more closures and are not yet. */
  wouldIsolate(edges: readonly number[]): IsolatedPlace[] {
    const closed = this.conditions.closed.slice();
    for (const edge of edges) closed[edge] = (closed[edge] as number) + 1;
    this.#trial.run(closed);
    return this.#isolatedBy(this.#trial, closed, () => []).filter(
      ({ code }) => !this.#isolation.isIsolated(this.#options.ground.nodeOf(code)),
    );
  }

  #isolatedBy(of: Isolation, closed: Uint16Array, causesOf: (edge: number) => string[]): IsolatedPlace[] {
    const lost = this.#options.ground.settlements.filter(({ node }) => of.isIsolated(node));
    if (lost.length > 0) this.#detours.settle(of.reached, closed);
    return lost.map((place: Settlement): IsolatedPlace => {
      const cuts = new Set<string>();
      of.cutOf(place.node, closed, (edge) => {
        for (const cause of causesOf(edge)) cuts.add(cause);
      });
      const reached = of.reached[place.node] as number;
      const { code, kind, name, town, position, residents } = place;
      const lost = reached === 0 ? 'both' : (reached & REACHES.hospital) === 0 ? 'hospital' : 'seat';
      const detourMin = this.#detours.minutesFrom(position);
      return { code, kind, name, town, position, residents, lost, cuts: [...cuts], detourMin };
    });
  }

  #speed(slot: number, now: number): void {
    const { speeds } = this.#options;
    const line = speeds.column('line').get(slot);
    if (line !== this.#lines[slot]) {
      this.#setSpeed(slot, NaN);
      this.#lines[slot] = line;
      this.#arcs[slot] = this.#match(slot, line);
    }
    const isOld = speeds.alive[slot] !== 1 || now - (speeds.validAt[slot] as number) > STALE_MS;
    this.#setSpeed(slot, isOld ? NaN : speeds.column('speedKmh').get(slot));
  }

  #setSpeed(slot: number, kmh: number): void {
    const arcs = this.#arcs[slot];
    if (!arcs) return;
    for (let i = 0; i < arcs.length; i++) this.conditions.setSpeed(arcs[i] as number, kmh);
  }

  /** Speeds nobody measures any more give way to free speeds. */
  #sweep(now: number): void {
    const { speeds } = this.#options;
    this.#sweptAt = now;
    this.#measured = 0;
    for (let slot = 0; slot < speeds.highWater; slot++) {
      if (now - (speeds.validAt[slot] as number) > STALE_MS) this.#setSpeed(slot, NaN);
      else this.#measured += this.#arcs[slot]?.length ?? 0;
    }
  }

  #match(slot: number, line: Geometry | null): Int32Array {
    if (line?.type !== 'LineString') return new Int32Array(0);
    const { ground, speeds } = this.#options;
    const { graph, grid } = ground;
    const edges = grid.along(line.coordinates, ALONG_M, ground.isOfRoad(speeds.column('road').get(slot)));
    return Int32Array.from(edges, (edge) => {
      const arc = graph.arcOf[edge] as number;
      return directionAlong(graph, edge, line.coordinates) === 1 ? arc : (graph.twin[arc] as number);
    });
  }

  #closeByEvents(): void {
    const { events } = this.#options;
    const seen = new Set<string>();
    for (let slot = 0; slot < events.highWater; slot++) {
      if (events.alive[slot] !== 1 || events.column('kind').get(slot) !== 'closure') continue;
      if (events.column('status').get(slot) === 'closed') continue;
      const cause = `event/${events.keyAt(slot)}`;
      seen.add(cause);
      const startAt = events.column('startAt').get(slot);
      this.#events.set(cause, {
        title: events.column('title').get(slot) ?? '道路阻断',
        since: Number.isNaN(startAt) ? (events.validAt[slot] as number) : startAt,
        synthetic: events.syntheticAt(slot),
        region: events.regionAt(slot),
      });
      this.conditions.close(cause, this.#edgesOfEvent(slot));
    }
    for (const cause of [...this.conditions.causes])
      if (cause.startsWith('event/') && !seen.has(cause)) {
        this.conditions.close(cause, []);
        this.#events.delete(cause);
      }
  }

  #edgesOfEvent(slot: number): number[] {
    const { ground, events } = this.#options;
    const passes = ground.isOfRoad(events.column('road').get(slot));
    const line = events.column('line').get(slot);
    const position = events.column('position');
    const at: LonLat | null = position.isNull(slot) ? null : [position.lon(slot), position.lat(slot)];
    const drawn =
      line?.type === 'LineString'
        ? [line.coordinates]
        : line?.type === 'MultiLineString'
          ? line.coordinates
          : [];
    const found = new Set(drawn.flatMap((one) => ground.grid.along(one, ALONG_M, passes)));
    // A stretch shorter than a piece may hold no middle of one.
    const near = at && found.size === 0 ? ground.grid.nearest(at, BESIDE_M, passes) : null;
    if (near) found.add(near.edge);
    return [...found].sort((a, b) => a - b);
  }
}
