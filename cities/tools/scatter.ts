// Where a made-up station may stand: near its town, inside its county, on dry land; and how high that place is.
import { alongLine, insideRing, metresBetween, offset, roundPoint, type Point } from '../geometry.ts';
import type { Random } from './random.ts';
import { pointOf, type Source } from './source.ts';

const TRIES = 60; // enough for a town on a narrow border strip; then the town's own position is taken
const NEIGHBOURS = 4; // heights known around a place; more would flatten the valleys

export type Scatter = (random: Random, around: Point, radiusM: [number, number]) => Point;

export function createScatter(source: Source): Scatter {
  const lakes = source
    .features('lakes.geojson')
    .map((lake) => (lake.geometry.coordinates as Point[][])[0] ?? []);
  return (random, around, [least, most]) => {
    const county = source.countyOf(around);
    for (let i = 0; i < TRIES; i++) {
      const angle = random() * 2 * Math.PI;
      const far = least + (most - least) * Math.sqrt(random());
      const point = roundPoint(offset(around, far * Math.cos(angle), far * Math.sin(angle)));
      if (source.countyOf(point) === county && !lakes.some((ring) => insideRing(point, ring))) return point;
    }
    return roundPoint(around);
  };
}

/** Height in metres by inverse distance from the heights the package knows: seats, peaks and normal water levels. */
export function createElevation(source: Source): (point: Point) => number {
  const known: { at: Point; heightM: number }[] = [];
  for (const { properties } of source.features('counties.geojson')) {
    const seat = properties['seat'] as { lon: number; lat: number; elevationM: number };
    known.push({ at: [seat.lon, seat.lat], heightM: seat.elevationM });
  }
  for (const row of source.table('peaks.csv'))
    known.push({ at: pointOf(row), heightM: Number(row['elevationM']) });
  for (const row of source.table('stations/river-gauges.csv')) {
    known.push({ at: pointOf(row), heightM: Number(row['normalM']) + 8 });
  }
  return (point) => {
    const near = known.map(({ at, heightM }) => ({ heightM, km: metresBetween(at, point) / 1000 + 0.2 }));
    near.sort((a, b) => a.km - b.km);
    const used = near.slice(0, NEIGHBOURS);
    const weight = used.reduce((sum, { km }) => sum + 1 / km ** 2, 0);
    return Math.round(used.reduce((sum, { km, heightM }) => sum + heightM / km ** 2, 0) / weight);
  };
}

/** Evenly spaced places along a line that lie inside the city, with their kilometre mark. */
export function placesAlong(source: Source, line: readonly Point[], count: number) {
  const lengthM = line.slice(1).reduce((sum, p, i) => sum + metresBetween(line[i] as Point, p), 0);
  const fine = 400; // share steps searched for the part of the line inside the city
  const inside = Array.from({ length: fine + 1 }, (_, i) => i / fine).filter(
    (share) => source.countyOf(alongLine(line, share)) !== source.code,
  );
  return Array.from({ length: count }, (_, i) => {
    const share = inside[Math.floor(((i + 0.5) / count) * inside.length)] ?? 0.5;
    return { at: roundPoint(alongLine(line, share)), km: Math.round((share * lengthM) / 1000) };
  });
}

export function lineLengthKm(line: readonly Point[]): number {
  return line.slice(1).reduce((sum, p, i) => sum + metresBetween(line[i] as Point, p), 0) / 1000;
}
