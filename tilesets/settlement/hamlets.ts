// Farmhouses in loose rows along the roads between the towns.
import { hash01, seedOf } from '../synthesis/noise.ts';
import type { Block } from './blocks.ts';
import { inBlock } from './blocks.ts';
import type { Ground, Line } from './ground.ts';
import type { MinorRoad } from './minor-roads.ts';
import type { Placed } from './plan-settlement.ts';
import { createRandom, type Random } from './random.ts';
import type { Town } from './towns.ts';

// Way between two hamlets along a road, metres, from and to.
const APART_M = [700, 1900] as const;
const STEEPEST = 0.3;
// Squares in which a town stands are closed to hamlets.
const SQUARE_M = 160;
const SHORE_M = 25;

interface Request {
  ground: Ground;
  towns: readonly Town[];
  roads: readonly MinorRoad[];
  occupied: readonly Block[];
  seed: number;
}

export function placeHamlets({ ground, towns, roads, occupied, seed }: Request): Placed[] {
  const closed = new Set<string>();
  const squareOf = (x: number, y: number): string =>
    `${Math.floor(x / SQUARE_M)},${Math.floor(y / SQUARE_M)}`;
  for (const block of occupied) {
    const [x, y] = inBlock(block, 0.5, 0.5);
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++) closed.add(squareOf(x + dx * SQUARE_M, y + dy * SQUARE_M));
  }
  const names = new Map(towns.map((town) => [town.code, town.name]));
  const out: Placed[] = [];
  for (const road of roads) {
    let count = 0;
    const random = createRandom(Math.floor(hash01(seedOf(road.town), 11, seed) * 2 ** 32));
    for (const { x, y, angle } of stops(road.line, random)) {
      if (closed.has(squareOf(x, y))) continue;
      closed.add(squareOf(x, y));
      for (const corners of housesAt({ x, y, angle }, random)) {
        const [cx, cy] = middleOf(corners);
        if (ground.slopeAt(cx, cy) > STEEPEST || ground.dryAt(cx, cy) < SHORE_M || ground.clearAt(cx, cy) < 8)
          continue;
        count++;
        out.push(
          farmhouse(corners, {
            id: `${road.town}-h${String(count).padStart(3, '0')}`,
            town: names.get(road.town) ?? '',
            count,
            random,
          }),
        );
      }
    }
  }
  return out;
}

interface Stop {
  x: number;
  y: number;
  angle: number;
}

function stops(line: Line, random: Random): Stop[] {
  const out: Stop[] = [];
  let left = random.between(...APART_M);
  for (let k = 0; k + 1 < line.length; k++) {
    const [ax, ay] = line[k]!;
    const [bx, by] = line[k + 1]!;
    const length = Math.hypot(bx - ax, by - ay);
    for (let at = left; at < length; at += left) {
      const t = at / length;
      out.push({ x: ax + t * (bx - ax), y: ay + t * (by - ay), angle: Math.atan2(by - ay, bx - ax) });
      left = random.between(...APART_M);
    }
    left = Math.max(30, left - length);
  }
  return out;
}

function housesAt({ x, y, angle }: Stop, random: Random): Line[] {
  const out: Line[] = [];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const count = Math.floor(random.between(4, 13));
  for (let k = 0; k < count; k++) {
    const along = (k - count / 2) * random.between(17, 26);
    const across = (random.chance(0.6) ? 1 : -1) * random.between(20, 58);
    const turn = angle + random.between(-0.25, 0.25);
    const [length, depth] = [random.between(10, 16), random.between(8, 11)];
    const [mx, my] = [x + along * cos - across * sin, y + along * sin + across * cos];
    const [a, b] = [Math.cos(turn), Math.sin(turn)];
    const at = (u: number, v: number): [number, number] => [
      mx + u * length * a - v * depth * b,
      my + u * length * b + v * depth * a,
    ];
    out.push([at(-0.5, -0.5), at(0.5, -0.5), at(0.5, 0.5), at(-0.5, 0.5)]);
  }
  return out;
}

function middleOf(corners: Line): [number, number] {
  const sum = corners.reduce(([sx, sy], [x, y]) => [sx + x, sy + y], [0, 0]);
  return [sum[0] / corners.length, sum[1] / corners.length];
}

function farmhouse(
  corners: Line,
  facts: { id: string; town: string; count: number; random: Random },
): Placed {
  const floors = facts.random.pick([2, 2, 2, 3]);
  return {
    corners,
    capacity: 0,
    building: {
      id: facts.id,
      name: `${facts.town}农房${facts.count}号`,
      use: 'residential',
      rings: [],
      heightM: Math.round((floors * 3 + 1.4) * 10) / 10,
      floors,
      residents: Math.round(facts.random.between(2, 5)),
      buildYear: Math.round(facts.random.between(1990, 2019)),
    },
  };
}
