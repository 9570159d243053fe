// Gives every river a long profile that only falls: through gauges, pools and confluences, over its dams.
import type { City, HeightPoint, Place, River } from '../city/read-city.ts';
import { createPlane, footOn, smoothLine, type Plane } from './plane.ts';

export interface Thalweg {
  id: string;
  order: number;
  /** Points about every 100 m: x, y in km on the plane, level in m. */
  x: Float64Array;
  y: Float64Array;
  level: Float64Array;
  /** Way from the source, km. */
  along: Float64Array;
}

/** A level the profile has to meet, from the relief file. */
export interface ProfilePoint {
  river: string;
  at: Place;
  heightM: number;
}

interface Stop {
  along: number;
  level: number;
  dam: boolean;
}

// Natural fall of a river without other facts, m per km, by order 1 (main stem), 2, 3 and smaller.
const FALL = [0.5, 0.5, 1.2, 3, 6];
// Heads of valleys are this much steeper than the reach below.
const HEAD_STEEPENING = 2.5;
// A gauge or a dam farther from every river belongs to none that we know, km.
const SNAP_KM = 1.5;
// Half the width of a large river's bed on the finest raster, km.
const BED_KM = 0.5;

export function createThalwegs(city: City, extra: ProfilePoint[], plane: Plane): Thalweg[] {
  const lines = new Map(city.rivers.map((river) => [river.id, trace(river, plane)]));
  const stops = new Map(city.rivers.map((river) => [river.id, [] as Stop[]]));
  const place = (point: HeightPoint, dam: boolean): void => {
    const hit = nearestRiver(point, lines, plane);
    if (hit) stops.get(hit.id)?.push({ along: hit.along, level: point.heightM, dam });
  };
  for (const gauge of city.gauges) place(gauge, false);
  for (const dam of city.dams) place(dam, true);
  for (const point of extra)
    place({ id: point.river, at: point.at, heightM: point.heightM, river: point.river }, false);
  for (const seat of city.seats) lifted(seat, { lines, stops }, plane);
  const done = new Map<string, Thalweg>();
  for (const river of downstreamFirst(city.rivers)) {
    const line = lines.get(river.id)!;
    const own = stops.get(river.id)!;
    const main = river.downstream === null ? undefined : done.get(river.downstream);
    if (main) meetMain(line, own, main);
    done.set(river.id, toThalweg(river, line, own));
  }
  return [...done.values()];
}

function trace(river: River, plane: Plane): Float64Array {
  const vertices = river.line.map(([lon, lat]): [number, number] => [plane.x(lon), plane.y(lat)]);
  return Float64Array.from(smoothLine(vertices, 0.1).flat());
}

function nearestRiver(
  point: HeightPoint,
  lines: Map<string, Float64Array>,
  plane: Plane,
): { id: string; along: number } | undefined {
  let best: { id: string; along: number; distance: number } | undefined;
  for (const [id, line] of lines) {
    if (point.river !== null && lines.has(point.river) && point.river !== id) continue;
    const foot = footOn(line, plane.x(point.at[0]), plane.y(point.at[1]));
    if (foot.distance < Math.min(SNAP_KM, best?.distance ?? Infinity))
      best = { id, along: foot.along, distance: foot.distance };
  }
  return best;
}

// A seat stands on the bank: a river that passes it closely is at most this much lower, m.
const SEAT_ABOVE_RIVER_M = 9;
// What the profile may leave a gauge for that, m.
const GAUGE_TOLERANCE_M = 9;

interface Beds {
  lines: Map<string, Float64Array>;
  stops: Map<string, Stop[]>;
}

/** Where a river runs past a seat, brings it near the level of the streets. */
function lifted(seat: HeightPoint, beds: Beds, plane: Plane): void {
  const { lines, stops } = beds;
  for (const [id, line] of lines) {
    const foot = footOn(line, plane.x(seat.at[0]), plane.y(seat.at[1]));
    if (foot.distance > 0.45) continue;
    const own = stops.get(id)!;
    const wanted = seat.heightM - SEAT_ABOVE_RIVER_M;
    for (const stop of own) {
      const near = Math.abs(stop.along - foot.along) < SNAP_KM && !stop.dam;
      if (near && stop.level < wanted) stop.level = Math.min(wanted, stop.level + GAUGE_TOLERANCE_M);
    }
    const lowest = Math.min(...own.filter((stop) => stop.along < foot.along).map((stop) => stop.level));
    if (own.length > 0) own.push({ along: foot.along, level: Math.min(wanted, lowest), dam: false });
  }
}

