// How much of each cell of a grid an area covers: scan lines across the rows, exact along them, even–odd over all rings.
import type { Polygons } from './port.ts';

export interface CellGrid {
  readonly west: number;
  readonly south: number;
  readonly stepLon: number;
  readonly stepLat: number;
  readonly nx: number;
  readonly ny: number;
}

/** Lines across an area, at least: one that is thinner than a cell is not missed. */
const LINES_ACROSS = 48;
const LEAST_A_ROW = 6;
const MOST_A_ROW = 256;

interface Edge {
  readonly x0: number;
  readonly y0: number;
  readonly y1: number;
  readonly slope: number;
}

/**
 * Calls `each` for every cell that is touched, with the covered share above 0, up to 1.
 * @param polygons degrees; outside the grid nothing is covered
 */
export function coverOf(
  grid: CellGrid,
  polygons: Polygons,
  each: (cell: number, share: number) => void,
): void {
  const edges = edgesOf(grid, polygons);
  if (edges.length === 0) return;
  let [low, high] = [Infinity, -Infinity];
  for (const { y0, y1 } of edges) {
    low = Math.min(low, y0);
    high = Math.max(high, y1);
  }
  const lines = Math.min(MOST_A_ROW, Math.max(LEAST_A_ROW, Math.ceil(LINES_ACROSS / (high - low))));
  // From the bottom up: rows look only at edges that have begun.
  edges.sort((a, b) => a.y0 - b.y0);
  const cover = new Float64Array(grid.nx);
  const first = Math.max(0, Math.floor(low));
  const last = Math.min(grid.ny - 1, Math.floor(high));
  let begun = 0;
  let of: Edge[] = [];
  for (let row = first; row <= last; row++) {
    of = of.filter(({ y1 }) => y1 > row);
    for (; begun < edges.length && (edges[begun] as Edge).y0 < row + 1; begun++)
      if ((edges[begun] as Edge).y1 > row) of.push(edges[begun] as Edge);
    for (let line = 0; line < lines; line++) addLine(cover, of, row + (line + 0.5) / lines);
    for (let x = 0; x < grid.nx; x++) {
      const share = (cover[x] as number) / lines;
      if (share > 0) each(row * grid.nx + x, Math.min(1, share));
    }
    cover.fill(0);
  }
}

/** In cells from the south-west corner, from bottom to top. */
function edgesOf({ west, south, stepLon, stepLat }: CellGrid, polygons: Polygons): Edge[] {
  const edges: Edge[] = [];
  for (const ring of polygons.flat()) {
    for (let i = 0; i < ring.length; i++) {
      const [a, b] = [ring[i], ring[(i + 1) % ring.length]];
      if (!a || !b || a[1] === b[1]) continue;
      const [from, to] = a[1] < b[1] ? [a, b] : [b, a];
      const [x0, y0] = [(from[0] - west) / stepLon, (from[1] - south) / stepLat];
      const [x1, y1] = [(to[0] - west) / stepLon, (to[1] - south) / stepLat];
      edges.push({ x0, y0, y1, slope: (x1 - x0) / (y1 - y0) });
    }
  }
  return edges;
}

function addLine(cover: Float64Array, edges: readonly Edge[], y: number): void {
  const crossings: number[] = [];
  for (const { x0, y0, y1, slope } of edges) if (y0 <= y && y < y1) crossings.push(x0 + (y - y0) * slope);
  crossings.sort((a, b) => a - b);
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const from = Math.max(0, crossings[i] as number);
    const to = Math.min(cover.length, crossings[i + 1] as number);
    for (let x = Math.floor(from); x < to; x++)
      cover[x] = (cover[x] as number) + Math.min(to, x + 1) - Math.max(from, x);
  }
}
