// The roads as a graph that vehicles drive on: package roads cut at their crossings, plus minor roads that join
// towns and urban places to it (the package does not draw those; the simulated city needs them).
import type { City, Line, Place } from '../city/city.ts';
import { distanceM, lerp, offset, type LonLat } from '../engine/geo.ts';
import { drift, keyOf } from '../engine/random.ts';

export const ROAD_CLASSES = ['expressway', 'national', 'provincial', 'street', 'minor'] as const;
export type RoadClass = (typeof ROAD_CLASSES)[number];

export interface RoadGraph {
  nodes: LonLat[];
  /** Directed edges, in pairs: edge e and e ^ 1 are the two directions of one road piece. */
  from: Int32Array;
  to: Int32Array;
  lengthM: Float32Array;
  roadClass: Uint8Array;
  freeFlowKmh: Uint8Array;
  /** Index into `roadNames`. */
  road: Int32Array;
  roadNames: string[];
  /** Outgoing edges of node n: `out[outStart[n]] … out[outStart[n + 1] - 1]`. */
  outStart: Int32Array;
  out: Int32Array;
  /** Nodes of the largest connected part. */
  connected: Int32Array;
  nearestNode(p: LonLat): number;
}

interface Piece {
  a: number;
  b: number;
  roadClass: RoadClass;
  freeFlowKmh: number;
  road: number;
}

interface Draft {
  nodes: LonLat[];
  index: Map<string, number>;
  pieces: Piece[];
  names: string[];
}

/** Vertices closer than about this many degrees are one junction (10 m). */
const SNAP = 1e-4;
const TOWN_LINK_M = 14_000;
const URBAN_LINK_M = 2_500;
const MINOR_STEP_M = 350;

function nodeAt(draft: Draft, p: LonLat): number {
  const key = `${Math.round(p[0] / SNAP)},${Math.round(p[1] / SNAP)}`;
  const known = draft.index.get(key);
  if (known !== undefined) return known;
  draft.index.set(key, draft.nodes.length);
  return draft.nodes.push(p) - 1;
}

function addPiece(draft: Draft, [a, b]: readonly [LonLat, LonLat], kind: Omit<Piece, 'a' | 'b'>): void {
  const from = nodeAt(draft, a);
  const to = nodeAt(draft, b);
  if (from !== to) draft.pieces.push({ a: from, b: to, ...kind });
}

interface Segment {
  line: number;
  a: LonLat;
  b: LonLat;
  cuts: number[];
}

/** Where ab meets cd, as fractions along each; null where they do not meet. */
function crossing(s: Segment, o: Segment): [number, number] | null {
  const rx = s.b[0] - s.a[0];
  const ry = s.b[1] - s.a[1];
  const qx = o.b[0] - o.a[0];
  const qy = o.b[1] - o.a[1];
  const d = rx * qy - ry * qx;
  if (Math.abs(d) < 1e-14) return null;
  const wx = o.a[0] - s.a[0];
  const wy = o.a[1] - s.a[1];
  const f = (wx * qy - wy * qx) / d;
  const g = (wx * ry - wy * rx) / d;
  return f > 0 && f < 1 && g >= 0 && g <= 1 ? [f, g] : null;
}

const CELL = 0.02;

function cutAtCrossings(segments: Segment[]): void {
  const grid = new Map<string, Segment[]>();
  for (const s of segments) {
    for (
      let x = Math.floor(Math.min(s.a[0], s.b[0]) / CELL);
      x <= Math.floor(Math.max(s.a[0], s.b[0]) / CELL);
      x++
    ) {
      for (
        let y = Math.floor(Math.min(s.a[1], s.b[1]) / CELL);
        y <= Math.floor(Math.max(s.a[1], s.b[1]) / CELL);
        y++
      ) {
        const cell = grid.get(`${x},${y}`);
        if (cell === undefined) grid.set(`${x},${y}`, [s]);
        else cell.push(s);
      }
    }
  }
  for (const cell of grid.values()) {
    for (const s of cell) {
      for (const o of cell) {
        if (s.line === o.line) continue;
        const met = crossing(s, o);
        if (met !== null) s.cuts.push(met[0]);
      }
    }
  }
}

