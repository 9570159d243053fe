// Isolated places (孤岛): those from which no open road leads to a hospital, or to a county seat. One flood from all
// hospitals, one from all seats: each looks at every arc once at most, and allocates nothing.
import type { RoadGraph } from './graph.ts';

/** Bits of what a node reaches. */
export const REACHES = { hospital: 1, seat: 2 } as const;
const ALL = REACHES.hospital | REACHES.seat;

export interface IsolationTargets {
  /** Nodes of hospitals and of seats. */
  readonly hospitals: Int32Array;
  readonly seats: Int32Array;
}

export class Isolation {
  readonly #graph: RoadGraph;
  readonly #targets: IsolationTargets;
  /** By node: bits of REACHES, as of the last run. */
  readonly reached: Uint8Array;
  readonly #queue: Int32Array;
  readonly #mark: Uint32Array;
  #round = 0;

  constructor(graph: RoadGraph, targets: IsolationTargets) {
    this.#graph = graph;
    this.#targets = targets;
    this.reached = new Uint8Array(graph.nodes);
    this.#queue = new Int32Array(graph.nodes);
    this.#mark = new Uint32Array(graph.nodes);
  }

  /** @param closed by edge; above 0: closed */
  run(closed: Uint16Array): void {
    this.reached.fill(0);
    this.#flood(this.#targets.hospitals, REACHES.hospital, closed);
    this.#flood(this.#targets.seats, REACHES.seat, closed);
  }

  isIsolated(node: number): boolean {
    return this.reached[node] !== ALL;
  }

  /**
   * The closed pieces around the part a node lies in: the cut that did it.
   * @param each called with each of them, maybe twice
   */
  cutOf(node: number, closed: Uint16Array, each: (edge: number) => void): void {
    const { first, head, edgeOf } = this.#graph;
    this.#round += 1;
    const queue = this.#queue;
    queue[0] = node;
    this.#mark[node] = this.#round;
    for (let at = 0, end = 1; at < end; at++) {
      const here = queue[at] as number;
      for (let arc = first[here] as number; arc < (first[here + 1] as number); arc++) {
        const edge = edgeOf[arc] as number;
        if ((closed[edge] as number) > 0) {
          each(edge);
          continue;
        }
        const next = head[arc] as number;
        if (this.#mark[next] === this.#round) continue;
        this.#mark[next] = this.#round;
        queue[end++] = next;
      }
    }
  }

  #flood(from: Int32Array, bit: number, closed: Uint16Array): void {
    const { first, head, edgeOf } = this.#graph;
    const { reached } = this;
    const queue = this.#queue;
    let end = 0;
    for (let i = 0; i < from.length; i++) {
      const node = from[i] as number;
      if (((reached[node] as number) & bit) !== 0) continue;
      reached[node] = (reached[node] as number) | bit;
      queue[end++] = node;
    }
    for (let at = 0; at < end; at++) {
      const node = queue[at] as number;
      const last = first[node + 1] as number;
      for (let arc = first[node] as number; arc < last; arc++) {
        if ((closed[edgeOf[arc] as number] as number) > 0) continue;
        const next = head[arc] as number;
        if (((reached[next] as number) & bit) !== 0) continue;
        reached[next] = (reached[next] as number) | bit;
        queue[end++] = next;
      }
    }
  }
}
