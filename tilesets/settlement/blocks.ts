// Lays blocks and streets over a town: neighbourhoods along the nearest road or river, each with a grid of its own.
import { hash01 } from '../synthesis/noise.ts';
import type { Ground, Line } from './ground.ts';
import type { Size, Town } from './towns.ts';

/** A plot between streets: its own axes u (along the street) and v, metres from the corner. */
export interface Block {
  town: Town;
  /** Unique in the town, from the middle outwards. */
  number: number;
  corner: [number, number];
  angle: number;
  /** Length along u and depth along v. */
  length: number;
  depth: number;
  /** What building here costs: metres from the middle, slopes and far roads count as more. */
  cost: number;
  /** Widths of the streets around it, metres. */
  street: number;
}

interface Style {
  /** People on a square kilometre of blocks, for the reach of the search. */
  density: number;
  /** Block along and across the street, metres. */
  length: number;
  depth: number;
  street: number;
  /** Distance between neighbourhood centres, metres. */
  spacing: number;
  /** Steepest ground that is built on, rise over run. */
  steepest: number;
}

export const STYLES: Readonly<Record<Size, Style>> = {
  city: { density: 14_000, length: 150, depth: 104, street: 22, spacing: 880, steepest: 0.22 },
  seat: { density: 9000, length: 118, depth: 84, street: 16, spacing: 560, steepest: 0.22 },
  town: { density: 6000, length: 84, depth: 56, street: 11, spacing: 340, steepest: 0.28 },
  village: { density: 4500, length: 62, depth: 42, street: 9, spacing: 270, steepest: 0.3 },
};

interface Neighbourhood {
  town: Town;
  x: number;
  y: number;
  /** A point of the line it lies along, so that the line runs between two rows of blocks. */
  origin: [number, number];
  angle: number;
}

// Searched area over the area the people need: land is lost to slopes, water and roads.
const SPARE = 3.4;
const PARK_REACH_M = 700;
const SHORE_M = 18;
const SLOPE_COST_M = 5200;
const OFF_ROAD_COST = 0.8;
// A block may reach this far over the line between two neighbourhoods, metres.
const OVERLAP_M = 2;

/** Blocks that can be built, the cheapest first, for every town. */
export function layBlocks(ground: Ground, towns: readonly Town[], seed: number): Map<Town, Block[]> {
  const quarters = towns.flatMap((town) => neighbourhoodsOf(ground, town, seed));
  const owner = ownership(quarters);
  const blocks = new Map<Town, Block[]>(towns.map((town) => [town, []]));
  quarters.forEach((quarter, q) => {
    for (const block of blocksOf(quarter, (x, y) => owner(x, y, q), ground))
      blocks.get(quarter.town)!.push(block);
  });
  for (const list of blocks.values()) {
    list.sort((a, b) => a.cost - b.cost || a.corner[0] - b.corner[0]);
    list.forEach((block, i) => (block.number = i + 1));
  }
  return blocks;
}

function reachM(town: Town): number {
  if (town.park) return PARK_REACH_M;
  return Math.sqrt((town.residents / STYLES[town.size].density) * 1e6 * (SPARE / Math.PI));
}

function neighbourhoodsOf(ground: Ground, town: Town, seed: number): Neighbourhood[] {
  const { spacing } = STYLES[town.size];
  const reach = reachM(town);
  const rows = Math.ceil(reach / (spacing * 0.866));
  const out: Neighbourhood[] = [];
  for (let row = -rows; row <= rows; row++) {
    for (let column = -rows; column <= rows; column++) {
      const key = Math.round(town.x) ^ Math.round(town.y * 7);
      const jitter = (n: number): number => (hash01(column * 31 + n, row, seed ^ key) - 0.5) * spacing * 0.5;
      const isMiddle = row === 0 && column === 0;
      const x = town.x + (column + (row & 1) / 2) * spacing + (isMiddle ? 0 : jitter(1));
      const y = town.y + row * spacing * 0.866 + (isMiddle ? 0 : jitter(2));
      if (Math.hypot(x - town.x, y - town.y) > reach) continue;
      const flow = ground.flowAt(x, y);
      const turn = (hash01(column, row * 17, seed) - 0.5) * 0.24;
      const near = flow !== undefined && flow.distance < spacing * 0.75;
      out.push({
        town,
        x,
        y,
        origin: near ? [flow.x, flow.y] : [x, y],
        angle: flow ? flow.angle + (near ? 0 : turn) : turn,
      });
    }
  }
  return out;
}

