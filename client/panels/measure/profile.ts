// The ground along a line: heights out of the city's grid, what they come to, and the drawing of them.
import type { LonLat } from '../../../contracts/column.ts';
import { samplesAlong } from '../../geodesy.ts';

export interface ProfilePoint {
  readonly alongM: number;
  readonly heightM: number;
}

export interface Profile {
  readonly points: readonly ProfilePoint[];
  readonly lowestM: number;
  readonly highestM: number;
  /** Sums of all that goes up and down along the line. */
  readonly climbM: number;
  readonly descentM: number;
}

const SAMPLES = 240;

/** @param heightOf metres at a place */
export function profileOf(line: readonly LonLat[], heightOf: (at: LonLat) => number): Profile {
  const points = samplesAlong(line, SAMPLES).map(({ at, alongM }) => ({ alongM, heightM: heightOf(at) }));
  let [climbM, descentM] = [0, 0];
  for (let i = 1; i < points.length; i++) {
    const change = (points[i]?.heightM ?? 0) - (points[i - 1]?.heightM ?? 0);
    if (change > 0) climbM += change;
    else descentM -= change;
  }
  const heights = points.map(({ heightM }) => heightM);
  return { points, lowestM: Math.min(...heights), highestM: Math.max(...heights), climbM, descentM };
}

export interface ChartBox {
  readonly width: number;
  readonly height: number;
}

export interface ProfileDrawing {
  /** SVG path of the ground, and of the area under it. */
  readonly line: string;
  readonly area: string;
  readonly yTicks: readonly { readonly y: number; readonly value: number }[];
  readonly xTicks: readonly { readonly x: number; readonly value: number }[];
  xOf(alongM: number): number;
  yOf(heightM: number): number;
}

/** Ground in a box: the least height is never at the bottom line, and a flat line is not blown up to mountains. */
export function drawProfile(profile: Profile, { width, height }: ChartBox): ProfileDrawing {
  const total = profile.points.at(-1)?.alongM ?? 0;
  const span = Math.max(50, (profile.highestM - profile.lowestM) * 1.25);
  const step = niceStep(span / 3);
  const floor = Math.floor((profile.lowestM - span * 0.08) / step) * step;
  const top = Math.ceil((floor + span * 1.1) / step) * step;
  const xOf = (alongM: number): number => (total === 0 ? 0 : (alongM / total) * width);
  const yOf = (heightM: number): number => height - ((heightM - floor) / (top - floor)) * height;
  const line = profile.points
    .map(
      ({ alongM, heightM }, i) =>
        `${i === 0 ? 'M' : 'L'}${xOf(alongM).toFixed(1)} ${yOf(heightM).toFixed(1)}`,
    )
    .join(' ');
  const xStep = niceStep(total / 4);
  return {
    line,
    area: `${line} L${width} ${height} L0 ${height} Z`,
    yTicks: ticks(floor, top, step).map((value) => ({ value, y: yOf(value) })),
    xTicks: ticks(0, total, xStep).map((value) => ({ value, x: xOf(value) })),
    xOf,
    yOf,
  };
}

/** 1, 2 or 5 times a power of ten, not below `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1e-9)));
  const part = least / power;
  return (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10) * power;
}

function ticks(from: number, to: number, step: number): number[] {
  const count = Math.floor((to - from) / step + 1e-9);
  return Array.from({ length: count + 1 }, (_, i) => from + i * step);
}

/** The point of a profile nearest to a distance along it. */
export function pointAt(profile: Profile, alongM: number): ProfilePoint {
  const total = profile.points.at(-1)?.alongM ?? 0;
  const index = total === 0 ? 0 : Math.round((alongM / total) * (profile.points.length - 1));
  const clamped = Math.min(Math.max(index, 0), profile.points.length - 1);
  return profile.points[clamped] ?? { alongM: 0, heightM: 0 };
}
