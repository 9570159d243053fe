// The roads as they are now: seconds by arc out of free or measured speed, and which pieces are closed by what. A piece is
// closed while at least one cause says so.
import type { RoadGraph } from './graph.ts';
import { roadClasses } from './graph.ts';

/** Slower than walking nothing is taken for: a measured 0 is a queue, no closure, km/h. */
const SLOWEST_KMH = 3;

export class RoadConditions {
  readonly graph: RoadGraph;
  /** Seconds by arc, along it and against it; Infinity: closed. What a search takes as weights. */
  readonly along: Float64Array;
  readonly against: Float64Array;
  /** How many causes close a piece, by edge. */
  readonly closed: Uint16Array;
  /** Seconds by arc without closures. */
  readonly #open: Float64Array;
  readonly #causes = new Map<string, Int32Array>();
  #version = 0;

  constructor(graph: RoadGraph) {
    const arcs = graph.head.length;
    this.graph = graph;
    this.along = new Float64Array(arcs);
    this.against = new Float64Array(arcs);
    this.closed = new Uint16Array(graph.edges);
    this.#open = new Float64Array(arcs);
    for (let arc = 0; arc < arcs; arc++) this.setSpeed(arc, NaN);
  }

  /** Goes up with every closure and opening. */
  get version(): number {
    return this.#version;
  }

  /** Ids of what closes something now. */
  get causes(): Iterable<string> {
    return this.#causes.keys();
  }

  /** @param kmh measured on the arc; NaN: nothing is known, so that the free speed holds */
  setSpeed(arc: number, kmh: number): void {
    const { edgeOf, lengthM, freeFlowKmh } = this.graph;
    const edge = edgeOf[arc] as number;
    const speed = kmh >= 0 ? Math.max(SLOWEST_KMH, kmh) : (freeFlowKmh[edge] as number);
    this.#open[arc] = ((lengthM[edge] as number) / speed) * 3.6;
    this.#settle(arc);
  }

  /** Edges a cause closes, in the place of those it closed before; none: it closes nothing any more. */
  close(cause: string, edges: readonly number[]): void {
    const before = this.#causes.get(cause);
    if (!before && edges.length === 0) return;
    if (before && isSame(before, edges)) return;
    for (const edge of before ?? []) this.#count(edge, -1);
    if (edges.length === 0) this.#causes.delete(cause);
    else this.#causes.set(cause, Int32Array.from(edges));
    for (const edge of edges) this.#count(edge, 1);
    this.#version += 1;
  }

  edgesOf(cause: string): Int32Array | null {
    return this.#causes.get(cause) ?? null;
  }

  /** What closes a piece. */
  causesOf(edge: number): string[] {
    return [...this.#causes].flatMap(([cause, edges]) => (edges.includes(edge) ? [cause] : []));
  }

  #count(edge: number, by: 1 | -1): void {
    this.closed[edge] = (this.closed[edge] as number) + by;
    const arc = this.graph.arcOf[edge] as number;
    this.#settle(arc);
    this.#settle(this.graph.twin[arc] as number);
  }

  #settle(arc: number): void {
    const { edgeOf, twin } = this.graph;
    const seconds =
      (this.closed[edgeOf[arc] as number] as number) > 0 ? Infinity : (this.#open[arc] as number);
    this.along[arc] = seconds;
    this.against[twin[arc] as number] = seconds;
  }
}

const isSame = (before: Int32Array, now: readonly number[]): boolean =>
  before.length === now.length && before.every((edge, i) => edge === now[i]);

/** For the numbers of the graph people are shown, km by class. */
export function kilometresByClass(graph: RoadGraph): Record<(typeof roadClasses)[number], number> {
  const sums = { expressway: 0, national: 0, provincial: 0, street: 0, minor: 0 };
  for (let edge = 0; edge < graph.edges; edge++) {
    const name = roadClasses[graph.classOf[edge] as number];
    if (name) sums[name] += (graph.lengthM[edge] as number) / 1000;
  }
  return sums;
}