function addRoads(draft: Draft, roads: readonly Line[]): void {
  const segments = roads.flatMap((road, line) =>
    road.points.slice(1).map((b, i): Segment => ({ line, a: road.points[i] as LonLat, b, cuts: [] })),
  );
  cutAtCrossings(segments);
  for (const s of segments) {
    const road = roads[s.line] as Line;
    const roadClass = ROAD_CLASSES.find((c) => c === road.class) ?? 'provincial';
    const stops = [0, ...[...new Set(s.cuts)].sort((x, y) => x - y), 1];
    for (let i = 0; i + 1 < stops.length; i++) {
      addPiece(draft, [lerp(s.a, s.b, stops[i] ?? 0), lerp(s.a, s.b, stops[i + 1] ?? 1)], {
        roadClass,
        freeFlowKmh: road.freeFlowKmh,
        road: s.line,
      });
    }
  }
}

/** A minor road winds a little, the same way each time. */
function addMinorRoad(draft: Draft, [a, b]: readonly [LonLat, LonLat], urban: boolean): void {
  const length = distanceM(a, b);
  const steps = Math.max(1, Math.ceil(length / MINOR_STEP_M));
  const key = keyOf(`${a.join()}${b.join()}`);
  const road = draft.names.push(urban ? '城区道路' : '县乡公路') - 1;
  let last = a;
  for (let i = 1; i <= steps; i++) {
    const swing = i === steps || urban ? 0 : Math.sin((Math.PI * i) / steps) * length * 0.09;
    const p = offset(lerp(a, b, i / steps), swing * drift(i / 2, key, 1), swing * drift(i / 2, key, 2));
    addPiece(draft, [last, i === steps ? b : p], { roadClass: 'minor', freeFlowKmh: urban ? 36 : 42, road });
    last = p;
  }
}

/** Joins each place to the nearest known node in each of three directions. */
function joinPlaces(draft: Draft, places: readonly Place[], reach: number): void {
  const urban = reach === URBAN_LINK_M;
  for (const place of places) {
    const best: { node: number; away: number }[] = [0, 1, 2].map(() => ({ node: -1, away: reach }));
    draft.nodes.forEach((p, node) => {
      const away = distanceM(p, place.position);
      if (away < 30 || away > reach) return;
      const angle = Math.atan2(p[1] - place.position[1], p[0] - place.position[0]) + Math.PI;
      const sector = best[Math.min(2, Math.floor((angle / (2 * Math.PI)) * 3))];
      if (sector !== undefined && away < sector.away) [sector.node, sector.away] = [node, away];
    });
    const nearestAway = Math.min(...best.map((s) => s.away));
    for (const { node, away } of best) {
      const end = draft.nodes[node];
      if (end !== undefined && away < nearestAway * 4) addMinorRoad(draft, [place.position, end], urban);
    }
  }
}

function largestPart(count: number, pieces: readonly Piece[]): Int32Array {
  const root = Int32Array.from({ length: count }, (_, i) => i);
  const find = (i: number): number => {
    let r = i;
    while (root[r] !== r) r = root[r] as number;
    root[i] = r;
    return r;
  };
  for (const { a, b } of pieces) root[find(a)] = find(b);
  const sizes = new Map<number, number>();
  for (let i = 0; i < count; i++) sizes.set(find(i), (sizes.get(find(i)) ?? 0) + 1);
  const [largest] = [...sizes].sort((x, y) => y[1] - x[1])[0] ?? [-1];
  return Int32Array.from({ length: count }, (_, i) => i).filter((i) => find(i) === largest);
}

