// Shapes that lie in a static tileset and are referred to by its name and their id: <folder>/<tileset>.json, GeoJSON
// whose features have an `id`. A tileset is read when it is first referred to, once a run.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { LonLat } from '../../contracts/column.ts';
import type { Shape, ShapeOf } from '../../contracts/geojson.ts';

/** What a source says becomes part of a file name. */
const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Heights are left out: geometries of rows are flat. */
const place = z
  .tuple([z.number(), z.number()])
  .rest(z.number())
  .transform(([lon, lat]): LonLat => [lon, lat]);
const line = z.array(place).min(2);
const rings = z.array(z.array(place).min(4)).min(1);
const shape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Point'), coordinates: place }),
  z.object({ type: z.literal('LineString'), coordinates: line }),
  z.object({ type: z.literal('MultiLineString'), coordinates: z.array(line).min(1) }),
  z.object({ type: z.literal('Polygon'), coordinates: rings }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(rings).min(1) }),
]);
const feature = z.object({ properties: z.object({ id: z.string() }), geometry: shape });
const tileset = z.object({ features: z.array(z.unknown()) });

/** `folder`: of a city's vector tilesets; null: none are known, so that every reference stays a reference. */
export function tilesetShapes(folder: string | null): ShapeOf {
  const tilesets = new Map<string, ReadonlyMap<string, Shape>>();
  return ({ tileset: name, id }) => {
    if (folder === null || !NAME.test(name)) return null;
    let shapes = tilesets.get(name);
    if (!shapes) tilesets.set(name, (shapes = readShapes(path.join(folder, `${name}.json`))));
    return shapes.get(id) ?? null;
  };
}

/** A tileset that is missing or no GeoJSON has no shapes; nor has a feature without an id. */
function readShapes(file: string): ReadonlyMap<string, Shape> {
  let features: readonly unknown[];
  try {
    ({ features } = tileset.parse(JSON.parse(readFileSync(file, 'utf8'))));
  } catch {
    return new Map();
  }
  return new Map(
    features.flatMap((one): (readonly [string, Shape])[] => {
      const { data } = feature.safeParse(one);
      return data ? [[data.properties.id, data.geometry]] : [];
    }),
  );
}
