// Nodes by cell, for "which node is nearest": ring after ring of cells, until nothing outside can be nearer.
import type { LonLat } from '../../contracts/column.ts';
import { metresBetween, METRES_PER_DEGREE } from './graph.ts';

/** Side of a cell, degrees: about 2 km. */
const CELL = 0.02;
/** Beyond so many rings of cells everything is looked at one by one. */
const MOST_RINGS = 60;

export class NodeGrid {
  readonly #nodes: readonly LonLat[];
  readonly #cells = new Map<number, number[]>();

  constructor(nodes: readonly LonLat[], members: Iterable<number>) {
    this.#nodes = nodes;
    for (const node of members) this.add(node);
  }

  add(node: number): void {
    const [lon, lat] = this.#nodes[node] as LonLat;
    const key = keyOf(Math.floor(lon / CELL), Math.floor(lat / CELL));
    const held = this.#cells.get(key);
    if (held) held.push(node);
    else this.#cells.set(key, [node]);
  }

  /** −1: there is none. */
  nearest(at: LonLat): number {
    const [cx, cy] = [Math.floor(at[0] / CELL), Math.floor(at[1] / CELL)];
    // A cell is narrower than high.
    const cellM = CELL * METRES_PER_DEGREE * Math.cos((at[1] * Math.PI) / 180);
    let [best, metres] = [-1, Infinity];
    const look = (x: number, y: number): void => {
      for (const node of this.#cells.get(keyOf(x, y)) ?? []) {
        const away = metresBetween(at, this.#nodes[node] as LonLat);
        if (away < metres) [best, metres] = [node, away];
      }
    };
    for (let ring = 0; ring <= MOST_RINGS; ring++) {
      if (metres < (ring - 1) * cellM) return best;
      for (let d = -ring; d <= ring; d++) {
        look(cx + d, cy - ring);
        if (ring > 0) look(cx + d, cy + ring);
        if (Math.abs(d) === ring) continue;
        look(cx - ring, cy + d);
        look(cx + ring, cy + d);
      }
    }
    if (best >= 0) return best;
    for (const nodes of this.#cells.values())
      for (const node of nodes) {
        const away = metresBetween(at, this.#nodes[node] as LonLat);
        if (away < metres) [best, metres] = [node, away];
      }
    return best;
  }
}

const keyOf = (x: number, y: number): number => x * 100_003 + y;