function freeze(draft: Draft): RoadGraph {
  const { nodes, pieces } = draft;
  const edges = pieces.length * 2;
  const from = new Int32Array(edges);
  const to = new Int32Array(edges);
  const lengthM = new Float32Array(edges);
  const roadClass = new Uint8Array(edges);
  const freeFlowKmh = new Uint8Array(edges);
  const road = new Int32Array(edges);
  const outStart = new Int32Array(nodes.length + 1);
  pieces.forEach((piece, i) => {
    for (const e of [2 * i, 2 * i + 1]) {
      from[e] = e % 2 === 0 ? piece.a : piece.b;
      to[e] = e % 2 === 0 ? piece.b : piece.a;
      lengthM[e] = distanceM(nodes[piece.a] as LonLat, nodes[piece.b] as LonLat);
      roadClass[e] = ROAD_CLASSES.indexOf(piece.roadClass);
      freeFlowKmh[e] = piece.freeFlowKmh;
      road[e] = piece.road;
    }
  });
  for (const n of from) outStart[n + 1] = (outStart[n + 1] ?? 0) + 1;
  for (let n = 0; n < nodes.length; n++) outStart[n + 1] = (outStart[n + 1] ?? 0) + (outStart[n] ?? 0);
  const fill = outStart.slice();
  const out = new Int32Array(edges);
  from.forEach((n, e) => {
    out[fill[n] ?? 0] = e;
    fill[n] = (fill[n] ?? 0) + 1;
  });
  const connected = largestPart(nodes.length, pieces);
  const nearestNode = (p: LonLat): number => {
    let best = -1;
    let away = Infinity;
    for (const n of connected) {
      const d = distanceM(nodes[n] as LonLat, p);
      if (d < away) [best, away] = [n, d];
    }
    return best;
  };
  return {
    nodes,
    from,
    to,
    lengthM,
    roadClass,
    freeFlowKmh,
    road,
    roadNames: draft.names,
    outStart,
    out,
    connected,
    nearestNode,
  };
}

/** Graph of a city; without roads and towns it has no nodes. */
export function createRoadGraph(city: City): RoadGraph {
  const draft: Draft = {
    nodes: [],
    index: new Map(),
    pieces: [],
    names: city.roads.map((road) => road.name),
  };
  addRoads(draft, city.roads);
  const seats = city.counties.map((county) => county.seat);
  const urban = city.places.filter((place) => seats.some((seat) => distanceM(seat, place.position) < 6_000));
  const ends = city.roads
    .filter((road) => road.class === 'street')
    .flatMap((road) => [road.points[0] as LonLat, road.points.at(-1) as LonLat])
    .map((position): Place => ({ id: '', kind: 'end', name: '', position }));
  joinPlaces(draft, [...ends, ...urban], URBAN_LINK_M);
  joinPlaces(draft, city.towns, TOWN_LINK_M);
  return freeze(draft);
}

/** Shortest path by time that avoids expressways where asked; the edges in order, or null where there is none. */
export function findRoute(
  graph: RoadGraph,
  { start, goal, avoidExpressways }: { start: number; goal: number; avoidExpressways: boolean },
): number[] | null {
  const target = graph.nodes[goal];
  if (target === undefined || graph.nodes[start] === undefined) return null;
  const cost = new Map<number, number>([[start, 0]]);
  const via = new Map<number, number>();
  const open: { node: number; score: number }[] = [{ node: start, score: 0 }];
  const done = new Set<number>();
  while (open.length > 0) {
    let least = 0;
    for (let i = 1; i < open.length; i++) if ((open[i]?.score ?? 0) < (open[least]?.score ?? 0)) least = i;
    const { node } = open[least] as { node: number };
    open[least] = open[open.length - 1] as { node: number; score: number };
    open.pop();
    if (node === goal) break;
    if (done.has(node)) continue;
    done.add(node);
    for (let i = graph.outStart[node] ?? 0; i < (graph.outStart[node + 1] ?? 0); i++) {
      const e = graph.out[i] ?? 0;
      if (avoidExpressways && graph.roadClass[e] === 0) continue;
      const next = graph.to[e] ?? 0;
      const c = (cost.get(node) ?? 0) + (graph.lengthM[e] ?? 0) / ((graph.freeFlowKmh[e] ?? 40) / 3.6);
      if (c >= (cost.get(next) ?? Infinity)) continue;
      cost.set(next, c);
      via.set(next, e);
      open.push({ node: next, score: c + distanceM(graph.nodes[next] as LonLat, target) / 30 });
    }
  }
  if (!via.has(goal)) return null;
  const route: number[] = [];
  for (let node = goal; node !== start;) {
    const e = via.get(node) as number;
    route.push(e);
    node = graph.from[e] as number;
  }
  return route.reverse();
}