function downstreamFirst(rivers: River[]): River[] {
  const sorted: River[] = [];
  const add = (river: River, depth: number): void => {
    if (sorted.includes(river) || depth > rivers.length) return;
    const main = rivers.find((other) => other.id === river.downstream);
    if (main) add(main, depth + 1);
    if (!sorted.includes(river)) sorted.push(river);
  };
  for (const river of rivers) add(river, 0);
  return sorted;
}

/** A tributary ends at the level of the main river, where it really reaches it on the map. */
function meetMain(line: Float64Array, stops: Stop[], main: Thalweg): void {
  const mainLine = new Float64Array(main.x.length * 2);
  main.x.forEach((x, i) => mainLine.set([x, main.y[i]!], 2 * i));
  const foot = footOn(mainLine, line[line.length - 2]!, line[line.length - 1]!);
  if (foot.distance > SNAP_KM) return;
  let along = lengthOf(line);
  // Where it already runs inside the bed of the main river it has that river's level.
  for (let k = line.length - 2; k > 0; k -= 2) {
    const here = k === line.length - 2 ? foot : footOn(mainLine, line[k]!, line[k + 1]!);
    if (k < line.length - 2 && here.distance > BED_KM) break;
    const i = main.along.findIndex((a) => a >= here.along - 1e-9);
    stops.push({ along, level: main.level[i < 0 ? main.along.length - 1 : i]!, dam: false });
    along -= Math.hypot(line[k]! - line[k - 2]!, line[k + 1]! - line[k - 1]!);
  }
}

function lengthOf(line: Float64Array): number {
  let sum = 0;
  for (let k = 0; k + 3 < line.length; k += 2)
    sum += Math.hypot(line[k + 2]! - line[k]!, line[k + 3]! - line[k + 1]!);
  return sum;
}

function toThalweg(river: River, line: Float64Array, stops: Stop[]): Thalweg {
  const n = line.length / 2;
  const x = Float64Array.from({ length: n }, (_, i) => line[2 * i]!);
  const y = Float64Array.from({ length: n }, (_, i) => line[2 * i + 1]!);
  const along = new Float64Array(n);
  for (let i = 1; i < n; i++) along[i] = along[i - 1]! + Math.hypot(x[i]! - x[i - 1]!, y[i]! - y[i - 1]!);
  const level = new Float64Array(n);
  const fall = FALL[Math.min(FALL.length - 1, Math.max(1, river.order))]!;
  const nodes = levelled(stops);
  for (let i = 0; i < n; i++) level[i] = levelAt(nodes, along[i]!, fall);
  return { id: river.id, order: river.order, x, y, level, along };
}

/** Sorts the stops and averages neighbours that would make the river climb (pool adjacent violators). */
function levelled(stops: Stop[]): Stop[] {
  const sorted = [...stops].sort((a, b) => a.along - b.along || b.level - a.level);
  const blocks: { stops: Stop[]; mean: number }[] = [];
  for (const stop of sorted) {
    blocks.push({ stops: [stop], mean: stop.level });
    for (let last = blocks.length - 1; last > 0 && blocks[last]!.mean > blocks[last - 1]!.mean; last--) {
      const merged = [...blocks[last - 1]!.stops, ...blocks[last]!.stops];
      blocks.splice(last - 1, 2, {
        stops: merged,
        mean: merged.reduce((sum, s) => sum + s.level, 0) / merged.length,
      });
    }
  }
  return blocks.flatMap((block) => block.stops.map((stop) => ({ ...stop, level: block.mean })));
}

function levelAt(nodes: Stop[], along: number, fall: number): number {
  const first = nodes[0];
  if (!first) return 500 - fall * along;
  if (along <= first.along) {
    const up = first.along - along;
    return (
      first.level + fall * up + (fall * (HEAD_STEEPENING - 1) * up * up) / (2 * Math.max(8, first.along))
    );
  }
  const after = nodes.findIndex((node) => node.along >= along);
  const last = nodes[nodes.length - 1]!;
  if (after < 0) return last.level - fall * (along - last.along);
  const down = nodes[after]!;
  const up = nodes[after - 1]!;
  const length = down.along - up.along;
  if (length < 1e-6) return down.level;
  // Below a dam the river starts again at its tail water; above one the pool lies flat.
  const top = up.dam ? Math.min(up.level, down.level + fall * 0.7 * length) : up.level;
  const share = (down.along - along) / length;
  return down.level + (top - down.level) * (atDam(nodes, after) ? share ** 4 : share);
}

/** A gauge just above a dam reads the pool, so the water is as flat above it as above the dam. */
function atDam(nodes: Stop[], k: number): boolean {
  const next = nodes[k + 1];
  return nodes[k]!.dam || (next !== undefined && next.dam && next.along - nodes[k]!.along < 1);
}

export function planeOf(city: City): Plane {
  return createPlane((city.bounds.west + city.bounds.east) / 2, (city.bounds.south + city.bounds.north) / 2);
}
