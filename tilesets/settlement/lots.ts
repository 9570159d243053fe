// Fills a block with buildings: rows of flats facing south, houses along the street, halls, campuses, towers.
import type { Use } from '../buildings/building.ts';
import type { Block } from './blocks.ts';
import type { Random } from './random.ts';

/** A building on the axes of its block: lower corner, sides, storeys. */
export interface Lot {
  u: number;
  v: number;
  length: number;
  depth: number;
  use: Use;
  floors: number;
  heightM: number;
  /** Part of the rectangle left out at the far corner, shares of the sides: an L. */
  notch?: [number, number];
}

export type Programme =
  'towers' | 'slabs' | 'houses' | 'centre' | 'offices' | 'works' | 'school' | 'hospital' | 'public';

const STOREY_M = 3;
const SHOP_STOREY_M = 4.2;
const EDGE_M = 5;

interface Plot {
  block: Block;
  /** 0 in the middle of the town, 1 at its edge. */
  outward: number;
  random: Random;
}

export function fillBlock(programme: Programme, plot: Plot): Lot[] {
  return FILL[programme](plot).filter(({ length, depth }) => length >= 5 && depth >= 5);
}

const FILL: Readonly<Record<Programme, (plot: Plot) => Lot[]>> = {
  towers: (plot) => towers(plot),
  slabs: (plot) => slabs(plot),
  houses: (plot) => houses(plot),
  centre: (plot) => centre(plot),
  offices: (plot) => offices(plot),
  works: (plot) => works(plot),
  school: (plot) => campus(plot, 'school', [4, 5, 5, 3]),
  hospital: (plot) => campus(plot, 'hospital', [plot.block.town.size === 'city' ? 16 : 8, 5, 4, 3]),
  public: (plot) => campus(plot, 'public', [plot.block.town.size === 'city' ? 10 : 5, 4, 3, 2]),
};

/** Rows run along the block side that is nearer to east and west: the long fronts face south. */
function rowsAlongU({ angle }: Block): boolean {
  return Math.abs(Math.cos(angle)) >= Math.SQRT1_2;
}

function slabs({ block, outward, random }: Plot): Lot[] {
  const floors = block.town.size === 'city' ? random.pick([6, 6, 7, 7, 11]) : random.pick([5, 6, 6, 7]);
  const tall = outward > 0.45 && random.chance(0.3) ? floors + 5 : floors;
  return rows({ block, random, floors: tall, depth: 13, longest: 58 });
}

interface RowPlan {
  block: Block;
  random: Random;
  floors: number;
  depth: number;
  longest: number;
}

function rows({ block, random, floors, depth, longest }: RowPlan): Lot[] {
  const alongU = rowsAlongU(block);
  const [span, reach] = alongU ? [block.length, block.depth] : [block.depth, block.length];
  const height = floors * STOREY_M;
  const pitch = depth + Math.min(34, Math.max(11, height * 0.95));
  const count = Math.max(1, Math.floor((reach - 2 * EDGE_M + pitch - depth) / pitch));
  const spare = reach - 2 * EDGE_M - (count * pitch - (pitch - depth));
  const out: Lot[] = [];
  for (let row = 0; row < count; row++) {
    const across = EDGE_M + spare / 2 + row * pitch;
    const pieces = Math.max(1, Math.round((span - 2 * EDGE_M) / (longest + 9)));
    const length = (span - 2 * EDGE_M - (pieces - 1) * 9) / pieces;
    for (let k = 0; k < pieces; k++) {
      if (random.chance(0.05)) continue;
      const along = EDGE_M + k * (length + 9);
      const storeys = Math.max(2, floors + (random.chance(0.25) ? random.pick([-1, 1]) : 0));
      const size = { length: length - random.between(0, 6), depth };
      out.push({
        ...placed([along, across], size, alongU),
        use: 'residential',
        floors: storeys,
        heightM: storeys * STOREY_M + 1,
      });
    }
  }
  return out;
}

function placed(
  [along, across]: [number, number],
  { length, depth }: { length: number; depth: number },
  alongU: boolean,
): Pick<Lot, 'u' | 'v' | 'length' | 'depth'> {
  return alongU
    ? { u: along, v: across, length, depth }
    : { u: across, v: along, length: depth, depth: length };
}

function towers({ block, random }: Plot): Lot[] {
  const floors = random.pick([18, 22, 26, 26, 30, 33]);
  const side = 25;
  const pitch = 46;
  const [columns, lines] = [block.length, block.depth].map((span) =>
    Math.max(1, Math.floor((span - 2 * EDGE_M + pitch - side) / pitch)),
  ) as [number, number];
  const gap = (span: number, count: number): number => (span - count * side) / (count + 1);
  const out: Lot[] = [];
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < lines; j++) {
      if (random.chance(0.08)) continue;
      const storeys = floors + Math.round(random.between(-2, 1));
      out.push({
        u: gap(block.length, columns) * (i + 1) + side * i,
        v: gap(block.depth, lines) * (j + 1) + side * j,
        length: side,
        depth: random.between(16, 19),
        use: 'residential',
        floors: storeys,
        heightM: storeys * STOREY_M + 3,
      });
    }
  }
  // Shops along the street side.
  out.push({
    u: 8,
    v: 0.5,
    length: block.length - 16,
    depth: 9,
    use: 'commercial',
    floors: 2,
    heightM: 2 * SHOP_STOREY_M,
  });
  return out.filter((lot, k) => k === out.length - 1 || lot.v > 12);
}