/** How far (x, y) lies beyond the border of neighbourhood q, metres; 0 or less inside it. */
function ownership(quarters: readonly Neighbourhood[]): (x: number, y: number, q: number) => number {
  const side = 1300;
  const squares = new Map<number, number[]>();
  const keyOf = (ix: number, iy: number): number => (ix + 32768) * 65536 + iy + 32768;
  quarters.forEach(({ x, y }, q) => {
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        const key = keyOf(Math.floor(x / side) + dx, Math.floor(y / side) + dy);
        const square = squares.get(key);
        if (square) square.push(q);
        else squares.set(key, [q]);
      }
    }
  });
  return (x, y, q) => {
    const own = Math.hypot(quarters[q]!.x - x, quarters[q]!.y - y);
    let other = Infinity;
    for (const k of squares.get(keyOf(Math.floor(x / side), Math.floor(y / side))) ?? [])
      if (k !== q) other = Math.min(other, Math.hypot(quarters[k]!.x - x, quarters[k]!.y - y));
    return (own - other) / 2;
  };
}

function blocksOf(quarter: Neighbourhood, beyond: (x: number, y: number) => number, ground: Ground): Block[] {
  const { town, origin, angle } = quarter;
  const { length, depth, street, spacing, steepest } = STYLES[town.size];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [pitchU, pitchV] = [length + street, depth + street];
  // The middle of the neighbourhood on its own axes.
  const u0 = (quarter.x - origin[0]) * cos + (quarter.y - origin[1]) * sin;
  const v0 = -(quarter.x - origin[0]) * sin + (quarter.y - origin[1]) * cos;
  const reach = spacing * 0.95;
  const out: Block[] = [];
  for (let i = Math.floor((u0 - reach) / pitchU); i <= (u0 + reach) / pitchU; i++) {
    for (let j = Math.floor((v0 - reach) / pitchV); j <= (v0 + reach) / pitchV; j++) {
      const [u, v] = [i * pitchU + street / 2, j * pitchV + street / 2];
      const corner: [number, number] = [origin[0] + u * cos - v * sin, origin[1] + u * sin + v * cos];
      const whole = { town, number: 0, corner, angle, length, depth, cost: 0, street };
      for (const block of usableParts(whole, { beyond, ground, steepest }, 0)) {
        block.cost = costOf(block, ground);
        out.push(block);
      }
    }
  }
  return out;
}

interface Limits {
  beyond: (x: number, y: number) => number;
  ground: Ground;
  steepest: number;
}

// A block that water, a slope or a border cuts is halved this often; what stays free is built on.
const MOST_HALVINGS = 2;
// Shorter sides hold no building, metres.
const SHORTEST_M = 20;

function usableParts(block: Block, limits: Limits, halvings: number): Block[] {
  const [x, y] = inBlock(block, 0.5, 0.5);
  // Wholly on the neighbour's side: none of its parts can be used.
  if (limits.beyond(x, y) > Math.hypot(block.length, block.depth) / 2) return [];
  if (isBuildable(block, limits)) return [block];
  if (halvings >= MOST_HALVINGS) return [];
  const alongU = block.length >= block.depth;
  const half = (alongU ? block.length : block.depth) / 2;
  if (half < SHORTEST_M) return [];
  const size = alongU ? { length: half } : { depth: half };
  const second = inBlock(block, alongU ? 0.5 : 0, alongU ? 0 : 0.5);
  return [
    ...usableParts({ ...block, ...size }, limits, halvings + 1),
    ...usableParts({ ...block, ...size, corner: second }, limits, halvings + 1),
  ];
}

