// Heights between the samples of the city's height grid. Pure, used by the map, its worker and by panels that measure.
import type { HeightGrid } from './shapes.ts';

/** Metres above the ellipsoid, bilinear; the nearest edge outside the grid. */
export function heightAt(grid: HeightGrid, lon: number, lat: number): number {
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

/** Metres between two samples of the grid, north to south: what a height read from it can resolve. */
export function stepM(grid: HeightGrid): number {
  return ((grid.bounds[3] - grid.bounds[1]) / Math.max(1, grid.ny - 1)) * 111_000;
}

const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), most);
