// Graphs for tests: made by hand, or out of numbers a property is tried with.
import type { LonLat } from '../../contracts/column.ts';
import type { RoadGraph } from './graph.ts';
import { graphOf } from './graph.ts';
import type { RoadSearch } from './search.ts';

const road = { name: { zh: '路', en: 'Road' }, ref: null, synthetic: true };

/** Nodes on a raster 0.01° apart; pieces by the pairs of nodes they join. */
export function smallGraph(nodes: number, pairs: readonly (readonly [number, number, number?])[]): RoadGraph {
  const places = Array.from({ length: nodes }, (_, i): LonLat => [
    105 + (i % 10) * 0.01,
    32 + Math.floor(i / 10) * 0.01,
  ]);
  return graphOf(
    places,
    pairs.map(([a, b, freeFlowKmh = 60]) => ({ a, b, roadClass: 'national', freeFlowKmh, road: 0 })),
    [road],
  );
}

/** Seconds from one node to each. */
export function timesFrom(search: RoadSearch, weights: Float64Array, source: number): number[] {
  search.begin(weights);
  search.from(source, 0);
  while (search.next() >= 0);
  return Array.from({ length: search.nodes }, (_, node) => search.secondsTo(node));
}
