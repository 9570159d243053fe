// Copies the city's points, lines and areas for the map: checked, rounded, only the properties a map needs.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsv } from '../city/csv.ts';
import { parseFeatures, type Feature, type Ring } from '../city/features.ts';
import type { City } from '../city/read-city.ts';
import { problem } from '../problem.ts';
import type { Settlement } from '../settlement/plan-settlement.ts';
import type { Facts } from '../synthesis/pins.ts';
import { writeWhole } from '../terrain/build-terrain.ts';
import { waterAreas } from '../water/water-areas.ts';
import { damsOf } from './dams.ts';
import { outlineOf } from './outline.ts';
import { townAreas } from './town-areas.ts';

interface Geometry {
  type: string;
  coordinates: unknown;
}

export interface OutFeature {
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
  // A city's own; synthesised (示意) where it has none.
  streets: ['townCode', 'name', 'class'],
  'minor-roads': ['townCode', 'name', 'class'],
  'town-areas': ['code', 'name'],
  water: ['id', 'kind', 'name'],
};
// Five decimals are about a metre.
const DECIMALS = 1e5;
// The mask reaches this far around the city, degrees.
const MASK_DEG = 12;

/** Writes vector/*.json; returns what was written. Throws a BuildProblem for a file that cannot be drawn. */
export function buildVector(input: { city: City; facts: Facts; settlement: Settlement; folder: string }): {
  files: Record<string, VectorFile>;
  contentHash: string;
} {
  const { city, facts, settlement, folder } = input;
  const layers: Record<string, OutFeature[]> = {};
  for (const [name, kept] of Object.entries(KEPT)) {
    const file = join(city.folder, `${name}.geojson`);
    if (existsSync(file)) layers[name] = parseFeatures(file).map((feature) => trim(feature, kept));
  }
  if (layers.rivers) layers.rivers = layers.rivers.map((river) => alongTheBed(river, facts));
  const towns = pointsOf(city, 'towns.csv', ['code', 'county_code', 'kind', 'population']);
  if (towns) layers.towns = towns;
  const villages = pointsOf(city, 'villages.csv', ['code', 'townCode', 'residents']);
  if (villages) layers.villages = villages.map(schematicPoint);
  const peaks = pointsOf(city, 'peaks.csv', ['id', 'elevationM', 'countyCode']);
  if (peaks) layers.peaks = peaks;
  layers.streets ??= linesByTown(settlement.streets, 'street');
  layers['minor-roads'] ??= linesByTown(settlement.minorRoads, 'county');
  layers['town-areas'] ??= areasOfTowns(city);
  layers.water ??= waterAreas(city, facts).map(({ id, kind, rings }) =>
    schematic({ id, kind }, 'Polygon', rings),
  );
  layers.dams = damsOf(city, facts);
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

/** Made up for the map, and said so. */
function schematic(properties: Record<string, unknown>, type: string, coordinates: unknown): OutFeature {
  return {
    type: 'Feature',
    properties: { ...properties, synthetic: true },
    geometry: { type, coordinates: round(coordinates) },
  };
}

function linesByTown(lines: readonly { line: Ring; town: string }[], kind: string): OutFeature[] {
  const byTown = Map.groupBy(lines, ({ town }) => town);
  return [...byTown].map(([townCode, own]) =>
    schematic(
      { townCode, class: kind },
      'MultiLineString',
      own.map(({ line }) => line),
    ),
  );
}

function areasOfTowns(city: City): OutFeature[] {
  const file = join(city.folder, 'towns.csv');
  if (!existsSync(file)) return [];
  const rows = parseCsv(readFileSync(file, 'utf8')).map(({ cells }) => cells);
  const towns = rows.map((cells) => ({
    code: cells.code ?? '',
    county: cells.county_code ?? '',
    at: [Number(cells.lon), Number(cells.lat)] as [number, number],
  }));
  const names = new Map(
    rows.map((cells) => [cells.code ?? '', { zh: cells.name ?? '', en: cells.en ?? '' }]),
  );
  const counties = new Map(
    parseFeatures(join(city.folder, 'counties.geojson'))
      .filter(({ properties }) => properties.kind !== 'overlay')
      .map(({ properties, rings }) => [String(properties.code), rings]),
  );
  return townAreas(towns, counties).map(({ code, rings }) =>
    schematic(
      { code, name: names.get(code) },
      'MultiPolygon',
      rings.map((ring) => [ring]),
    ),
  );
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

const NUMBERS = new Set(['population', 'residents', 'elevationM']);

/** For the label: those with the most people are named first. */
const schematicPoint = ({ properties: { residents, ...rest }, ...feature }: OutFeature): OutFeature => ({
  ...feature,
  properties: { ...rest, population: residents, synthetic: true },
});

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
      if (text !== '') properties[key] = NUMBERS.has(key) ? Number(text) : text;
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
