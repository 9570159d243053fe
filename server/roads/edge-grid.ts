// Which pieces of the graph a line, a point or an area lies on: what sources draw is matched once, when it comes.
import type { LonLat } from '../../contracts/column.ts';
import type { RoadGraph } from './graph.ts';
import { endsOf, METRES_PER_DEGREE } from './graph.ts';
import { nearestOn } from './lay-roads.ts';

/** Side of a cell, degrees: wider than any piece, so that a piece is found from the cells beside its middle. */
const CELL = 0.02;
const RAD = Math.PI / 180;

export interface Near {
  readonly edge: number;
  readonly metres: number;
}

export class EdgeGrid {
  readonly #graph: RoadGraph;
  readonly #cells = new Map<number, number[]>();

  constructor(graph: RoadGraph) {
    this.#graph = graph;
    for (let edge = 0; edge < graph.edges; edge++) {
      const [lon, lat] = this.middle(edge);
      const key = keyOf(Math.floor(lon / CELL), Math.floor(lat / CELL));
      const held = this.#cells.get(key);
      if (held) held.push(edge);
      else this.#cells.set(key, [edge]);
    }
  }

  middle(edge: number): LonLat {
    const [a, b] = endsOf(this.#graph, edge);
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  }

  /** Pieces whose middle lies within so many metres of a line. @param passes which of them count */
  along(line: readonly LonLat[], withinM: number, passes: (edge: number) => boolean): number[] {
    const found = new Set<number>();
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1] as LonLat, line[i] as LonLat];
      for (const edge of this.#near(boxOf([a, b], withinM)))
        if (passes(edge) && nearestOn(a, b, this.middle(edge)).metres <= withinM) found.add(edge);
    }
    return [...found];
  }

  /** The piece nearest to a place; null: none within so many metres. */
  nearest(at: LonLat, withinM: number, passes: (edge: number) => boolean): Near | null {
    let best: Near | null = null;
    for (const edge of this.#near(boxOf([at], withinM))) {
      if (!passes(edge)) continue;
      const [a, b] = endsOf(this.#graph, edge);
      const { metres } = nearestOn(a, b, at);
      if (metres <= withinM && metres < (best?.metres ?? Infinity)) best = { edge, metres };
    }
    return best;
  }

  /** Pieces that lie in a ring or cross it. */
  inside(ring: readonly LonLat[]): number[] {
    return [...this.#near(boxOf(ring, 0))].filter((edge) => {
      const [a, b] = endsOf(this.#graph, edge);
      return (
        isInside(ring, a) ||
        isInside(ring, b) ||
        ring.some((p, i) => cross(p, ring[(i + 1) % ring.length] as LonLat, [a, b]))
      );
    });
  }

  *#near([west, south, east, north]: readonly [number, number, number, number]): IterableIterator<number> {
    for (let x = Math.floor(west / CELL) - 1; x <= Math.floor(east / CELL) + 1; x++)
      for (let y = Math.floor(south / CELL) - 1; y <= Math.floor(north / CELL) + 1; y++)
        yield* this.#cells.get(keyOf(x, y)) ?? [];
  }
}

const keyOf = (x: number, y: number): number => x * 100_003 + y;

function boxOf(points: readonly LonLat[], withinM: number): readonly [number, number, number, number] {
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  const up = withinM / METRES_PER_DEGREE;
  const out = up / Math.max(0.1, Math.cos((lats[0] ?? 0) * RAD));
  return [Math.min(...lons) - out, Math.min(...lats) - up, Math.max(...lons) + out, Math.max(...lats) + up];
}

/** Even–odd rule. */
export function isInside(ring: readonly LonLat[], [x, y]: LonLat): boolean {
  let inside = false;
  let [px, py] = ring.at(-1) ?? [NaN, NaN];
  for (const [qx, qy] of ring) {
    if (py > y !== qy > y && x < ((qx - px) * (y - py)) / (qy - py) + px) inside = !inside;
    [px, py] = [qx, qy];
  }
  return inside;
}

const side = (a: LonLat, b: LonLat, p: LonLat): number =>
  (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);

function cross(p: LonLat, q: LonLat, [a, b]: readonly [LonLat, LonLat]): boolean {
  return side(p, q, a) * side(p, q, b) < 0 && side(a, b, p) * side(a, b, q) < 0;
}

/** Whether a piece goes along a line in its direction: 1, against it: −1. */
export function directionAlong(graph: RoadGraph, edge: number, line: readonly LonLat[]): 1 | -1 {
  const [a, b] = endsOf(graph, edge);
  const middle: LonLat = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  let [best, dot] = [Infinity, 1];
  for (let i = 1; i < line.length; i++) {
    const [p, q] = [line[i - 1] as LonLat, line[i] as LonLat];
    const { metres } = nearestOn(p, q, middle);
    if (metres >= best) continue;
    best = metres;
    const shrink = Math.cos(a[1] * RAD) ** 2;
    dot = (q[0] - p[0]) * (b[0] - a[0]) * shrink + (q[1] - p[1]) * (b[1] - a[1]);
  }
  return dot < 0 ? -1 : 1;
}
