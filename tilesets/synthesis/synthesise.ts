// Makes a height raster from a city's facts: coarse erosion first, then finer and finer, facts pinned all the way.
import type { City } from '../city/read-city.ts';
import type { Grid } from '../dem/grid.ts';
import { creep, drain, erode, floodPits, type Drainage, type Land } from './erosion.ts';
import { createNoise, seedOf } from './noise.ts';
import { burnPins, createFrame, gatherFacts, type Facts, type Pins } from './pins.ts';
import type { Relief } from './read-relief.ts';
import { planeOf } from './river-profile.ts';
import {
  flattenPlateau,
  meetPeaks,
  peakRock,
  raiseCuesta,
  readField,
  stepBenches,
  summitHeight,
  type Field,
} from './structure.ts';

export interface Request {
  city: City;
  relief: Relief;
  /** Degrees between samples. */
  stepDeg: number;
  /** Told about once a second: 0..1. */
  progress(share: number): void;
}

// Rounds of erosion on each raster, from the coarsest (16 samples wide) to the finest.
const STAGES = [
  { factor: 16, rounds: 40, strength: 4, creep: 0 },
  { factor: 8, rounds: 24, strength: 4, creep: 0.02 },
  { factor: 4, rounds: 20, strength: 2.5, creep: 0.08 },
  { factor: 2, rounds: 12, strength: 1.2, creep: 0.15 },
  { factor: 1, rounds: 5, strength: 0.4, creep: 0.18 },
];

export function synthesise(request: Request): { grid: Grid; facts: Facts } {
  const { city, relief, stepDeg } = request;
  const facts = gatherFacts(city, relief, planeOf(city));
  const frame = outerGrid(city, relief, stepDeg);
  const summit = createSummitField(facts, frame);
  let land: Land | undefined;
  let grid = frame;
  let done = 0;
  const all = STAGES.reduce((sum, stage) => sum + cost(stage), 0);
  for (const stage of STAGES) {
    const before = grid;
    grid = coarser(frame, stage.factor);
    const pins = burnPins(facts, grid);
    land = prepare({ facts, grid, pins, summit }, land ? { land, grid: before } : undefined);
    floodPits(land);
    let tree: Drainage | undefined;
    for (let round = 0; round < stage.rounds; round++) {
      tree = drain(land, seedOf(relief.seed) + (round >> 2));
      erode(land, tree, stage.strength * STRENGTH);
      creep(land, tree, stage.creep);
      request.progress((done + (cost(stage) * (round + 1)) / stage.rounds) / all);
    }
    done += cost(stage);
    if (stage.factor === 2 && tree) shape(land, tree, { facts, grid, summit });
    if (stage.factor === 1 && tree) finish(land, tree, { facts, grid, pins });
  }
  return { grid: { ...grid, z: land!.z }, facts };
}

// Erosion strength for which the summits of most places stay near the wanted height; the rest is scaled in shape().
const STRENGTH = 0.16;

const cost = (stage: { factor: number; rounds: number }): number => (stage.rounds + 2) / stage.factor ** 2;

interface Scene {
  facts: Facts;
  grid: Grid;
  summit: Field;
}

function outerGrid(city: City, relief: Relief, stepDeg: number): Grid {
  const { west, south, east, north } = city.bounds;
  const margin = relief.marginDeg;
  // A multiple of 16 cells, on the lattice of the tiles, so that every coarser raster shares its nodes.
  const unit = stepDeg * 16;
  const w = Math.floor((west - margin + 180) / unit) * unit - 180;
  const n = 90 - Math.floor((90 - north - margin) / unit) * unit;
  const nx = Math.ceil((east + margin - w) / unit) * 16 + 1;
  const ny = Math.ceil((n - south + margin) / unit) * 16 + 1;
  return { west: w, north: n, stepLon: stepDeg, stepLat: stepDeg, nx, ny, z: new Float32Array(0) };
}

function coarser(grid: Grid, factor: number): Grid {
  const nx = (grid.nx - 1) / factor + 1;
  const ny = (grid.ny - 1) / factor + 1;
  return {
    ...grid,
    stepLon: grid.stepLon * factor,
    stepLat: grid.stepLat * factor,
    nx,
    ny,
    z: new Float32Array(0),
  };
}

