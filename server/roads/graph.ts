// The roads as a graph: nodes, arcs by the node they leave (CSR), and what is known of each road piece. Typed arrays only,
// so that a search touches no object.
import type { LonLat, Title } from '../../contracts/column.ts';

export const roadClasses = ['expressway', 'national', 'provincial', 'street', 'minor'] as const;
export type RoadClass = (typeof roadClasses)[number];

/** A road people know by name. */
export interface Road {
  readonly name: Title;
  /** G5; null where it has no number. */
  readonly ref: string | null;
  /** 示意: laid by us, no survey. */
  readonly synthetic: boolean;
}

/** One stretch between two nodes, both ways. */
export interface Piece {
  readonly a: number;
  readonly b: number;
  readonly roadClass: RoadClass;
  readonly freeFlowKmh: number;
  /** Index into `roads`. */
  readonly road: number;
}

export interface RoadGraph {
  readonly nodes: number;
  /** Degrees, by node. */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** Arcs of node n: `first[n]` up to and without `first[n + 1]`. */
  readonly first: Int32Array;
  /** The node an arc leads to, and the same piece the other way round; by arc. */
  readonly head: Int32Array;
  readonly twin: Int32Array;
  readonly edgeOf: Int32Array;
  readonly edges: number;
  /** By edge: its arc out of the lower end of the piece, metres, km/h, index into `roadClasses`, index into `roads`. */
  readonly arcOf: Int32Array;
  readonly lengthM: Float64Array;
  readonly freeFlowKmh: Float64Array;
  readonly classOf: Uint8Array;
  readonly roadOf: Int32Array;
  readonly roads: readonly Road[];
}

/** One degree of a great circle of the mean Earth (6,371.0088 km), metres. */
export const METRES_PER_DEGREE = 111_195;
const RAD = Math.PI / 180;

/** Good to 0.5 % within a city. */
export function metresBetween(a: LonLat, b: LonLat): number {
  const shrink = Math.cos(((a[1] + b[1]) / 2) * RAD);
  return Math.hypot((b[0] - a[0]) * shrink, b[1] - a[1]) * METRES_PER_DEGREE;
}

/** Pieces that begin and end at one node are left out. */
export function graphOf(
  nodes: readonly LonLat[],
  pieces: readonly Piece[],
  roads: readonly Road[],
): RoadGraph {
  const real = pieces.filter(({ a, b }) => a !== b);
  const arcs = real.length * 2;
  const graph = {
    nodes: nodes.length,
    lon: Float64Array.from(nodes, ([lon]) => lon),
    lat: Float64Array.from(nodes, ([, lat]) => lat),
    first: new Int32Array(nodes.length + 1),
    head: new Int32Array(arcs),
    twin: new Int32Array(arcs),
    edgeOf: new Int32Array(arcs),
    edges: real.length,
    arcOf: new Int32Array(real.length),
    lengthM: Float64Array.from(real, ({ a, b }) => metresBetween(nodes[a] as LonLat, nodes[b] as LonLat)),
    freeFlowKmh: Float64Array.from(real, ({ freeFlowKmh }) => freeFlowKmh),
    classOf: Uint8Array.from(real, ({ roadClass }) => roadClasses.indexOf(roadClass)),
    roadOf: Int32Array.from(real, ({ road }) => road),
    roads,
  };
  layArcs(graph, real);
  return graph;
}

function layArcs({ nodes, first, head, twin, edgeOf, arcOf }: RoadGraph, pieces: readonly Piece[]): void {
  for (const { a, b } of pieces) {
    first[a + 1] = (first[a + 1] as number) + 1;
    first[b + 1] = (first[b + 1] as number) + 1;
  }
  for (let n = 0; n < nodes; n++) first[n + 1] = (first[n + 1] as number) + (first[n] as number);
  const fill = first.slice();
  const place = (node: number): number => {
    const arc = fill[node] as number;
    fill[node] = arc + 1;
    return arc;
  };
  pieces.forEach(({ a, b }, edge) => {
    const [out, back] = [place(a), place(b)];
    head[out] = b;
    head[back] = a;
    twin[out] = back;
    twin[back] = out;
    edgeOf[out] = edgeOf[back] = edge;
    arcOf[edge] = out;
  });
}

/** Where the piece begins and ends. */
export function endsOf(graph: RoadGraph, edge: number): readonly [LonLat, LonLat] {
  const arc = graph.arcOf[edge] as number;
  return [placeOf(graph, tailOf(graph, arc)), placeOf(graph, graph.head[arc] as number)];
}

export const tailOf = ({ head, twin }: RoadGraph, arc: number): number => head[twin[arc] as number] as number;

export const placeOf = ({ lon, lat }: RoadGraph, node: number): LonLat => [
  lon[node] as number,
  lat[node] as number,
];
