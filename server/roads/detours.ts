// The nearest way out of a place that no open road joins any more: on foot over the land to where roads are open, and by
// road to the nearest hospital from there. What helpers need to know before the road is cleared.
import type { LonLat } from '../../contracts/column.ts';
import type { RoadConditions } from './conditions.ts';
import { METRES_PER_DEGREE, roadClasses } from './graph.ts';
import type { RoadGround } from './ground.ts';
import { REACHES } from './isolation.ts';
import { RoadSearch } from './search.ts';

/**
 * On foot over mountains, by the length of the straight line, m/s: Tobler's 1.4 m/s on level ground is 0.69 on slopes of 20 %
 * (Tobler 1993), and paths are some 1.4 times as long as the straight line (≈).
 */
const OVER_LAND_MS = 0.69 / 1.4;
/** Longer than this is no detour, s: a helicopter is asked for. */
const MOST_S = 24 * 3600;
const ALL = REACHES.hospital | REACHES.seat;
const RAD = Math.PI / 180;

export class Detours {
  readonly #ground: RoadGround;
  readonly #conditions: RoadConditions;
  readonly #search: RoadSearch;
  readonly #weights: Float64Array;
  /** Nodes with open roads and seconds by road to the nearest hospital. */
  #open: readonly { readonly node: number; readonly seconds: number }[] = [];

  constructor(ground: RoadGround, conditions: RoadConditions) {
    this.#ground = ground;
    this.#conditions = conditions;
    this.#search = new RoadSearch(ground.graph);
    this.#weights = new Float64Array(conditions.against.length);
  }

  /** @param reached bits of REACHES by node @param closed by edge, maybe more than is closed now */
  settle(reached: Uint8Array, closed: Uint16Array): void {
    const { graph, targets } = this.#ground;
    for (let arc = 0; arc < this.#weights.length; arc++)
      this.#weights[arc] =
        (closed[graph.edgeOf[arc] as number] as number) > 0
          ? Infinity
          : (this.#conditions.against[arc] as number);
    this.#search.begin(this.#weights);
    for (const node of targets.hospitals) this.#search.from(node, 0);
    const open: { node: number; seconds: number }[] = [];
    for (let node = this.#search.next(); node >= 0; node = this.#search.next())
      if (reached[node] === ALL && this.#isOnGround(node))
        open.push({ node, seconds: this.#search.secondsTo(node) });
    this.#open = open;
  }

  /** Of the last settling. → minutes, whole; null: more than a day */
  minutesFrom(at: LonLat): number | null {
    const { lon, lat } = this.#ground.graph;
    const shrink = Math.cos(at[1] * RAD);
    let best = MOST_S;
    for (const { node, seconds } of this.#open) {
      // In order of seconds by road: no later one can be better.
      if (seconds >= best) break;
      const dx = ((lon[node] as number) - at[0]) * shrink;
      const dy = (lat[node] as number) - at[1];
      const all = seconds + (Math.hypot(dx, dy) * METRES_PER_DEGREE) / OVER_LAND_MS;
      if (all < best) best = all;
    }
    return best === MOST_S ? null : Math.round(best / 60);
  }

  /** An expressway cannot be walked onto. */
  #isOnGround(node: number): boolean {
    const { first, edgeOf, classOf } = this.#ground.graph;
    for (let arc = first[node] as number; arc < (first[node + 1] as number); arc++)
      if (roadClasses[classOf[edgeOf[arc] as number] as number] !== 'expressway') return true;
    return false;
  }
}
