// What erosion does not make by itself: how high the ridges reach, tilted beds, plateaus, benches, named peaks.
import type { HeightPoint } from '../city/read-city.ts';
import type { Land } from './erosion.ts';
import { createNoise, seedOf, type Noise } from './noise.ts';
import type { Facts } from './pins.ts';
import { footOn } from './plane.ts';
import type { Cuesta, Plateau } from './read-relief.ts';

export interface Field {
  nx: number;
  ny: number;
  /** Plane position of the first node and step, km; y grows to the north, rows go south. */
  x0: number;
  y0: number;
  stepX: number;
  stepY: number;
  v: Float32Array;
}

export function readField(field: Field, x: number, y: number): number {
  const fx = Math.min(field.nx - 1.001, Math.max(0, (x - field.x0) / field.stepX));
  const fy = Math.min(field.ny - 1.001, Math.max(0, (field.y0 - y) / field.stepY));
  const ix = Math.floor(fx);
  const iy = Math.floor(fy);
  const k = iy * field.nx + ix;
  const { v, nx } = field;
  const top = v[k]! + (fx - ix) * (v[k + 1]! - v[k]!);
  const bottom = v[k + nx]! + (fx - ix) * (v[k + nx + 1]! - v[k + nx]!);
  return top + (fy - iy) * (bottom - top);
}

/** Height the summits reach at a place: control points and peaks, nearer ones count more (Shepard, 1968). */
export function summitHeight(facts: Facts): (x: number, y: number) => number {
  const { plane, relief, city } = facts;
  const points = relief.summits.map(([lon, lat, h]) => [plane.x(lon), plane.y(lat), h] as const);
  for (const peak of city.peaks) points.push([plane.x(peak.at[0]), plane.y(peak.at[1]), peak.heightM * 0.97]);
  const noise = createNoise(seedOf(`${relief.seed}/summits`));
  return (x, y) => {
    let sum = 0;
    let weights = 0;
    for (const [px, py, h] of points) {
      const d2 = (x - px) ** 2 + (y - py) ** 2 + 16;
      const w = 1 / (d2 * Math.sqrt(d2));
      sum += w * h;
      weights += w;
    }
    const height = weights === 0 ? 900 : sum / weights;
    return height * (1 + 0.05 * noise.fractal(x / 17, y / 17, 2));
  };
}

/** Where a peak is named the rock is harder and rises faster, so that erosion leaves a summit there. */
export function peakRock(facts: Facts): (x: number, y: number) => number {
  const peaks = facts.city.peaks.map(
    (peak) => [facts.plane.x(peak.at[0]), facts.plane.y(peak.at[1])] as const,
  );
  return (x, y) => {
    let sum = 0;
    for (const [px, py] of peaks) {
      const d2 = (x - px) ** 2 + (y - py) ** 2;
      if (d2 < 36) sum += Math.exp(-d2 / 5);
    }
    return Math.min(1, sum);
  };
}

/** Raises tilted beds: a wall on the left of the line, an even slope on the right; valley floors stay. */
export function raiseCuesta(
  land: Land,
  place: (i: number) => [number, number],
  input: { facts: Facts; cuesta: Cuesta; base: Field },
): void {
  const { facts, cuesta, base } = input;
  const { plane, relief } = facts;
  const line = Float64Array.from(cuesta.line.flatMap(([lon, lat]) => [plane.x(lon), plane.y(lat)]));
  const reach = cuesta.slopeKm + 3;
  const noise = createNoise(seedOf(`${relief.seed}/cuesta/${cuesta.line.length}/${cuesta.slopeKm}`));
  const alongs = alongVertices(line);
  const total = alongs[alongs.length - 1]!;
  const gaps = cuesta.gaps.map((gap) => ({ ...gap, x: plane.x(gap.at[0]), y: plane.y(gap.at[1]) }));
  const box = boxOf(line, reach);
  for (let i = 0; i < land.z.length; i++) {
    if (land.fixed[i] === land.fixed[i]) continue;
    const [x, y] = place(i);
    if (x < box.x0 || x > box.x1 || y < box.y0 || y > box.y1) continue;
    const foot = footOn(line, x, y);
    if (foot.distance > reach) continue;
    const scallop = 0.55 * noise.fractal(x / 2.6, y / 2.6, 4);
    const d = -foot.offset + scallop;
    const profile = d < 0 ? Math.exp(-((d / cuesta.wallKm) ** 2)) : Math.max(0, 1 - d / cuesta.slopeKm);
    const ends = Math.min(1, Math.min(foot.along, total - foot.along) / 4 + 0.05);
    if (foot.along <= 0 || foot.along >= total) continue;
    const low = readField(base, x, y);
    const crest = along(alongs, cuesta.crestM, foot.along) + 90 * noise.fractal(foot.along / 2.2, 7.3, 3);
    const free = Math.min(1, Math.max(0, (land.z[i]! - low - 5) / 130));
    let target = low + (crest - low) * profile;
    for (const gap of gaps) {
      const open = Math.exp(-(((x - gap.x) ** 2 + (y - gap.y) ** 2) / gap.widthKm ** 2));
      target = target + (Math.min(target, gap.floorM) - target) * open;
      land.z[i] = land.z[i]! + (Math.min(land.z[i]!, gap.floorM) - land.z[i]!) * open;
    }
    if (target > land.z[i]!) land.z[i]! += (target - land.z[i]!) * free * ends * (3 - 2 * free) * free;
    if (d < -cuesta.wallKm && d > -3) {
      const hollow = Math.exp(-(((d + 1.5) / 0.8) ** 2)) * 0.35 * ends;
      land.z[i]! -= Math.max(0, land.z[i]! - low) * hollow;
    }
  }
}

