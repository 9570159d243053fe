// Dams with their dimensions, levels and the course of their river, for the close-up: the list of places joined with the
// table of reservoirs and the rivers as the terrain carries them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsv } from '../city/csv.ts';
import { parseFeatures } from '../city/features.ts';
import type { City } from '../city/read-city.ts';
import type { Facts } from '../synthesis/pins.ts';
import type { Thalweg } from '../synthesis/river-profile.ts';
import type { OutFeature } from './build-vector.ts';

// Levels of the table, metres above the sea; empty where none is set.
const LEVELS = ['normalM', 'floodLimitM', 'deadM', 'designM', 'checkM'];
// A river farther from its dam than this is drawn elsewhere, km.
const AT_RIVER_KM = 1.5;
// The course is told this far up and down from the dam, and the direction at the dam is taken over this way, km.
const COURSE_KM = 3.2;
const CHORD_KM = 0.3;

/** Dams whose height is known; their levels where the reservoir has a row, their course where the river is known. */
export function damsOf(city: City, facts: Facts): OutFeature[] {
  const places = join(city.folder, 'places.geojson');
  if (!existsSync(places)) return [];
  const table = join(city.folder, 'stations/reservoirs.csv');
  const rows = existsSync(table) ? parseCsv(readFileSync(table, 'utf8')).map(({ cells }) => cells) : [];
  return parseFeatures(places).flatMap(({ properties, geometry }): OutFeature[] => {
    if (properties.kind !== 'dam' || typeof properties.heightM !== 'number') return [];
    const levels: Record<string, number> = {};
    const row = rows.find(({ id }) => id === properties.reservoir);
    for (const name of LEVELS) {
      const text = row?.[name] ?? '';
      if (text !== '' && Number.isFinite(Number(text))) levels[name] = Number(text);
    }
    const { id, name, reservoir, heightM } = properties;
    const known = {
      ...(typeof properties.crestM === 'number' ? { crestLengthM: properties.crestM } : {}),
      ...(typeof properties.crestLevelM === 'number' ? { crestLevelM: properties.crestLevelM } : {}),
      ...(properties.crestLevelApproximate === true ? { crestLevelApproximate: true } : {}),
    };
    const [lon, lat] = geometry.coordinates as [number, number];
    const river = facts.rivers.find((one) => one.id === properties.river);
    const at = [facts.plane.x(lon), facts.plane.y(lat)] as const;
    const course = river && courseAt(river, at);
    return [
      {
        type: 'Feature',
        properties: { id, name, reservoir, heightM, ...known, ...levels, ...course },
        geometry,
      },
    ];
  });
}

interface Course {
  /** Where the water flows at the dam, degrees clockwise from north. */
  flowDeg: number;
  /** The middle of the river, metres: to the left bank and downstream of the dam's middle, upstream end first. */
  course: [number, number][];
}

/** @param at the dam, km on the plane */
export function courseAt({ x, y, along }: Thalweg, at: readonly [number, number]): Course | undefined {
  let dam = -1;
  let nearest = AT_RIVER_KM;
  for (let i = 0; i < x.length; i++) {
    const distance = Math.hypot(x[i]! - at[0], y[i]! - at[1]);
    if (distance < nearest) [nearest, dam] = [distance, i];
  }
  if (dam < 0) return undefined;
  const within = (km: number): number[] =>
    [...along.keys()].filter((i) => Math.abs(along[i]! - along[dam]!) <= km);
  const chord = within(CHORD_KM);
  const [first, last] = [chord[0]!, chord.at(-1)!];
  const angle = Math.atan2(x[last]! - x[first]!, y[last]! - y[first]!);
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const course = within(COURSE_KM).map((i): [number, number] => {
    const [east, north] = [x[i]! - x[dam]!, y[i]! - y[dam]!];
    return [Math.round((north * sin - east * cos) * 1000), Math.round((east * sin + north * cos) * 1000)];
  });
  return { flowDeg: Math.round(((angle * 180) / Math.PI + 360) % 360), course };
}