function createSummitField(facts: Facts, frame: Grid): Field {
  const grid = coarser(frame, 16);
  const box = createFrame(facts.plane, grid);
  const summitAt = summitHeight(facts);
  const valleyAt = valleyShare(facts);
  const heightAt = (x: number, y: number): number => valleyAt(x, y, summitAt(x, y));
  const v = new Float32Array(grid.nx * grid.ny);
  for (let i = 0; i < v.length; i++) {
    const ix = i % grid.nx;
    v[i] = heightAt(box.x0 + ix * box.cellX, box.y0 - ((i - ix) / grid.nx) * box.cellY);
  }
  return { nx: grid.nx, ny: grid.ny, x0: box.x0, y0: box.y0, stepX: box.cellX, stepY: box.cellY, v };
}

// How far the land leans towards a river, km, and how much of the height is gone at its bank, by order.
const LEAN_KM = [6, 6, 5, 3.5, 3];
const LEAN_SHARE = [0.55, 0.55, 0.5, 0.4, 0.3];

/** Lowers the summits towards the rivers, so that the great valleys read from far. */
function valleyShare(facts: Facts): (x: number, y: number, top: number) => number {
  const points = facts.channels.flatMap((channel) =>
    Array.from({ length: Math.ceil(channel.x.length / 12) }, (_, k) => ({
      x: channel.x[k * 12]!,
      y: channel.y[k * 12]!,
      level: channel.level[k * 12]!,
      reach: LEAN_KM[Math.min(4, channel.order)]!,
      share: LEAN_SHARE[Math.min(4, channel.order)]!,
    })),
  );
  return (x, y, top) => {
    let lowest = top;
    for (const p of points) {
      const d = Math.hypot(x - p.x, y - p.y) / p.reach;
      if (d < 3) lowest = Math.min(lowest, top - Math.max(0, top - p.level) * p.share * Math.exp(-d * d));
    }
    return lowest;
  };
}

/** A raster at its first level from noise, at finer ones from the coarser land with fresh detail. */
function prepare(scene: Scene & { pins: Pins }, from: { land: Land; grid: Grid } | undefined): Land {
  const { facts, grid, pins, summit } = scene;
  const box = createFrame(facts.plane, grid);
  const size = grid.nx * grid.ny;
  const land: Land = {
    nx: grid.nx,
    ny: grid.ny,
    cellX: box.cellX,
    cellY: box.cellY,
    z: new Float32Array(size),
    fixed: pins.level,
    uplift: new Float32Array(size),
    weakness: new Float32Array(size),
  };
  const rough = createNoise(seedOf(`${facts.relief.seed}/rough/${Math.round(box.cellX * 1000)}`));
  const rock = createNoise(seedOf(`${facts.relief.seed}/rock`));
  const peakAt = peakRock(facts);
  const bend = createNoise(seedOf(`${facts.relief.seed}/bend/${Math.round(box.cellX * 1000)}`));
  for (let i = 0; i < size; i++) {
    const ix = i % grid.nx;
    const iy = (i - ix) / grid.nx;
    const x = box.x0 + ix * box.cellX;
    const y = box.y0 - iy * box.cellY;
    const top = readField(summit, x, y);
    // Beds strike north-east: hard and weak rock alternate across them.
    const across = (x - y) * 0.7071;
    const strike = (x + y) * 0.7071;
    const bed = rock.fractal(across / 5 + 0.8 * rock.at(x / 20, y / 20), strike / 26, 2);
    land.weakness[i] = Math.exp(1.1 * bed + 0.3 * rough.at(x / (2.3 * box.cellX), y / (2.3 * box.cellY)));
    const peak = peakAt(x, y);
    land.weakness[i]! *= Math.exp(-1.5 * peak);
    land.uplift[i] = 0.045 * Math.max(60, top - 380) * (1 + 0.5 * peak);
    const detail =
      rough.at(x / (3.1 * box.cellX), y / (3.1 * box.cellY)) +
      0.6 * rough.at(x / (1.7 * box.cellX), y / (1.7 * box.cellY) + 50);
    if (!from) land.z[i] = 380 + (top - 380) * (0.55 + 0.35 * rough.fractal(x / 25, y / 25, 4)) + 20 * detail;
    else {
      // The coarse land is read a little beside its place: straight valleys of the raster become winding ones.
      const free = Math.min(1, pins.channelKm[i]! / (3 * box.cellX + 0.3));
      const u = x / (9 * box.cellX);
      const v = y / (9 * box.cellX);
      const shiftX = free * (1.5 * bend.at(u, v) + 0.7 * bend.at(u * 2.3 + 40, v * 2.3));
      const shiftY = free * (1.5 * bend.at(u + 90, v - 20) + 0.7 * bend.at(u * 2.3, v * 2.3 + 70));
      land.z[i] = finer(from, ix / 2 + shiftX, iy / 2 + shiftY);
      land.z[i]! += detail * Math.min(30, 0.012 * top) * Math.min(1.2, box.cellX * 2);
    }
    const level = pins.level[i]!;
    if (level === level) land.z[i] = level;
    else if (pins.channelLevel[i] === pins.channelLevel[i])
      land.z[i] = Math.max(land.z[i]!, pins.channelLevel[i]! + 1);
  }
  if (facts.channels.length === 0) openEdges(land);
  return land;
}