function houses({ block, outward, random }: Plot): Lot[] {
  const isVillage = block.town.size === 'village';
  const tallest = isVillage ? [2, 2, 3, 3, 4] : [3, 4, 4, 5, 6];
  const out: Lot[] = [];
  const depth = Math.min(14, block.depth / 2 - 4);
  for (const side of [0, 1]) {
    for (let u = 1.5; u < block.length - 8;) {
      const length = isVillage ? random.between(10, 18) : random.between(13, 28);
      if (u + length > block.length - 1) break;
      if (!random.chance(0.06 + 0.22 * outward)) {
        const floors = random.pick(tallest);
        const deep = depth - random.between(0, 3);
        const isShop = random.chance(0.2 - 0.15 * outward);
        const v = side === 0 ? 1 : block.depth - 1 - deep;
        const use = isShop ? 'commercial' : 'residential';
        out.push({
          u,
          v,
          length,
          depth: deep,
          use,
          floors,
          heightM: floors * STOREY_M + (isShop ? 1.5 : 0.6),
        });
      }
      u += length + random.between(0.4, 2.4 + 5 * outward);
    }
  }
  return out;
}

function centre({ block, random }: Plot): Lot[] {
  const big = block.town.size === 'city';
  const floors = big ? random.pick([4, 5, 6]) : random.pick([3, 4, 5]);
  const out: Lot[] = [];
  const podium = { use: 'commercial' as Use, floors, heightM: floors * SHOP_STOREY_M };
  const half = (block.length - 3 * EDGE_M) / 2;
  const deep = block.depth - 2 * EDGE_M;
  out.push({ u: EDGE_M, v: EDGE_M, length: half, depth: deep, notch: [0.45, 0.5], ...podium });
  const second = Math.max(2, floors + random.pick([-1, 0, 1]));
  out.push({
    u: 2 * EDGE_M + half,
    v: EDGE_M,
    length: half,
    depth: deep * 0.46,
    ...podium,
    floors: second,
    heightM: second * SHOP_STOREY_M,
  });
  const storeys = big ? random.pick([20, 24, 28, 32]) : random.pick([9, 11, 14]);
  out.push({
    u: 2 * EDGE_M + half + half * 0.2,
    v: EDGE_M + deep * 0.56,
    length: Math.min(34, half * 0.6),
    depth: Math.min(28, deep * 0.42),
    use: random.chance(0.5) ? 'office' : 'residential',
    floors: storeys,
    heightM: storeys * 3.4 + 4,
  });
  return out;
}

function offices({ block, random }: Plot): Lot[] {
  const big = block.town.size === 'city';
  const out: Lot[] = [];
  for (const k of [0, 1]) {
    const floors = big ? random.pick([8, 10, 12, 16, 20]) : random.pick([4, 5, 6, 8]);
    const length = (block.length - 3 * EDGE_M) / 2;
    out.push({
      u: EDGE_M + k * (length + EDGE_M),
      v: EDGE_M + random.between(0, block.depth * 0.2),
      length: length * random.between(0.7, 1),
      depth: Math.min(22, block.depth * 0.4),
      use: random.chance(0.8) ? 'office' : 'public',
      floors,
      heightM: floors * 3.5 + 2,
    });
  }
  const floors = random.pick([2, 3, 4]);
  out.push({
    u: EDGE_M,
    v: block.depth - EDGE_M - 14,
    length: block.length - 2 * EDGE_M,
    depth: 14,
    use: 'commercial',
    floors,
    heightM: floors * SHOP_STOREY_M,
  });
  return out;
}

function works({ block, random }: Plot): Lot[] {
  const out: Lot[] = [];
  const halls = block.depth > 70 ? 2 : 1;
  const deep = (block.depth - (halls + 1) * 9) / halls;
  for (let k = 0; k < halls; k++) {
    const length = (block.length - 24) * random.between(0.62, 0.95);
    const heightM = random.between(9, 15);
    out.push({ u: 9, v: 9 + k * (deep + 9), length, depth: deep, use: 'industrial', floors: 1, heightM });
    const rest = block.length - 18 - length - 8;
    if (rest > 10) {
      const floors = random.pick([2, 3, 4]);
      const use = random.chance(0.5) ? 'office' : 'industrial';
      out.push({
        u: 9 + length + 8,
        v: 9 + k * (deep + 9),
        length: rest,
        depth: deep * 0.5,
        use,
        floors,
        heightM: floors * 3.6,
      });
    }
  }
  return out;
}

/** A yard with a main building, two wings and a low one. */
function campus({ block, random }: Plot, use: Use, floors: number[]): Lot[] {
  const [main = 4, left = 3, right = 3, low = 2] = floors;
  const bar = Math.min(15, block.depth * 0.22);
  const lot = ([u, v]: [number, number], size: [number, number], storeys: number): Lot => ({
    u,
    v,
    length: size[0],
    depth: size[1],
    use,
    floors: storeys,
    heightM: storeys * 3.7 + 1,
  });
  const width = block.length - 2 * EDGE_M;
  const wing = block.depth - 3 * EDGE_M - bar;
  return [
    lot([EDGE_M, block.depth - EDGE_M - bar], [width * random.between(0.6, 0.85), bar], main),
    lot([EDGE_M, EDGE_M], [bar, wing], left),
    lot([EDGE_M + width * 0.34, EDGE_M], [bar, wing * random.between(0.6, 1)], right),
    lot([EDGE_M + width * 0.72, EDGE_M + 4], [width * 0.24, Math.min(24, wing * 0.7)], low),
  ];
}
