// The height of the ground anywhere in the city, from one grid: puts glyphs and lines on the relief.
import { heightAt } from '../../height-grid.ts';
import type { HeightGrid } from '../../shapes.ts';

export class HeightField {
  private readonly grid: HeightGrid | null;

  constructor(grid: HeightGrid | null) {
    this.grid = grid;
  }

  /** Metres above the ellipsoid, bilinear; the nearest edge outside the grid; 0 where no terrain is known. */
  at(lon: number, lat: number): number {
    return this.grid ? heightAt(this.grid, lon, lat) : 0;
  }
}