/** A land without any river drains over its edges. */
function openEdges(land: Land): void {
  for (let i = 0; i < land.z.length; i++) {
    const x = i % land.nx;
    if (x === 0 || x === land.nx - 1 || i < land.nx || i >= land.z.length - land.nx)
      land.fixed[i] = land.z[i]!;
  }
}

function finer(from: { land: Land; grid: Grid }, x: number, y: number): number {
  const { nx, ny, z } = from.land;
  const cx = Math.min(nx - 1, Math.max(0, x));
  const cy = Math.min(ny - 1, Math.max(0, y));
  const ix = Math.min(nx - 2, Math.floor(cx));
  const iy = Math.min(ny - 2, Math.floor(cy));
  const k = iy * nx + ix;
  const top = z[k]! + (cx - ix) * (z[k + 1]! - z[k]!);
  const bottom = z[k + nx]! + (cx - ix) * (z[k + nx + 1]! - z[k + nx]!);
  return top + (cy - iy) * (bottom - top);
}

/** Scales the relief so that the ridges reach their wanted height, then lays the structures over it. */
function shape(land: Land, tree: Drainage, scene: Scene): void {
  const { facts, grid, summit } = scene;
  const box = createFrame(facts.plane, grid);
  const base = baseLevels(land, tree, box);
  const place = (i: number): [number, number] => {
    const ix = i % land.nx;
    return [box.x0 + ix * box.cellX, box.y0 - ((i - ix) / land.nx) * box.cellY];
  };
  const scale = reliefScale(land, base, summit);
  for (let i = 0; i < land.z.length; i++) {
    if (land.fixed[i] === land.fixed[i]) continue;
    const [x, y] = place(i);
    const low = readField(base, x, y);
    if (land.z[i]! > low) land.z[i] = low + (land.z[i]! - low) * readField(scale, x, y);
    const lid = readField(summit, x, y) * LID;
    if (land.z[i]! > lid) land.z[i] = lid + (land.z[i]! - lid) * 0.2;
  }
  for (const plateau of facts.relief.plateaus) flattenPlateau(land, place, { facts, plateau });
  for (const cuesta of facts.relief.cuestas) raiseCuesta(land, place, { facts, cuesta, base });
  meetPeaks(facts, land, box);
}

// Ridges more than this over the wanted height are pressed down.
const LID = 1.03;
const BLOCK = 16;

/** Level of the channel that each cell drains to, smoothed over about 8 km. */
function baseLevels(land: Land, tree: Drainage, box: { x0: number; y0: number }): Field {
  const root = new Float32Array(land.z.length);
  for (let k = 0; k < tree.order.length; k++) {
    const i = tree.order[k]!;
    const r = tree.receiver[i]!;
    root[i] = r === i ? land.z[i]! : root[r]!;
  }
  return smoothField(
    blockField(land, box, { fold: (sum, i) => Math.min(sum, root[i]!), start: Infinity }),
    3,
  );
}

