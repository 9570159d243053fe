// A small height raster for the client: labels and flat layers find their height without asking the terrain.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Bounds, Dem } from '../dem/grid.ts';
import { KM_PER_DEGREE } from '../dem/grid.ts';
import { writeWhole } from '../terrain/build-terrain.ts';

const STEP_M = 400;
const MARGIN_DEG = 0.15;

export interface HeightGrid {
  format: 'int16-le-gzip';
  unit: 'm';
  /** First sample, north-west; rows go south. Degrees. */
  west: number;
  north: number;
  stepLon: number;
  stepLat: number;
  nx: number;
  ny: number;
  minM: number;
  maxM: number;
  synthetic: boolean;
  note: { zh: string; en: string };
}

/** Writes height-grid.bin and height-grid.json into the folder. */
export function buildHeights(input: {
  dem: Dem;
  bounds: Bounds;
  folder: string;
  synthetic: boolean;
  note: { zh: string; en: string };
}): { bytes: number; contentHash: string } {
  const { dem, bounds, folder } = input;
  const west = bounds.west - MARGIN_DEG;
  const north = bounds.north + MARGIN_DEG;
  const middle = ((bounds.south + bounds.north) / 2) * (Math.PI / 180);
  const stepLat = STEP_M / 1000 / KM_PER_DEGREE;
  const stepLon = stepLat / Math.cos(middle);
  const nx = Math.ceil((bounds.east + MARGIN_DEG - west) / stepLon) + 1;
  const ny = Math.ceil((north - bounds.south + MARGIN_DEG) / stepLat) + 1;
  const values = new Int16Array(nx * ny);
  for (let i = 0; i < values.length; i++) {
    const x = i % nx;
    values[i] = Math.round(dem.heightAt(west + x * stepLon, north - ((i - x) / nx) * stepLat));
  }
  const bytes = gzipSync(new Uint8Array(values.buffer), { level: 9 });
  const head: HeightGrid = {
    format: 'int16-le-gzip',
    unit: 'm',
    west,
    north,
    stepLon,
    stepLat,
    nx,
    ny,
    minM: values.reduce((a, b) => Math.min(a, b), 32767),
    maxM: values.reduce((a, b) => Math.max(a, b), -32768),
    synthetic: input.synthetic,
    note: input.note,
  };
  writeWhole(join(folder, 'height-grid.bin'), bytes);
  writeWhole(join(folder, 'height-grid.json'), Buffer.from(JSON.stringify(head, null, 1)));
  return { bytes: bytes.length, contentHash: createHash('sha256').update(bytes).digest('hex') };
}
