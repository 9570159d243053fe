// Lines of roads become pieces between nodes: cut where they meet, and no longer than a closure should be. Pure.
import type { LonLat } from '../../contracts/column.ts';
import type { Piece, RoadClass } from './graph.ts';
import { metresBetween, METRES_PER_DEGREE } from './graph.ts';

export interface RoadLine {
  readonly points: readonly LonLat[];
  readonly roadClass: RoadClass;
  readonly freeFlowKmh: number;
  /** Index into the roads. */
  readonly road: number;
}

/** Vertices nearer than about this are one junction, degrees (10 m). */
const SNAP = 1e-4;
/** The end of a line this near to another one meets it, metres: drawn lines stop beside each other. */
const JOIN_M = 200;
/** A piece is closed as a whole, so none is longer, metres. */
const PIECE_M = 600;
/** Side of a cell of the raster that segments are looked up in, degrees. */
const CELL = 0.02;

interface Segment {
  readonly line: number;
  readonly a: LonLat;
  readonly b: LonLat;
  /** Shares of its way where something meets it. */
  readonly cuts: number[];
}

/** Whether two roads that cross have a junction there: an expressway is left at its interchanges only. */
export type MayJoin = (one: RoadLine, other: RoadLine, at: LonLat) => boolean;

export class RoadDraft {
  readonly nodes: LonLat[] = [];
  readonly pieces: Piece[] = [];
  readonly #index = new Map<string, number>();

  node(at: LonLat): number {
    const key = `${Math.round(at[0] / SNAP)},${Math.round(at[1] / SNAP)}`;
    const known = this.#index.get(key);
    if (known !== undefined) return known;
    this.#index.set(key, this.nodes.length);
    return this.nodes.push(at) - 1;
  }

  /** A straight stretch, cut into pieces. */
  stretch(a: LonLat, b: LonLat, of: Omit<RoadLine, 'points'>): void {
    const parts = Math.max(1, Math.ceil(metresBetween(a, b) / PIECE_M));
    let last = this.node(a);
    for (let i = 1; i <= parts; i++) {
      const next = this.node(i === parts ? b : between(a, b, i / parts));
      const { roadClass, freeFlowKmh, road } = of;
      if (next !== last) this.pieces.push({ a: last, b: next, roadClass, freeFlowKmh, road });
      last = next;
    }
  }
}

const between = (a: LonLat, b: LonLat, share: number): LonLat => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
];

/** All lines as pieces, joined where they cross, touch, or end beside each other. */
export function layRoads(draft: RoadDraft, lines: readonly RoadLine[], mayJoin: MayJoin): void {
  const segments = lines.flatMap(({ points }, line) =>
    points.slice(1).map((b, i): Segment => ({ line, a: points[i] as LonLat, b, cuts: [] })),
  );
  const raster = rasterOf(segments);
  cutAtCrossings(raster, { lines, mayJoin });
  const joins = joinEnds(raster, lines);
  for (const { line, a, b, cuts } of segments) {
    const of = lines[line] as RoadLine;
    const stops = [0, ...new Set(cuts), 1].sort((x, y) => x - y);
    for (let i = 1; i < stops.length; i++)
      draft.stretch(between(a, b, stops[i - 1] as number), between(a, b, stops[i] as number), of);
  }
  for (const { line, from, to } of joins) draft.stretch(from, to, lines[line] as RoadLine);
}

type Raster = ReadonlyMap<string, readonly Segment[]>;

function rasterOf(segments: readonly Segment[]): Raster {
  const raster = new Map<string, Segment[]>();
  const cell = (degrees: number): number => Math.floor(degrees / CELL);
  for (const segment of segments) {
    const { a, b } = segment;
    for (let x = cell(Math.min(a[0], b[0])); x <= cell(Math.max(a[0], b[0])); x++) {
      for (let y = cell(Math.min(a[1], b[1])); y <= cell(Math.max(a[1], b[1])); y++) {
        const key = `${x},${y}`;
        const held = raster.get(key);
        if (held) held.push(segment);
        else raster.set(key, [segment]);
      }
    }
  }
  return raster;
}