function blockField(
  land: Land,
  box: { x0: number; y0: number },
  { fold, start }: { fold: (value: number, i: number) => number; start: number },
): Field {
  const nx = Math.ceil(land.nx / BLOCK);
  const ny = Math.ceil(land.ny / BLOCK);
  const v = new Float32Array(nx * ny).fill(start);
  for (let y = 0; y < land.ny; y++) {
    for (let x = 0; x < land.nx; x++) {
      const b = Math.floor(y / BLOCK) * nx + Math.floor(x / BLOCK);
      v[b] = fold(v[b]!, y * land.nx + x);
    }
  }
  const half = (BLOCK - 1) / 2;
  return {
    nx,
    ny,
    x0: box.x0 + half * land.cellX,
    y0: box.y0 - half * land.cellY,
    stepX: BLOCK * land.cellX,
    stepY: BLOCK * land.cellY,
    v,
  };
}

function smoothField(field: Field, rounds: number): Field {
  const { nx, ny } = field;
  let v = field.v;
  for (let round = 0; round < rounds; round++) {
    const next = new Float32Array(v.length);
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++) {
        let sum = 0;
        for (let dy = -1; dy <= 1; dy++) {
          for (let dx = -1; dx <= 1; dx++) {
            sum += v[Math.min(ny - 1, Math.max(0, y + dy)) * nx + Math.min(nx - 1, Math.max(0, x + dx))]!;
          }
        }
        next[y * nx + x] = sum / 9;
      }
    }
    v = next;
  }
  return { ...field, v };
}

function reliefScale(land: Land, base: Field, summit: Field): Field {
  const box = { x0: base.x0 - ((BLOCK - 1) / 2) * land.cellX, y0: base.y0 + ((BLOCK - 1) / 2) * land.cellY };
  const top = blockField(land, box, { fold: (value, i) => Math.max(value, land.z[i]!), start: -Infinity });
  const { nx, ny } = top;
  const scale = { ...top, v: new Float32Array(nx * ny) };
  for (let y = 0; y < ny; y++) {
    for (let x = 0; x < nx; x++) {
      let highest = -Infinity;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const k = Math.min(ny - 1, Math.max(0, y + dy)) * nx + Math.min(nx - 1, Math.max(0, x + dx));
          highest = Math.max(highest, top.v[k]!);
        }
      }
      const k = y * nx + x;
      const px = top.x0 + x * top.stepX;
      const py = top.y0 - y * top.stepY;
      const wanted = readField(summit, px, py) - base.v[k]!;
      scale.v[k] = Math.min(3, Math.max(0.6, wanted / Math.max(60, highest - base.v[k]!)));
    }
  }
  return smoothField(scale, 2);
}

/** Steps of level beds, banks not below the river, facts once more. */
function finish(land: Land, tree: Drainage, scene: { facts: Facts; grid: Grid; pins: Pins }): void {
  const { facts, grid, pins } = scene;
  const box = createFrame(facts.plane, grid);
  const { benches } = facts.relief;
  const noise = createNoise(seedOf(`${facts.relief.seed}/benches`));
  for (let i = 0; i < land.z.length; i++) {
    const channel = pins.channelLevel[i]!;
    const level = pins.level[i]!;
    if (level === level) {
      land.z[i] = level;
      continue;
    }
    const weight = Math.min(1, Math.max(0, (benches.belowSummitM - land.z[i]!) / 150));
    if (weight > 0) {
      const ix = i % land.nx;
      const x = box.x0 + ix * box.cellX;
      const y = box.y0 - ((i - ix) / land.nx) * box.cellY;
      land.z[i] = stepBenches(land.z[i]!, {
        stepM: benches.stepM,
        strength: benches.strength * weight,
        noise,
        x,
        y,
      });
    }
    if (channel === channel) land.z[i] = Math.max(land.z[i]!, channel + 2);
  }
  creep(land, tree, 0.05);
  meetPeaks(facts, land, box);
}
