// The height of the ground anywhere in the city, from one grid: puts glyphs and lines on the relief.
import type { HeightGrid } from '../../shapes.ts';

export class HeightField {
  private readonly grid: HeightGrid | null;

  constructor(grid: HeightGrid | null) {
    this.grid = grid;
  }

  /** Metres above the ellipsoid, bilinear; the nearest edge outside the grid; 0 where no terrain is known. */
  at(lon: number, lat: number): number {
    const grid = this.grid;
    if (!grid) return 0;
    const [west, south, east, north] = grid.bounds;
    const x = clamp(((lon - west) / (east - west)) * (grid.nx - 1), grid.nx - 1);
    const y = clamp(((north - lat) / (north - south)) * (grid.ny - 1), grid.ny - 1);
    const x0 = Math.min(Math.floor(x), grid.nx - 2);
    const y0 = Math.min(Math.floor(y), grid.ny - 2);
    const at = y0 * grid.nx + x0;
    const fx = x - x0;
    const fy = y - y0;
    const h = grid.heights;
    const top = (h[at] ?? 0) * (1 - fx) + (h[at + 1] ?? 0) * fx;
    const foot = (h[at + grid.nx] ?? 0) * (1 - fx) + (h[at + grid.nx + 1] ?? 0) * fx;
    return top * (1 - fy) + foot * fy;
  }
}

const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), most);
