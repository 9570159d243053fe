// Units per km² on a grid of the ground: binned, smoothed by three box filters (close to a Gauss filter), and written as
// the place of the value between the steps of the legend.
import { LEG_WRAP_S, NO_FORM, RECORD_BYTES, RECORD_FLOATS, legFraction, wrapped } from '../glyphs/record.ts';
import type { GroundBox } from '../../shapes.ts';
import type { Points } from './group-grid.ts';

/** Cells the box filter reaches to each side, three times over. */
const REACH = 1;
const PASSES = 3;

/** A box of cells of about `cellM` over the bounds of the plane. */
export function densityBox(bounds: readonly [number, number, number, number], cellM: number): GroundBox {
  const [west, south, east, north] = bounds;
  const nx = Math.max(1, Math.ceil((east - west) / cellM));
  const ny = Math.max(1, Math.ceil((north - south) / cellM));
  return { west, south, width: nx * cellM, height: ny * cellM, nx, ny };
}

/** Units per km² by cell, south row first. */
export function densityOf(points: Points, box: GroundBox, nowS: number): Float32Array {
  const cells = new Float32Array(box.nx * box.ny);
  const { floats: f, bytes, highWater } = points;
  const now = wrapped(nowS, LEG_WRAP_S);
  const perX = box.nx / box.width;
  const perY = box.ny / box.height;
  for (let slot = 0; slot < highWater; slot++) {
    if (bytes[slot * RECORD_BYTES + 32] === NO_FORM) continue;
    const at = slot * RECORD_FLOATS;
    const dt = f[at + 5] as number;
    const part = dt > 0 ? legFraction(now, f[at + 4] as number, dt) : 1;
    const x = (f[at] as number) + ((f[at + 2] as number) - (f[at] as number)) * part;
    const y = (f[at + 1] as number) + ((f[at + 3] as number) - (f[at + 1] as number)) * part;
    const column = Math.floor((x - box.west) * perX);
    const row = Math.floor((y - box.south) * perY);
    if (column < 0 || row < 0 || column >= box.nx || row >= box.ny) continue;
    const cell = row * box.nx + column;
    cells[cell] = (cells[cell] as number) + 1;
  }
  smooth(cells, box);
  const perKm2 = 1e6 / ((box.width / box.nx) * (box.height / box.ny));
  for (let i = 0; i < cells.length; i++) cells[i] = (cells[i] as number) * perKm2;
  return cells;
}

function smooth(cells: Float32Array, { nx, ny }: GroundBox): void {
  const line = new Float32Array(Math.max(nx, ny));
  for (let pass = 0; pass < PASSES; pass++) {
    for (let row = 0; row < ny; row++) filter(cells, { line, from: row * nx, step: 1, count: nx });
    for (let column = 0; column < nx; column++) filter(cells, { line, from: column, step: nx, count: ny });
  }
}

interface Run {
  readonly line: Float32Array;
  readonly from: number;
  readonly step: number;
  readonly count: number;
}

/** Mean over 2 REACH + 1 cells along one line; what would leave the box stays out. */
function filter(cells: Float32Array, { line, from, step, count }: Run): void {
  const width = 2 * REACH + 1;
  let sum = 0;
  for (let i = 0; i < Math.min(REACH, count); i++) sum += cells[from + i * step] as number;
  for (let i = 0; i < count; i++) {
    if (i + REACH < count) sum += cells[from + (i + REACH) * step] as number;
    if (i - REACH - 1 >= 0) sum -= cells[from + (i - REACH - 1) * step] as number;
    line[i] = sum / width;
  }
  for (let i = 0; i < count; i++) cells[from + i * step] = Math.max(0, line[i] as number);
}

/** 0 to 1 by the steps of a legend: i/n at step i − 1, so that classes are equally far apart in colour. */
export function alongSteps(value: number, steps: readonly number[]): number {
  if (!(value > 0)) return 0;
  let low = 0;
  for (let i = 0; i < steps.length; i++) {
    const high = steps[i] as number;
    if (value < high) return (i + (value - low) / (high - low)) / steps.length;
    low = high;
  }
  return 1;
}

/** Cells as bytes for a texture. */
export function encodeSteps(cells: Float32Array, steps: readonly number[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(cells.length);
  for (let i = 0; i < cells.length; i++) out[i] = Math.round(alongSteps(cells[i] as number, steps) * 255);
  return out;
}
