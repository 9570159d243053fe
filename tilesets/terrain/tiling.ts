// Geographic tiling, TMS order: two root tiles, rows counted from the south.
import type { Bounds } from '../dem/grid.ts';
import type { Ring } from '../city/features.ts';
import { touches } from '../synthesis/rings.ts';

export interface TileId {
  z: number;
  x: number;
  y: number;
}

export interface Range {
  startX: number;
  startY: number;
  endX: number;
  endY: number;
}

export function tileSizeDeg(z: number): number {
  return 180 / 2 ** z;
}

export function tileBounds({ z, x, y }: TileId): Bounds {
  const size = tileSizeDeg(z);
  return {
    west: -180 + x * size,
    south: -90 + y * size,
    east: -180 + (x + 1) * size,
    north: -90 + (y + 1) * size,
  };
}

// Below this many degrees a tile is worth making only where the city is, not in all of its surroundings.
const CITY_ONLY_DEG = 0.25;
// Fine tiles reach this far over the city line, degrees.
const CITY_MARGIN_DEG = 0.02;

/** Every tile to make, coarse to fine. A tile always comes with its three sisters, so a parent has all its children. */
export function planTiles(input: { region: Bounds; rings: Ring[]; maxLevel: number }): TileId[][] {
  const levels: TileId[][] = [
    [
      { z: 0, x: 0, y: 0 },
      { z: 0, x: 1, y: 0 },
    ],
  ];
  for (let z = 1; z <= input.maxLevel; z++) {
    const fine = tileSizeDeg(z) < CITY_ONLY_DEG && input.rings.length > 0;
    const parents = levels[z - 1]!.filter((parent) => {
      const box = tileBounds(parent);
      const m = CITY_MARGIN_DEG;
      return fine
        ? touches(input.rings, {
            west: box.west - m,
            south: box.south - m,
            east: box.east + m,
            north: box.north + m,
          })
        : box.west < input.region.east &&
            box.east > input.region.west &&
            box.south < input.region.north &&
            box.north > input.region.south;
    });
    levels.push(
      parents.flatMap(({ x, y }) =>
        [0, 1, 2, 3].map((k) => ({ z, x: 2 * x + (k & 1), y: 2 * y + (k >> 1) })),
      ),
    );
  }
  return levels;
}

/** The same tiles as rectangles, rows of equal extent joined. */
export function toRanges(tiles: TileId[]): Range[] {
  const rows = new Map<number, number[]>();
  for (const { x, y } of tiles) rows.set(y, [...(rows.get(y) ?? []), x]);
  const ranges: Range[] = [];
  for (const y of [...rows.keys()].sort((a, b) => a - b)) {
    const xs = rows.get(y)!.sort((a, b) => a - b);
    let start = xs[0]!;
    xs.forEach((x, k) => {
      if (xs[k + 1] === x + 1) return;
      const above = ranges.find(
        (range) => range.endY === y - 1 && range.startX === start && range.endX === x,
      );
      if (above) above.endY = y;
      else ranges.push({ startX: start, startY: y, endX: x, endY: y });
      start = xs[k + 1] ?? start;
    });
  }
  return ranges;
}
