// What the tile builders need of a city folder, checked: bad values end the build with file and line.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Bounds } from '../dem/grid.ts';
import { problem } from '../problem.ts';
import { parseCsv, type CsvRow } from './csv.ts';
import { parseFeatures, type Feature, type Ring } from './features.ts';

export type Place = [lon: number, lat: number];

export interface River {
  id: string;
  /** 1 the largest. */
  order: number;
  downstream: string | null;
  line: Place[];
}

export interface HeightPoint {
  id: string;
  at: Place;
  /** Metres above sea level. */
  heightM: number;
  /** River it belongs to, where the file says so. */
  river: string | null;
}

export interface Lake {
  id: string;
  reservoir: string | null;
  rings: Ring[];
}

export interface City {
  id: string;
  folder: string;
  title: { zh: string; en: string };
  bounds: Bounds;
  rings: Ring[];
  seats: HeightPoint[];
  rivers: River[];
  lakes: Lake[];
  peaks: HeightPoint[];
  /** Normal water level of each gauge. */
  gauges: HeightPoint[];
  /** Pool level the map shows: the flood limit where there is one, else the normal level. */
  dams: HeightPoint[];
}

export function readCity(folder: string): City {
  const yamlFile = join(folder, 'city.yaml');
  if (!existsSync(yamlFile)) {
    throw problem(
      'No city.yaml',
      folder,
      'Name a folder under cities/ with --city, or say where it is with --cities.',
    );
  }
  const facts = parseYaml(yamlFile);
  const counties = parseFeatures(join(folder, 'counties.geojson')).filter(
    (f) => f.properties.kind !== 'overlay',
  );
  const rings = counties.flatMap((f) => f.rings);
  const csv = (name: string): { file: string; rows: CsvRow[] } => {
    const file = join(folder, name);
    return { file, rows: existsSync(file) ? parseCsv(readFileSync(file, 'utf8')) : [] };
  };
  return {
    id: typeof facts.id === 'string' ? facts.id : 'city',
    folder,
    title: toTitle(facts.title),
    bounds: toBounds(facts.bounds, yamlFile),
    rings,
    seats: counties.flatMap((f) => toSeat(f)),
    rivers: optional(folder, 'rivers.geojson').map(toRiver),
    lakes: optional(folder, 'lakes.geojson').map((f) => ({
      id: String(f.properties.id),
      reservoir: typeof f.properties.reservoir === 'string' ? f.properties.reservoir : null,
      rings: f.rings,
    })),
    peaks: toPoints(csv('peaks.csv'), ['elevationM']),
    gauges: toPoints(csv('stations/river-gauges.csv'), ['normalM']),
    dams: toPoints(csv('stations/reservoirs.csv'), ['floodLimitM', 'normalM']),
  };
}

export function parseYaml(file: string): Record<string, unknown> {
  try {
    const value: unknown = parse(readFileSync(file, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch (error) {
    throw problem(
      error instanceof Error ? error.message : String(error),
      file,
      'Correct the YAML at that line.',
    );
  }
  throw problem('Not a mapping of names to values', file, 'Begin the file with "name: value" lines.');
}

function optional(folder: string, name: string): Feature[] {
  const file = join(folder, name);
  return existsSync(file) ? parseFeatures(file) : [];
}

function toTitle(value: unknown): { zh: string; en: string } {
  const title = (value ?? {}) as { zh?: unknown; en?: unknown };
  return { zh: String(title.zh ?? ''), en: String(title.en ?? '') };
}

function toBounds(value: unknown, file: string): Bounds {
  if (Array.isArray(value) && value.length === 4 && value.every((v) => typeof v === 'number')) {
    const [west, south, east, north] = value as [number, number, number, number];
    if (west < east && south < north && Math.abs(south) < 85 && Math.abs(north) < 85)
      return { west, south, east, north };
  }
  throw problem(
    `bounds is ${JSON.stringify(value)}`,
    file,
    'Write bounds: [west, south, east, north] in degrees.',
  );
}

function toSeat(feature: Feature): HeightPoint[] {
  const seat = feature.properties.seat as { lon?: unknown; lat?: unknown; elevationM?: unknown } | undefined;
  if (typeof seat?.lon !== 'number' || typeof seat.lat !== 'number' || typeof seat.elevationM !== 'number')
    return [];
  const id = String(feature.properties.id ?? feature.properties.code);
  return [{ id, at: [seat.lon, seat.lat], heightM: seat.elevationM, river: null }];
}

function toRiver(feature: Feature): River {
  const { id, order, downstream } = feature.properties;
  if (feature.line.length < 2) {
    throw problem(
      `River ${String(id)} has no LineString`,
      feature.where,
      'Draw it from its source to its mouth.',
    );
  }
  return {
    id: String(id),
    order: typeof order === 'number' ? order : 3,
    downstream: typeof downstream === 'string' ? downstream : null,
    line: feature.line,
  };
}

function toPoints(source: { file: string; rows: CsvRow[] }, columns: string[]): HeightPoint[] {
  return source.rows.flatMap(({ line, cells }) => {
    const text = columns.map((name) => cells[name] ?? '').find((value) => value !== '') ?? '';
    if (text === '') return [];
    const [lon, lat, heightM] = [Number(cells.lon), Number(cells.lat), Number(text)];
    if (
      ![lon, lat, heightM].every(Number.isFinite) ||
      cells.lon === '' ||
      Math.abs(lat) > 90 ||
      Math.abs(lon) > 180
    ) {
      throw problem(
        `lon ${cells.lon ?? ''}, lat ${cells.lat ?? ''}, ${columns.join(' or ')} ${text}`,
        `${source.file}:${line}`,
        'Give degrees (WGS-84) and metres as plain numbers.',
      );
    }
    const id = cells.id ?? cells.stcd ?? `line ${line}`;
    return [{ id, at: [lon, lat] as Place, heightM, river: cells.river ? cells.river : null }];
  });
}