function cutAtCrossings(
  raster: Raster,
  { lines, mayJoin }: { readonly lines: readonly RoadLine[]; readonly mayJoin: MayJoin },
): void {
  for (const cell of raster.values()) {
    for (let i = 0; i < cell.length; i++) {
      for (let j = i + 1; j < cell.length; j++) {
        const [one, other] = [cell[i] as Segment, cell[j] as Segment];
        if (one.line === other.line) continue;
        const shares = crossing(one, other);
        if (!shares) continue;
        const at = between(one.a, one.b, shares[0]);
        if (!mayJoin(lines[one.line] as RoadLine, lines[other.line] as RoadLine, at)) continue;
        one.cuts.push(shares[0]);
        other.cuts.push(shares[1]);
      }
    }
  }
}

/** Where they meet, as shares of the way of each; null: nowhere. */
function crossing(one: Segment, other: Segment): readonly [number, number] | null {
  const [rx, ry] = [one.b[0] - one.a[0], one.b[1] - one.a[1]];
  const [qx, qy] = [other.b[0] - other.a[0], other.b[1] - other.a[1]];
  const d = rx * qy - ry * qx;
  if (Math.abs(d) < 1e-14) return null;
  const [wx, wy] = [other.a[0] - one.a[0], other.a[1] - one.a[1]];
  const f = (wx * qy - wy * qx) / d;
  const g = (wx * ry - wy * rx) / d;
  return f >= 0 && f <= 1 && g >= 0 && g <= 1 ? [f, g] : null;
}

interface Join {
  readonly line: number;
  readonly from: LonLat;
  readonly to: LonLat;
}

/** The ends of lines meet what passes beside them. Expressways end where they are drawn to end. */
function joinEnds(raster: Raster, lines: readonly RoadLine[]): Join[] {
  return lines.flatMap(({ points, roadClass }, line) =>
    roadClass === 'expressway'
      ? []
      : [points[0], points.at(-1)].flatMap((end): Join[] => {
          if (!end) return [];
          const near = nearestSegment(raster, end, line);
          if (!near || near.metres > JOIN_M) return [];
          near.segment.cuts.push(near.share);
          return [{ line, from: end, to: between(near.segment.a, near.segment.b, near.share) }];
        }),
  );
}

function nearestSegment(
  raster: Raster,
  at: LonLat,
  except: number,
): { readonly segment: Segment; readonly share: number; readonly metres: number } | null {
  let best: { segment: Segment; share: number; metres: number } | null = null;
  const [cx, cy] = [Math.floor(at[0] / CELL), Math.floor(at[1] / CELL)];
  for (let x = cx - 1; x <= cx + 1; x++) {
    for (let y = cy - 1; y <= cy + 1; y++) {
      for (const segment of raster.get(`${x},${y}`) ?? []) {
        if (segment.line === except) continue;
        const { share, metres } = nearestOn(segment.a, segment.b, at);
        if (metres < (best?.metres ?? Infinity)) best = { segment, share, metres };
      }
    }
  }
  return best;
}

/** The nearest place of a straight stretch: share of its way, and metres to it. */
export function nearestOn(
  a: LonLat,
  b: LonLat,
  at: LonLat,
): { readonly share: number; readonly metres: number } {
  const shrink = Math.cos((at[1] * Math.PI) / 180) * METRES_PER_DEGREE;
  const [ax, ay] = [(a[0] - at[0]) * shrink, (a[1] - at[1]) * METRES_PER_DEGREE];
  const [dx, dy] = [(b[0] - a[0]) * shrink, (b[1] - a[1]) * METRES_PER_DEGREE];
  const size = dx * dx + dy * dy;
  const share = size === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / size));
  return { share, metres: Math.hypot(ax + share * dx, ay + share * dy) };
}
