// Where one may build: dry, not too steep, off the main lines; and which way the streets run there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseFeatures, type Ring } from '../city/features.ts';
import type { City } from '../city/read-city.ts';
import type { Dem } from '../dem/grid.ts';
import type { Facts } from '../synthesis/pins.ts';
import type { Plane } from '../synthesis/plane.ts';
import { riverHalfWidthM } from '../water/river-width.ts';
import { createSegmentIndex, type Nearest, type SegmentIndex } from './segments.ts';

export type Line = [number, number][];

export interface Ground {
  plane: Plane;
  heightAt(x: number, y: number): number;
  /** Rise over run. */
  slopeAt(x: number, y: number): number;
  /** Metres to the nearest shore, 0 or less in the water, at most 800. */
  dryAt(x: number, y: number): number;
  /** Metres to the edge of the nearest main road, railway or runway, at most 800. */
  clearAt(x: number, y: number): number;
  /** The nearest road. */
  roadAt(x: number, y: number): Nearest | undefined;
  /** The nearest line that streets follow: a road, else a river. */
  flowAt(x: number, y: number): Nearest | undefined;
  addRoad(line: Line, halfWidthM: number): void;
}

const FAR_M = 800;
// Half the width of the strip nobody builds on, metres.
const ROAD_STRIP_M: Readonly<Record<string, number>> = { expressway: 32, national: 13, street: 11 };
const RAIL_STRIP_M = 18;
// Streets of the list are short pieces inside the city: they are lines to build along.
const DEFAULT_STRIP_M = 10;
// Slope is taken over this distance to both sides, metres: about one step of the synthesised raster.
const SLOPE_REACH_M = 70;
const RUNWAY_HALF_WIDTH_M = 260;

export function createGround(city: City, dem: Dem, facts: Facts): Ground {
  const { plane } = facts;
  const water = createSegmentIndex();
  const strips = createSegmentIndex();
  const roads = createSegmentIndex();
  for (const river of facts.rivers) {
    const line = [...river.x].map((x, i): [number, number] => [x * 1000, river.y[i]! * 1000]);
    for (let i = 0; i + 1 < line.length; i++)
      water.add([line[i]!, line[i + 1]!], riverHalfWidthM(river.order, river.along[i]!));
  }
  for (const { line, kind } of mainLines(city, plane)) {
    const strip = kind === 'rail' ? RAIL_STRIP_M : (ROAD_STRIP_M[kind] ?? DEFAULT_STRIP_M);
    strips.add(line, strip);
    if (kind !== 'rail' && kind !== 'expressway') roads.add(line, strip);
  }
  for (const runway of runways(city, plane)) strips.add(runway, RUNWAY_HALF_WIDTH_M);
  const lakes = city.lakes.map(({ rings }) => toLake(rings, plane));
  for (const { rings } of lakes) for (const ring of rings) water.add(ring, 20);
  const heightAt = (x: number, y: number): number => dem.heightAt(plane.lon(x / 1000), plane.lat(y / 1000));
  const distanceTo = (index: SegmentIndex, x: number, y: number): number =>
    index.nearest(x, y)?.distance ?? FAR_M;
  return {
    plane,
    heightAt,
    slopeAt: (x, y) => {
      const r = SLOPE_REACH_M;
      const east = heightAt(x + r, y) - heightAt(x - r, y);
      const north = heightAt(x, y + r) - heightAt(x, y - r);
      return Math.hypot(east, north) / (2 * r);
    },
    dryAt: (x, y) => (lakes.some((lake) => isInLake(lake, x, y)) ? 0 : distanceTo(water, x, y)),
    clearAt: (x, y) => distanceTo(strips, x, y),
    roadAt: (x, y) => roads.nearest(x, y),
    flowAt: (x, y) => {
      const road = roads.nearest(x, y);
      return road && road.distance < 500 ? road : (water.nearest(x, y) ?? road);
    },
    addRoad: (line, halfWidthM) => {
      roads.add(line, halfWidthM);
      strips.add(line, halfWidthM);
    },
  };
}

function mainLines(city: City, plane: Plane): { line: Line; kind: string }[] {
  return ['roads', 'railways'].flatMap((name) => {
    const file = join(city.folder, `${name}.geojson`);
    if (!existsSync(file)) return [];
    return parseFeatures(file).map((feature) => ({
      line: feature.line.map(([lon, lat]): [number, number] => [plane.x(lon) * 1000, plane.y(lat) * 1000]),
      kind: name === 'railways' ? 'rail' : String(feature.properties.class),
    }));
  });
}

/** Airports of the list with a length; the list gives no direction: along the valley, south-west to north-east. */
function runways(city: City, plane: Plane): Line[] {
  const file = join(city.folder, 'places.geojson');
  if (!existsSync(file)) return [];
  return parseFeatures(file).flatMap(({ properties, geometry }): Line[] => {
    if (properties.kind !== 'airport' || geometry.type !== 'Point') return [];
    const [lon = 0, lat = 0] = geometry.coordinates as number[];
    const half = (Number(properties.runwayM) || 2500) / 2 / Math.SQRT2;
    const [x, y] = [plane.x(lon) * 1000, plane.y(lat) * 1000];
    return [
      [
        [x - half, y - half],
        [x + half, y + half],
      ],
    ];
  });
}

interface Lake {
  rings: Line[];
  low: [number, number];
  high: [number, number];
}

function toLake(source: Ring[], plane: Plane): Lake {
  const rings = source.map((ring) =>
    ring.map(([lon, lat]): [number, number] => [plane.x(lon) * 1000, plane.y(lat) * 1000]),
  );
  const all = rings.flat();
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
  return {
    rings,
    low: [Math.min(...xs), Math.min(...ys)],
    high: [Math.max(...xs), Math.max(...ys)],
  };
}

function isInLake({ rings, low, high }: Lake, x: number, y: number): boolean {
  if (x < low[0] || y < low[1] || x > high[0] || y > high[1]) return false;
  let odd = false;
  for (const ring of rings) {
    for (let k = 0, j = ring.length - 1; k < ring.length; j = k++) {
      const [ax, ay] = ring[j]!;
      const [bx, by] = ring[k]!;
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) odd = !odd;
    }
  }
  return odd;
}
