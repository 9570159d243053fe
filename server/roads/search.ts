// Shortest ways over the graph (Dijkstra 1959) with an indexed four-way heap. All memory is taken once; a query allocates
// nothing: what an earlier one left is told apart by the number of the query.
import type { RoadGraph } from './graph.ts';

/** Children of a heap node: four keep the heap flat and its comparisons in one cache line. */
const WAYS = 4;

export class RoadSearch {
  readonly #graph: RoadGraph;
  /** Seconds from the nearest source, by node; of this query where `#seen` says so. */
  readonly #time: Float64Array;
  readonly #seen: Uint32Array;
  /** The arc a node was reached by; −1 at a source. */
  readonly #via: Int32Array;
  /** Nodes still to be settled, the nearest first, and where each stands in it; −1: settled. */
  readonly #heap: Int32Array;
  readonly #at: Int32Array;
  #size = 0;
  #query = 0;
  #weights: Float64Array;

  constructor(graph: RoadGraph) {
    this.#graph = graph;
    this.#time = new Float64Array(graph.nodes);
    this.#seen = new Uint32Array(graph.nodes);
    this.#via = new Int32Array(graph.nodes);
    this.#heap = new Int32Array(graph.nodes);
    this.#at = new Int32Array(graph.nodes);
    this.#weights = new Float64Array(0);
  }

  get nodes(): number {
    return this.#graph.nodes;
  }

  /** A new query. @param weights seconds by arc; Infinity: closed */
  begin(weights: Float64Array): void {
    this.#weights = weights;
    this.#size = 0;
    this.#query = (this.#query + 1) >>> 0;
    if (this.#query !== 0) return;
    // After 2³² queries numbers come again.
    this.#seen.fill(0);
    this.#query = 1;
  }

  /** Ways may begin here, after so many seconds. */
  from(node: number, seconds: number): void {
    this.#offer(node, seconds, -1);
  }

  /** The next node in order of time; −1: nothing else can be reached. */
  next(): number {
    if (this.#size === 0) return -1;
    const heap = this.#heap;
    const node = heap[0] as number;
    this.#at[node] = -1;
    this.#size -= 1;
    if (this.#size > 0) this.#sink(heap[this.#size] as number);
    const { first, head } = this.#graph;
    const weights = this.#weights;
    const time = this.#time[node] as number;
    const end = first[node + 1] as number;
    for (let arc = first[node] as number; arc < end; arc++) {
      const weight = weights[arc] as number;
      if (weight < Infinity) this.#offer(head[arc] as number, time + weight, arc);
    }
    return node;
  }

  /** Seconds to a node as far as it is known; once settled it is the least. Infinity: not reached. */
  secondsTo(node: number): number {
    return this.#seen[node] === this.#query ? (this.#time[node] as number) : Infinity;
  }

  /** The arc that leads to a node on its way; −1 at the start of a way and where nothing led. */
  arcTo(node: number): number {
    return this.#seen[node] === this.#query ? (this.#via[node] as number) : -1;
  }

  #offer(node: number, seconds: number, arc: number): void {
    if (this.#seen[node] !== this.#query) {
      this.#seen[node] = this.#query;
      this.#time[node] = seconds;
      this.#via[node] = arc;
      this.#size += 1;
      this.#rise(node, this.#size - 1);
    } else if (seconds < (this.#time[node] as number)) {
      this.#time[node] = seconds;
      this.#via[node] = arc;
      this.#rise(node, this.#at[node] as number);
    }
  }

  #rise(node: number, from: number): void {
    const heap = this.#heap;
    const at = this.#at;
    const time = this.#time;
    const mine = time[node] as number;
    let place = from;
    while (place > 0) {
      const up = ((place - 1) / WAYS) | 0;
      const above = heap[up] as number;
      if ((time[above] as number) <= mine) break;
      heap[place] = above;
      at[above] = place;
      place = up;
    }
    heap[place] = node;
    at[node] = place;
  }

  #sink(node: number): void {
    const heap = this.#heap;
    const at = this.#at;
    const time = this.#time;
    const size = this.#size;
    const mine = time[node] as number;
    let place = 0;
    for (;;) {
      const from = place * WAYS + 1;
      if (from >= size) break;
      const to = Math.min(from + WAYS, size);
      let least = from;
      let leastTime = time[heap[from] as number] as number;
      for (let child = from + 1; child < to; child++) {
        const childTime = time[heap[child] as number] as number;
        if (childTime < leastTime) {
          least = child;
          leastTime = childTime;
        }
      }
      if (leastTime >= mine) break;
      const below = heap[least] as number;
      heap[place] = below;
      at[below] = place;
      place = least;
    }
    heap[place] = node;
    at[node] = place;
  }
}
