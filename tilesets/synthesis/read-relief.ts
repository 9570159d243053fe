// The relief file of a city (tilesets/README.md): what the synthesised land looks like where the facts are silent.
import { existsSync } from 'node:fs';
import { parseYaml, type Place } from '../city/read-city.ts';
import { problem } from '../problem.ts';
import type { ProfilePoint } from './river-profile.ts';

export interface Cuesta {
  line: Place[];
  /** Crest heights at the vertices of the line, m. */
  crestM: number[];
  wallKm: number;
  slopeKm: number;
  gaps: { at: Place; widthKm: number; floorM: number }[];
}

export interface Plateau {
  centre: Place;
  radiusKm: [number, number];
  topM: number;
  /** Share of the relief above and near the top that stays, 0..1. */
  keep: number;
}

export interface Basin {
  line: Place[];
  radiusKm: number;
  heightM: number;
}

export interface Relief {
  seed: string;
  marginDeg: number;
  summits: [lon: number, lat: number, heightM: number][];
  cuestas: Cuesta[];
  plateaus: Plateau[];
  benches: { belowSummitM: number; stepM: number; strength: number };
  basins: Basin[];
  profile: ProfilePoint[];
  valleys: { line: [lon: number, lat: number, levelM: number][] }[];
}

const BARE: Relief = {
  seed: 'relief',
  marginDeg: 0.6,
  summits: [],
  cuestas: [],
  plateaus: [],
  benches: { belowSummitM: 0, stepM: 50, strength: 0 },
  basins: [],
  profile: [],
  valleys: [],
};

/** Without a file the land is made of peaks, rivers and seats alone. */
export function readRelief(file: string): Relief {
  if (!existsSync(file)) return BARE;
  const value = parseYaml(file);
  const relief: Relief = { ...BARE, ...value };
  const need = (ok: boolean, what: string, remedy: string): void => {
    if (!ok) throw problem(what, file, remedy);
  };
  need(
    relief.marginDeg >= 0 && relief.marginDeg <= 2,
    `marginDeg is ${String(relief.marginDeg)}`,
    'Give 0 to 2 degrees of land around the city.',
  );
  const numbers = (row: unknown, count: number): boolean =>
    Array.isArray(row) &&
    row.length === count &&
    row.every((v) => typeof v === 'number' && Number.isFinite(v));
  relief.summits.forEach((row, i) =>
    need(numbers(row, 3), `summits[${i}] is ${JSON.stringify(row)}`, 'Write [lon, lat, height in metres].'),
  );
  relief.valleys.forEach(({ line }, i) =>
    need(
      Array.isArray(line) && line.length > 1 && line.every((row) => numbers(row, 3)),
      `valleys[${i}] has no line of [lon, lat, level]`,
      'Write it from source to mouth, levels in metres.',
    ),
  );
  relief.cuestas.forEach(({ line, crestM }, i) =>
    need(
      Array.isArray(line) && line.length > 1 && line.length === crestM.length,
      `cuestas[${i}] has ${line.length} vertices and ${crestM.length} crest heights`,
      'Give one crest height for each vertex.',
    ),
  );
  return relief;
}
