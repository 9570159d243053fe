// Spot heights: the tops of the relief, out of the height raster.
import type { HeightGrid } from '../../shapes.ts';

export interface Summit {
  readonly lon: number;
  readonly lat: number;
  readonly heightM: number;
}

/** Cells around a top that are all lower; and how far it must rise over the lowest of them, metres. */
const REACH = 5;
const RISE_M = 120;

/** At most `most` tops, the highest above their surroundings first. */
export function summitsOf(grid: HeightGrid, most: number): Summit[] {
  const { nx, ny, heights, bounds } = grid;
  const [west, south, east, north] = bounds;
  const found: (Summit & { rise: number })[] = [];
  for (let y = REACH; y < ny - REACH; y++) {
    for (let x = REACH; x < nx - REACH; x++) {
      const rise = riseAt(grid, x, y);
      if (rise < RISE_M) continue;
      found.push({
        lon: west + (x / (nx - 1)) * (east - west),
        lat: north - (y / (ny - 1)) * (north - south),
        heightM: heights[y * nx + x] as number,
        rise,
      });
    }
  }
  return found.sort((a, b) => b.rise - a.rise).slice(0, most);
}

/** Metres a cell stands over the lowest around it, or −1 where it is no top. */
function riseAt({ nx, heights }: HeightGrid, x: number, y: number): number {
  const top = heights[y * nx + x] as number;
  let lowest = top;
  for (let dy = -REACH; dy <= REACH; dy++) {
    for (let dx = -REACH; dx <= REACH; dx++) {
      const other = heights[(y + dy) * nx + x + dx] as number;
      // Of equal neighbours the first one is the top.
      if (other > top || (other === top && (dy < 0 || (dy === 0 && dx < 0)))) return -1;
      if (other < lowest) lowest = other;
    }
  }
  return top - lowest;
}
