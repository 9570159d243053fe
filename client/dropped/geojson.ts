// GeoJSON as people have it: collections, single features, bare geometries, with an old `crs` member or without.
import type { RawFeature } from './places.ts';
import { projectionOfEpsg, type Projection } from './projection.ts';
import { Refusal } from './refusal.ts';

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

export function readGeojson(text: string): {
  features: readonly RawFeature[];
  projection: Projection | null;
} {
  let body: unknown;
  try {
    body = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const where = error instanceof Error ? error.message : '';
    throw new Refusal(`不是完整的 JSON：${where}`, `Not a whole JSON: ${where}`);
  }
  if (!isObject(body) || typeof body['type'] !== 'string') {
    if (isObject(body) && isObject(body['asset']) && 'geometricError' in body)
      throw new Refusal(
        'tileset.json 只是 3D Tiles 的目录：请由管理员把整个文件夹放到服务器，在配置 basemap.tilesets 中填写地址',
        'A tileset.json is only the index of 3D Tiles: have the whole folder put on the server and name its address in the setting basemap.tilesets',
      );
    throw new Refusal('JSON 里没有 GeoJSON 的 type', 'The JSON has no type of GeoJSON');
  }
  if (body['type'] === 'Topology')
    throw new Refusal('这是 TopoJSON，请先转为 GeoJSON', 'This is TopoJSON: convert it to GeoJSON first');
  return { features: featuresOf(body), projection: projectionIn(body['crs']) };
}

function featuresOf(body: Json): RawFeature[] {
  if (Array.isArray(body['features'])) return body['features'].filter(isObject).map(featureOf);
  if (body['type'] === 'Feature') return [featureOf(body)];
  return [{ geometry: body, properties: {} }];
}

const featureOf = (one: Json): RawFeature => ({
  geometry: one['geometry'],
  properties: isObject(one['properties']) ? one['properties'] : {},
});

/** `{ type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4490' } }` */
function projectionIn(crs: unknown): Projection | null {
  const facts = isObject(crs) ? crs['properties'] : null;
  const name = isObject(facts) ? String(facts['name']) : '';
  const code = /EPSG:+(?:[\d.]*:)?(\d+)$/i.exec(name)?.[1];
  return code === undefined ? null : projectionOfEpsg(Number(code));
}
