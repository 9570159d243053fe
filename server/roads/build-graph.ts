// The road graph of a city: roads of the package, the roads of its tiles where they are built, and made-up ways (示意) to
// towns and facilities that no drawn road reaches.
import type { LonLat, Title } from '../../contracts/column.ts';
import type { Road, RoadClass, RoadGraph } from './graph.ts';
import { graphOf, metresBetween } from './graph.ts';
import type { MayJoin, RoadLine } from './lay-roads.ts';
import { layRoads, RoadDraft } from './lay-roads.ts';
import { NodeGrid } from './node-grid.ts';

export interface NamedLine {
  readonly name: Title;
  readonly ref: string | null;
  readonly roadClass: RoadClass;
  readonly freeFlowKmh: number;
  readonly synthetic: boolean;
  readonly lines: readonly (readonly LonLat[])[];
}

export interface GraphSource {
  readonly roads: readonly NamedLine[];
  /** Where an expressway can be left. */
  readonly interchanges: readonly LonLat[];
  /** Towns, facilities, villages: each gets a way to the network. */
  readonly places: readonly LonLat[];
  /** Ways between two of the places; absent: none. */
  readonly links?: readonly (readonly [LonLat, LonLat])[];
}

/** An expressway crosses without a junction farther than this from an interchange, metres (≈: drawn lines are schematic). */
const INTERCHANGE_M = 3000;
/** A place this near to a road stands at it, metres. */
const NEAR_M = 400;
/** Ways that are made up wind: so much longer than the straight line (≈ of mountain roads). */
const MADE_UP = {
  roadClass: 'minor' as const,
  freeFlowKmh: 25,
};
const madeUp: Road = {
  name: { zh: '连接道路（示意）', en: 'Connecting way (schematic)' },
  ref: null,
  synthetic: true,
};

/** Deterministic: the same source gives the same graph, node by node. */
export function buildRoadGraph({ roads, interchanges, places, links = [] }: GraphSource): RoadGraph {
  const draft = new RoadDraft();
  const known: Road[] = roads.map(({ name, ref, synthetic }) => ({ name, ref, synthetic }));
  const lines = roads.flatMap(({ lines: all, roadClass, freeFlowKmh }, road) =>
    all
      .filter((points) => points.length > 1)
      .map((points): RoadLine => ({ points, roadClass, freeFlowKmh, road })),
  );
  layRoads(draft, lines, joinsAt(interchanges));
  const link = known.push(madeUp) - 1;
  joinInterchanges(draft, interchanges, link);
  const grid = joinPlaces(draft, places, { link, isOpen: interchanges.length === 0 });
  // A place at a road has no node of its own: a way to it ends at that road.
  const nodeAt = (at: LonLat): LonLat => draft.nodes[grid.nearest(at)] ?? at;
  for (const [a, b] of links) draft.stretch(nodeAt(a), nodeAt(b), { ...MADE_UP, road: link });
  joinParts(draft, link);
  return graphOf(draft.nodes, draft.pieces, known);
}

function joinsAt(interchanges: readonly LonLat[]): MayJoin {
  return (one, other, at) => {
    const isExpressway = one.roadClass === 'expressway';
    if (isExpressway === (other.roadClass === 'expressway')) return true;
    // A city that names no interchange leaves everything open.
    if (interchanges.length === 0) return true;
    return interchanges.some((place) => metresBetween(place, at) < INTERCHANGE_M);
  };
}

/** Where an expressway is left, whether or not the lines cross there. */
function joinInterchanges(draft: RoadDraft, interchanges: readonly LonLat[], link: number): void {
  const [on, off] = [new Set<number>(), new Set<number>()];
  for (const { a, b, roadClass } of draft.pieces)
    for (const node of [a, b]) (roadClass === 'expressway' ? on : off).add(node);
  const [express, others] = [new NodeGrid(draft.nodes, on), new NodeGrid(draft.nodes, off)];
  for (const at of interchanges) {
    const ramp = express.nearest(at);
    const road = others.nearest(at);
    if (ramp < 0 || road < 0 || ramp === road) continue;
    draft.stretch(draft.nodes[ramp] as LonLat, draft.nodes[road] as LonLat, {
      ...MADE_UP,
      freeFlowKmh: 40,
      road: link,
    });
  }
}

/**
 * To the nearest node that is on no expressway; each place that got a way may lend it to the next.
 * `isOpen`: the city names no interchange, so that expressways are left anywhere.
 */
function joinPlaces(
  draft: RoadDraft,
  places: readonly LonLat[],
  { link, isOpen }: { readonly link: number; readonly isOpen: boolean },
): NodeGrid {
  const open = new Set<number>();
  for (const { a, b, roadClass } of draft.pieces)
    if (isOpen || roadClass !== 'expressway') {
      open.add(a);
      open.add(b);
    }
  const grid = new NodeGrid(draft.nodes, open);
  for (const at of places) {
    const near = grid.nearest(at);
    if (near < 0 || metresBetween(at, draft.nodes[near] as LonLat) < NEAR_M) continue;
    draft.stretch(at, draft.nodes[near] as LonLat, { ...MADE_UP, road: link });
    grid.add(draft.node(at));
  }
  return grid;
}

/** Parts that lines left apart are tied to the largest by their shortest gap: a map with holes isolates nobody. */
function joinParts(draft: RoadDraft, link: number): void {
  const part = partsOf(draft);
  const members = Map.groupBy(part.keys(), (node) => part[node] as number);
  const [largest, ...others] = [...members.values()].sort((a, b) => b.length - a.length);
  if (!largest) return;
  const grid = new NodeGrid(draft.nodes, largest);
  for (const nodes of others) {
    let [from, to, metres] = [-1, -1, Infinity];
    for (const node of nodes) {
      const near = grid.nearest(draft.nodes[node] as LonLat);
      const away = metresBetween(draft.nodes[node] as LonLat, draft.nodes[near] as LonLat);
      if (away < metres) [from, to, metres] = [node, near, away];
    }
    draft.stretch(draft.nodes[from] as LonLat, draft.nodes[to] as LonLat, { ...MADE_UP, road: link });
    for (const node of nodes) grid.add(node);
  }
}

function partsOf({ nodes, pieces }: RoadDraft): Int32Array {
  const root = Int32Array.from(nodes.keys());
  const find = (node: number): number => {
    let at = node;
    while (root[at] !== at) {
      root[at] = root[root[at] as number] as number;
      at = root[at] as number;
    }
    return at;
  };
  for (const { a, b } of pieces) root[find(a)] = find(b);
  return root.map((_, node) => find(node));
}
