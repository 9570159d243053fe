// The way a search found to a node, as pieces and metres.
import type { RoadGraph } from '../roads/graph.ts';
import { tailOf } from '../roads/graph.ts';
import type { RoadSearch } from '../roads/search.ts';

/** From the node back to the start of the search; null: it was not reached. */
export function wayTo(
  graph: RoadGraph,
  search: RoadSearch,
  node: number,
): { readonly edges: readonly number[]; readonly metres: number } | null {
  if (search.secondsTo(node) === Infinity) return null;
  const edges: number[] = [];
  let metres = 0;
  for (let arc = search.arcTo(node); arc >= 0; arc = search.arcTo(tailOf(graph, arc))) {
    const edge = graph.edgeOf[arc] as number;
    edges.push(edge);
    metres += graph.lengthM[edge] as number;
  }
  return { edges, metres };
}
