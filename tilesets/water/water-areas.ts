// Water as areas: rivers get banks around their middle line and widen where a dam holds them; lakes as the city has them.
import type { City } from '../city/read-city.ts';
import type { Ring } from '../city/features.ts';
import type { Facts } from '../synthesis/pins.ts';
import type { Thalweg } from '../synthesis/river-profile.ts';
import { riverHalfWidthM } from './river-width.ts';

export interface WaterArea {
  id: string;
  kind: 'river' | 'reservoir';
  rings: Ring[];
}

// Points of a profile are about 100 m apart: every third one draws the bank.
const STEP = 3;
// A pool: the level falls by less than this over the next points, metres.
const FLAT_M = 0.1;
const FLAT_POINTS = 20;
// A pool is wider than the free river by this factor, reached over so many points.
const POOL_FACTOR = 1.9;
const EASE_POINTS = 15;
// A bank never reaches further than this share of the bend's radius: the ring would cross itself.
const OF_RADIUS = 0.8;

export function waterAreas(city: City, facts: Facts): WaterArea[] {
  const rivers = facts.rivers.map((river): WaterArea => ({
    id: river.id,
    kind: 'river',
    rings: [banksOf(river, facts)],
  }));
  const lakes = city.lakes.map(({ id, rings }): WaterArea => ({ id, kind: 'reservoir', rings }));
  return [...rivers, ...lakes];
}

function banksOf(river: Thalweg, { plane }: Facts): Ring {
  const widths = halfWidths(river);
  const left: Ring = [];
  const right: Ring = [];
  const last = river.x.length - 1;
  for (let i = 0; i <= last; i += i + STEP > last && i < last ? last - i : STEP) {
    const [a, b] = [Math.max(0, i - STEP), Math.min(last, i + STEP)];
    const dx = river.x[b]! - river.x[a]!;
    const dy = river.y[b]! - river.y[a]!;
    const length = Math.hypot(dx, dy) || 1;
    const half = Math.min(widths[i]! / 1000, OF_RADIUS * radiusAt(river, [a, i, b]));
    const [nx, ny] = [(-dy / length) * half, (dx / length) * half];
    left.push([plane.lon(river.x[i]! + nx), plane.lat(river.y[i]! + ny)]);
    right.push([plane.lon(river.x[i]! - nx), plane.lat(river.y[i]! - ny)]);
    if (i === last) break;
  }
  // Counter-clockwise: up the right bank's direction of flow, back along the left one.
  return [...right, ...left.reverse(), right[0]!];
}

function halfWidths(river: Thalweg): number[] {
  const count = river.x.length;
  const pool = Float64Array.from({ length: count }, (_, i) => {
    const ahead = Math.min(count - 1, i + FLAT_POINTS);
    return ahead > i && river.level[i]! - river.level[ahead]! < FLAT_M ? 1 : 0;
  });
  return Array.from({ length: count }, (_, i) => {
    let sum = 0;
    let number = 0;
    for (let k = Math.max(0, i - EASE_POINTS); k <= Math.min(count - 1, i + EASE_POINTS); k++, number++)
      sum += pool[k]!;
    return riverHalfWidthM(river.order, river.along[i]!) * (1 + (POOL_FACTOR - 1) * (sum / number));
  });
}

/** Radius of the circle through three points, km; a straight line has none. */
function radiusAt({ x, y }: Thalweg, [a, b, c]: [number, number, number]): number {
  const side = (i: number, k: number): number => Math.hypot(x[i]! - x[k]!, y[i]! - y[k]!);
  const twice = Math.abs((x[b]! - x[a]!) * (y[c]! - y[a]!) - (x[c]! - x[a]!) * (y[b]! - y[a]!));
  return twice < 1e-9 ? Infinity : (side(a, b) * side(b, c) * side(c, a)) / (2 * twice);
}
