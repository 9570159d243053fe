// Dams with their dimensions and levels, for the close-up: the list of places joined with the table of reservoirs.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsv } from '../city/csv.ts';
import { parseFeatures } from '../city/features.ts';
import type { City } from '../city/read-city.ts';
import type { OutFeature } from './build-vector.ts';

// Levels of the table, metres above the sea; empty where none is set.
const LEVELS = ['normalM', 'floodLimitM', 'deadM', 'designM', 'checkM'];

/** Dams whose height is known; their levels where the reservoir has a row. */
export function damsOf(city: City): OutFeature[] {
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
    };
    return [{ type: 'Feature', properties: { id, name, reservoir, heightM, ...known, ...levels }, geometry }];
  });
}
