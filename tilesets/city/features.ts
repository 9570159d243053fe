// Reads a GeoJSON FeatureCollection; a broken file is named with the line.
import { readFileSync } from 'node:fs';
import { problem } from '../problem.ts';

export type Ring = [number, number][];

export interface Feature {
  properties: Record<string, unknown>;
  geometry: { type: string; coordinates: unknown };
  /** Vertices of a LineString, else empty. */
  line: Ring;
  /** Rings of a Polygon or MultiPolygon, outer and inner alike, else empty. */
  rings: Ring[];
  /** File and number of the feature, for messages. */
  where: string;
}

export function parseFeatures(file: string): Feature[] {
  let value: unknown;
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
    value = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = Number(/position (\d+)/.exec(message)?.[1] ?? Number.NaN);
    const line = Number.isFinite(position) ? `:${text.slice(0, position).split('\n').length}` : '';
    throw problem(message, file + line, 'Repair the file; it has to be a GeoJSON FeatureCollection.');
  }
  const collection = value as { type?: unknown; features?: unknown };
  if (collection.type !== 'FeatureCollection' || !Array.isArray(collection.features)) {
    throw problem(`type is ${String(collection.type)}`, file, 'Save it as a GeoJSON FeatureCollection.');
  }
  return collection.features.map((feature, i) => toFeature(feature, `${file} feature ${i + 1}`));
}

function toFeature(value: unknown, where: string): Feature {
  const feature = value as {
    properties?: Record<string, unknown> | null;
    geometry?: { type: string; coordinates: unknown };
  };
  const geometry = feature.geometry;
  if (!geometry) throw problem('No geometry', where, 'Give the feature a geometry or remove it.');
  checkNumbers(geometry.coordinates, where);
  const rings =
    geometry.type === 'Polygon'
      ? geometry.coordinates
      : geometry.type === 'MultiPolygon'
        ? (geometry.coordinates as unknown[]).flat()
        : [];
  const line = geometry.type === 'LineString' ? geometry.coordinates : [];
  return {
    properties: feature.properties ?? {},
    geometry,
    line: line as Ring,
    rings: rings as Ring[],
    where,
  };
}

function checkNumbers(value: unknown, where: string): void {
  if (!Array.isArray(value))
    throw problem(`Coordinates hold ${JSON.stringify(value)}`, where, 'Use lists of numbers.');
  if (typeof value[0] === 'number') {
    const [lon, lat] = value as number[];
    if (!(Math.abs(lon!) <= 180) || !(Math.abs(lat ?? Number.NaN) <= 90)) {
      throw problem(
        `Position ${JSON.stringify(value)} is outside the world`,
        where,
        'Use WGS-84 degrees, lon before lat.',
      );
    }
    return;
  }
  for (const part of value) checkNumbers(part, where);
}
