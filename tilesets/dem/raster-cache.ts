// Keeps a synthesised raster on disk, so that an interrupted build does not make it twice. A seventh of a metre, gzip.
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { writeWhole } from '../terrain/build-terrain.ts';
import type { Grid } from './grid.ts';

// Sixteen bits hold −500 to 8,862 m in steps of a seventh of a metre.
const PER_METRE = 7;
const LOWEST_M = -500;

const toStep = (h: number): number => Math.min(65535, Math.max(0, Math.round((h - LOWEST_M) * PER_METRE)));
const toHeight = (step: number): number => step / PER_METRE + LOWEST_M;

interface Head {
  inputs: string;
  west: number;
  north: number;
  stepLon: number;
  stepLat: number;
  nx: number;
  ny: number;
}

export function writeRaster(file: string, grid: Grid, inputs: string): void {
  const { z, ...shape } = grid;
  const steps = Uint16Array.from(z, toStep);
  writeWhole(file, gzipSync(new Uint8Array(steps.buffer), { level: 1 }));
  const head: Head = { inputs, ...shape };
  writeWhole(`${file}.json`, Buffer.from(JSON.stringify(head)));
}

/** Undefined when there is none, or one made from other facts than `inputs` (left out: any). */
export function readRaster(file: string, inputs?: string): Grid | undefined {
  if (!existsSync(file) || !existsSync(`${file}.json`)) return undefined;
  const head = JSON.parse(readFileSync(`${file}.json`, 'utf8')) as Head;
  if (inputs !== undefined && head.inputs !== inputs) return undefined;
  const bytes = gunzipSync(readFileSync(file));
  const steps = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
  const { inputs: _made, ...shape } = head;
  return { ...shape, z: Float32Array.from(steps, toHeight) };
}

/** What a raster is after a round through the file: builds from memory and from the cache are the same. */
export function rounded(grid: Grid): Grid {
  return { ...grid, z: grid.z.map((h) => toHeight(toStep(h))) };
}