function boxOf(line: Float64Array, reach: number): { x0: number; x1: number; y0: number; y1: number } {
  const box = { x0: Infinity, x1: -Infinity, y0: Infinity, y1: -Infinity };
  for (let k = 0; k < line.length; k += 2) {
    box.x0 = Math.min(box.x0, line[k]! - reach);
    box.x1 = Math.max(box.x1, line[k]! + reach);
    box.y0 = Math.min(box.y0, line[k + 1]! - reach);
    box.y1 = Math.max(box.y1, line[k + 1]! + reach);
  }
  return box;
}

function alongVertices(line: Float64Array): number[] {
  const out = [0];
  for (let k = 0; k + 3 < line.length; k += 2) {
    out.push(out[out.length - 1]! + Math.hypot(line[k + 2]! - line[k]!, line[k + 3]! - line[k + 1]!));
  }
  return out;
}

function along(stations: number[], values: number[], at: number): number {
  const k = Math.max(
    1,
    stations.findIndex((s) => s >= at),
  );
  const share = (at - stations[k - 1]!) / Math.max(1e-9, stations[k]! - stations[k - 1]!);
  return values[k - 1]! + share * (values[k]! - values[k - 1]!);
}

/** Flattens the top of a plateau; gorges well below it stay. */
export function flattenPlateau(
  land: Land,
  place: (i: number) => [number, number],
  input: { facts: Facts; plateau: Plateau },
): void {
  const { facts, plateau } = input;
  const cx = facts.plane.x(plateau.centre[0]);
  const cy = facts.plane.y(plateau.centre[1]);
  const noise = createNoise(seedOf(`${facts.relief.seed}/plateau`));
  for (let i = 0; i < land.z.length; i++) {
    if (land.fixed[i] === land.fixed[i]) continue;
    const [x, y] = place(i);
    const r =
      Math.hypot((x - cx) / plateau.radiusKm[0], (y - cy) / plateau.radiusKm[1]) +
      0.25 * noise.fractal(x / 6, y / 6, 3);
    if (r >= 1) continue;
    const inside = Math.min(1, (1 - r) * 2.5);
    const top = plateau.topM + 90 * noise.fractal(x / 4, y / 4, 2);
    const gap = land.z[i]! - top;
    // Above the top everything is pressed down; below it, the first 450 m are lifted, deeper gorges are left.
    const pressed =
      gap > 0
        ? top + gap * plateau.keep
        : gap > -450
          ? top + gap * (plateau.keep + (1 - plateau.keep) * (gap / -450) ** 2)
          : land.z[i]!;
    land.z[i]! += (pressed - land.z[i]!) * inside;
  }
}

/** Level beds weather into steps: treads and risers along the contours. */
export function stepBenches(
  heightM: number,
  input: { stepM: number; strength: number; noise: Noise; x: number; y: number },
): number {
  const { stepM, strength, noise, x, y } = input;
  const tilt = 30 * noise.at(x / 14, y / 14);
  const t = (heightM + tilt) / stepM;
  const whole = Math.floor(t);
  const part = t - whole;
  const stepped = part < 0.62 ? part * 0.35 : 0.217 + (part - 0.62) * (0.783 / 0.38);
  return heightM + (whole + stepped - t) * stepM * strength;
}

/** Brings the land to the height of each named peak with a smooth swell; exact at the peak. */
export function meetPeaks(facts: Facts, land: Land, frame: { x0: number; y0: number }): void {
  const at = (peak: HeightPoint): [number, number] => [
    (facts.plane.x(peak.at[0]) - frame.x0) / land.cellX,
    (frame.y0 - facts.plane.y(peak.at[1])) / land.cellY,
  ];
  for (const peak of facts.city.peaks) {
    const [px, py] = at(peak);
    const ix = Math.round(px);
    const iy = Math.round(py);
    if (ix < 2 || iy < 2 || ix > land.nx - 3 || iy > land.ny - 3) continue;
    const missing = peak.heightM - land.z[iy * land.nx + ix]!;
    const radius = Math.min(4.5, Math.max(0.35, Math.abs(missing) / 220));
    const rx = Math.ceil((3 * radius) / land.cellX);
    const ry = Math.ceil((3 * radius) / land.cellY);
    for (let y = Math.max(0, iy - ry); y <= Math.min(land.ny - 1, iy + ry); y++) {
      for (let x = Math.max(0, ix - rx); x <= Math.min(land.nx - 1, ix + rx); x++) {
        const i = y * land.nx + x;
        if (land.fixed[i] === land.fixed[i]) continue;
        const d = Math.hypot((x - ix) * land.cellX, (y - iy) * land.cellY) / radius;
        const swell = Math.exp(-(d ** 1.5));
        // Around the peak nothing stands higher than the peak itself.
        const raised = land.z[i]! + missing * swell;
        const above = d > 0 ? Math.max(0, raised - peak.heightM + 4) : 0;
        land.z[i] = raised - above * Math.min(1, Math.max(0, 1.25 - d / 1.6));
      }
    }
  }
}
