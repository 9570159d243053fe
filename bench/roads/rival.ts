// The same roads in ngraph, as well as it can be set up for this: its fastest search with a bound that never overestimates,
// and a flood over its links.
import type { Graph } from 'ngraph.graph';
import createGraph from 'ngraph.graph';
import { aStar } from 'ngraph.path';
import type { RoadGraph } from '../../server/roads/graph.ts';
import { metresBetween, placeOf, tailOf } from '../../server/roads/graph.ts';

type Place = readonly [lon: number, lat: number];
interface Link {
  readonly seconds: number;
  closed: boolean;
}

export interface Rival {
  /** Seconds of the shortest way; Infinity: there is none. */
  seconds(from: number, to: number): number;
  close(edges: readonly number[], closed: boolean): void;
  /** Nodes that none of these reach. */
  lost(from: readonly number[]): Set<number>;
}

export function rivalOf(graph: RoadGraph, weights: Float64Array): Rival {
  const roads: Graph<Place, Link> = createGraph();
  for (let node = 0; node < graph.nodes; node++) roads.addNode(node, placeOf(graph, node));
  const byEdge = new Map<number, Link[]>();
  const fastest = Math.max(...graph.freeFlowKmh) / 3.6;
  for (let arc = 0; arc < graph.head.length; arc++) {
    const link: Link = { seconds: weights[arc] as number, closed: false };
    const edge = graph.edgeOf[arc] as number;
    byEdge.set(edge, [...(byEdge.get(edge) ?? []), link]);
    const [from, to] = [tailOf(graph, arc), graph.head[arc] as number];
    const held = roads.getLink(from, to);
    if (held && held.data.seconds <= link.seconds) continue;
    if (held) roads.removeLink(held);
    roads.addLink(from, to, link);
  }
  const finder = aStar(roads, {
    oriented: true,
    distance: (...[, , { data }]) => (data.closed ? Infinity : data.seconds),
    heuristic: (a, b) => metresBetween([...a.data], [...b.data]) / fastest,
  });
  return {
    seconds: (from, to) => {
      const way = finder.find(from, to);
      if (way.length === 0) return from === to ? 0 : Infinity;
      // It lists the way backwards.
      return way
        .slice(1)
        .reduce((sum, { id }, i) => sum + (roads.getLink(id, way[i]?.id ?? -1)?.data.seconds ?? NaN), 0);
    },
    close: (edges, closed) => {
      for (const edge of edges) for (const link of byEdge.get(edge) ?? []) link.closed = closed;
    },
    lost: (from) => {
      const seen = new Set<number>(from);
      const queue = [...from];
      for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
        roads.forEachLinkedNode(
          node,
          ({ id }, { data }) => {
            if (data.closed || seen.has(id as number)) return;
            seen.add(id as number);
            queue.push(id as number);
          },
          true,
        );
      }
      const lost = new Set<number>();
      for (let node = 0; node < graph.nodes; node++) if (!seen.has(node)) lost.add(node);
      return lost;
    },
  };
}
