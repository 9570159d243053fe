// Copies the city's points, lines and areas for the map: checked, rounded, only the properties a map needs.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsv } from '../city/csv.ts';
import { parseFeatures, type Feature } from '../city/features.ts';
import type { City } from '../city/read-city.ts';
import { problem } from '../problem.ts';
import type { Facts } from '../synthesis/pins.ts';
import { writeWhole } from '../terrain/build-terrain.ts';
import { outlineOf } from './outline.ts';

interface Geometry {
  type: string;
  coordinates: unknown;
}

interface OutFeature {
  type: 'Feature';
  properties: Record<string, unknown>;
  geometry: Geometry;
}

export interface VectorFile {
  features: number;
  bytes: number;
}

// What each file keeps of a feature's properties.
const KEPT: Record<string, string[]> = {
  counties: ['code', 'id', 'name', 'kind', 'seat', 'order'],
  rivers: ['id', 'name', 'order', 'downstream'],
  lakes: ['id', 'name', 'reservoir', 'labelAt'],
  roads: ['id', 'ref', 'name', 'class'],
  railways: ['id', 'name', 'kind'],
  places: ['id', 'kind', 'name', 'countyCode', 'townCode', 'level', 'grade'],
};
// Five decimals are about a metre.
const DECIMALS = 1e5;
// The mask reaches this far around the city, degrees.
const MASK_DEG = 12;

/** Writes vector/*.json; returns what was written. Throws a BuildProblem for a file that cannot be drawn. */
export function buildVector(input: { city: City; facts: Facts; folder: string }): {
  files: Record<string, VectorFile>;
  contentHash: string;
} {
  const { city, facts, folder } = input;
  const layers: Record<string, OutFeature[]> = {};
  for (const [name, kept] of Object.entries(KEPT)) {
    const file = join(city.folder, `${name}.geojson`);
    if (existsSync(file)) layers[name] = parseFeatures(file).map((feature) => trim(feature, kept));
  }
  if (layers.rivers) layers.rivers = layers.rivers.map((river) => alongTheBed(river, facts));
  const towns = pointsOf(city, 'towns.csv', ['code', 'county_code', 'kind', 'population']);
  if (towns) layers.towns = towns;
  const peaks = pointsOf(city, 'peaks.csv', ['id', 'elevationM', 'countyCode']);
  if (peaks) layers.peaks = peaks;
  const outline = outlineOf(city.rings);
  layers.city = [
    {
      type: 'Feature',
      properties: { id: city.id, name: city.title },
      geometry: { type: 'Polygon', coordinates: round(outline) },
    },
  ];
  layers['outside-mask'] = [
    {
      type: 'Feature',
      properties: { id: 'outside' },
      geometry: {
        type: 'Polygon',
        coordinates: round([maskRing(city), ...outline.map((r) => [...r].reverse())]),
      },
    },
  ];
  const files: Record<string, VectorFile> = {};
  const hash = createHash('sha256');
  for (const [name, features] of Object.entries(layers)) {
    const bytes = Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }));
    writeWhole(join(folder, 'vector', `${name}.json`), bytes);
    hash.update(bytes);
    files[name] = { features: features.length, bytes: bytes.length };
  }
  writeWhole(join(folder, 'vector', 'manifest.json'), Buffer.from(JSON.stringify({ files }, null, 1)));
  return { files, contentHash: hash.digest('hex') };
}

function trim(feature: Feature, kept: string[]): OutFeature {
  const properties: Record<string, unknown> = {};
  for (const key of kept) {
    const value = feature.properties[key];
    if (value !== undefined && value !== null) properties[key] = value;
  }
  const { type, coordinates } = feature.geometry;
  return { type: 'Feature', properties, geometry: { type, coordinates: round(coordinates) } };
}

function round(value: unknown): unknown {
  if (typeof value === 'number') return Math.round(value * DECIMALS) / DECIMALS;
  return Array.isArray(value) ? value.map(round) : value;
}

/** The river as the terrain carries it: without corners, third ordinate the water level in metres, every 300 m. */
function alongTheBed(river: OutFeature, facts: Facts): OutFeature {
  const bed = facts.rivers.find((candidate) => candidate.id === river.properties.id);
  if (!bed) return river;
  const coordinates: number[][] = [];
  for (let i = 0; i < bed.x.length; i++) {
    if (i % 3 !== 0 && i !== bed.x.length - 1) continue;
    const [lon, lat] = [facts.plane.lon(bed.x[i]!), facts.plane.lat(bed.y[i]!)];
    coordinates.push([round(lon) as number, round(lat) as number, Math.round(bed.level[i]! * 10) / 10]);
  }
  return { ...river, geometry: { type: 'LineString', coordinates } };
}

function pointsOf(city: City, name: string, kept: string[]): OutFeature[] | undefined {
  const file = join(city.folder, name);
  if (!existsSync(file)) return undefined;
  return parseCsv(readFileSync(file, 'utf8')).map(({ line, cells }) => {
    const [lon, lat] = [Number(cells.lon), Number(cells.lat)];
    if (!Number.isFinite(lon) || !Number.isFinite(lat) || cells.lon === '' || cells.lat === '') {
      throw problem(
        `lon ${cells.lon ?? ''}, lat ${cells.lat ?? ''}`,
        `${file}:${line}`,
        'Give both in degrees (WGS-84).',
      );
    }
    const properties: Record<string, unknown> = { name: { zh: cells.name ?? '', en: cells.en ?? '' } };
    for (const key of kept) {
      const text = cells[key] ?? '';
      if (text !== '') properties[key] = key === 'population' || key === 'elevationM' ? Number(text) : text;
    }
    return { type: 'Feature', properties, geometry: { type: 'Point', coordinates: round([lon, lat]) } };
  });
}

function maskRing(city: City): [number, number][] {
  const { west, south, east, north } = city.bounds;
  const [w, s, e, n] = [
    west - MASK_DEG,
    Math.max(-85, south - MASK_DEG),
    east + MASK_DEG,
    Math.min(85, north + MASK_DEG),
  ];
  return [
    [w, s],
    [e, s],
    [e, n],
    [w, n],
    [w, s],
  ];
}