/** A place in a block, u and v as shares of its sides. */
export function inBlock({ corner, angle, length, depth }: Block, u: number, v: number): [number, number] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [corner[0] + u * length * cos - v * depth * sin, corner[1] + u * length * sin + v * depth * cos];
}

const SAMPLES = [0, 0.33, 0.67, 1];

function isBuildable(block: Block, { beyond, ground, steepest }: Limits): boolean {
  const [mx, my] = inBlock(block, 0.5, 0.5);
  if (beyond(mx, my) > 0 || ground.slopeAt(mx, my) > steepest) return false;
  const places = SAMPLES.flatMap((u) => SAMPLES.map((v) => inBlock(block, u, v)));
  // The cheap question first, for all of them.
  return (
    places.every(([x, y]) => beyond(x, y) <= OVERLAP_M) &&
    places.every(([x, y]) => ground.dryAt(x, y) >= SHORE_M && ground.clearAt(x, y) >= 0)
  );
}

function costOf(block: Block, ground: Ground): number {
  const [x, y] = inBlock(block, 0.5, 0.5);
  const road = ground.roadAt(x, y)?.distance ?? 800;
  const away = Math.hypot(x - block.town.x, y - block.town.y);
  return away + SLOPE_COST_M * ground.slopeAt(x, y) ** 1.5 + OFF_ROAD_COST * Math.max(0, road);
}

/** Middle lines of the streets around built blocks, without the doubles of neighbours. */
export function streetsOf(blocks: readonly Block[]): Line[] {
  const seen = new Set<string>();
  const out: Line[] = [];
  for (const block of blocks) {
    const [du, dv] = [block.street / 2 / block.length, block.street / 2 / block.depth];
    const corners = [
      [-du, -dv],
      [1 + du, -dv],
      [1 + du, 1 + dv],
      [-du, 1 + dv],
    ].map(([u = 0, v = 0]) => inBlock(block, u, v));
    corners.forEach((a, k) => {
      const b = corners[(k + 1) % 4]!;
      const key = `${Math.round((a[0] + b[0]) / 6)},${Math.round((a[1] + b[1]) / 6)}`;
      if (seen.has(key)) return;
      seen.add(key);
      out.push([a, b]);
    });
  }
  return joined(out);
}

/** Pieces that go straight on become one line. */
function joined(pieces: Line[]): Line[] {
  const keyOf = ([x, y]: [number, number]): string => `${Math.round(x / 3)},${Math.round(y / 3)}`;
  const byStart = new Map<string, Line[]>();
  const reversed = pieces.map(([a, b]): Line => {
    // All pieces point the same way, so that a street is found from its beginning.
    const [p, q] = a![0] < b![0] || (a![0] === b![0] && a![1] < b![1]) ? [a!, b!] : [b!, a!];
    return [p, q];
  });
  for (const piece of reversed)
    byStart.set(keyOf(piece[0]!), [...(byStart.get(keyOf(piece[0]!)) ?? []), piece]);
  const used = new Set<Line>();
  const out: Line[] = [];
  for (const piece of reversed.sort((a, b) => a[0]![0] - b[0]![0])) {
    if (used.has(piece)) continue;
    used.add(piece);
    const direction = Math.atan2(piece[1]![1] - piece[0]![1], piece[1]![0] - piece[0]![0]);
    let end = piece[1]!;
    for (;;) {
      const next = (byStart.get(keyOf(end)) ?? []).find(
        (q) =>
          !used.has(q) && Math.abs(Math.atan2(q[1]![1] - q[0]![1], q[1]![0] - q[0]![0]) - direction) < 0.02,
      );
      if (!next) break;
      used.add(next);
      end = next[1]!;
    }
    out.push([piece[0]!, end]);
  }
  return out;
}
