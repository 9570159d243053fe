// Files → layers: parts of one thing go together, archives are opened, each format is read, and what cannot be says why.
import { KMLLoader, GPXLoader } from '@loaders.gl/kml';
import gcoord from 'gcoord';
import { unzipSync } from 'fflate';
import { title } from '../../contracts/declare.ts';
import type { Title } from '../../contracts/column.ts';
import type { ReadLayer, RefusedLayer } from '../stores/temporary.ts';
import { readCsv } from './csv.ts';
import { readGeojson } from './geojson.ts';
import { MOST_BYTES, tooLarge } from './limits.ts';
import { placeAll, type RawFeature } from './places.ts';
import type { Projection } from './projection.ts';
import { Refusal } from './refusal.ts';
import { readShapefile } from './shapefile.ts';
import { decodeText } from './text.ts';

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type Outcome = { readonly layer: ReadLayer } | { readonly refused: RefusedLayer };

const MOST_FEATURES = 200_000;
const SHAPE_PARTS = new Set(['shp', 'dbf', 'prj', 'cpg', 'shx', 'sbn', 'sbx', 'qix', 'xml']);
const NAMES = /^(name|title|label|名称|名字|标题|mc|站名|单位名称)$/i;
const MOST_TEXT = 300;

const extensionOf = (name: string): string => /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
const stemOf = (name: string): string => name.replace(/\.[^./\\]+$/, '').toLowerCase();
const baseOf = (name: string): string => name.split(/[/\\]/).at(-1) ?? name;

/** One outcome for each thing that was brought, in their order. */
export async function readFiles(files: readonly NamedBytes[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const thing of thingsOf(files)) outcomes.push(...(await outcomesOf(thing)));
  return outcomes;
}

interface Thing {
  readonly name: string;
  readonly parts: readonly NamedBytes[];
}

/** Parts of a Shapefile go by their common name; everything else is a thing of its own. */
function thingsOf(files: readonly NamedBytes[]): Thing[] {
  const things = new Map<string, NamedBytes[]>();
  for (const file of files) {
    const isPart = SHAPE_PARTS.has(extensionOf(file.name));
    const id = isPart ? `shape ${stemOf(file.name).replace(/\.shp$/, '')}` : `${things.size} ${file.name}`;
    things.set(id, [...(things.get(id) ?? []), file]);
  }
  return [...things.values()].flatMap((parts) => {
    const main = parts.find(({ name }) => extensionOf(name) === 'shp') ?? parts[0];
    return main ? [{ name: baseOf(main.name), parts }] : [];
  });
}

async function outcomesOf(thing: Thing): Promise<Outcome[]> {
  try {
    const [only] = thing.parts;
    if (only && /^(zip|kmz)$/.test(extensionOf(only.name))) return await readArchive(only);
    return [{ layer: await readThing(thing) }];
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const broken = title(
      `文件读不懂，可能已损坏：${detail}`,
      `The file cannot be read, it may be broken: ${detail}`,
    );
    return [{ refused: { name: thing.name, reason: error instanceof Refusal ? error.reason : broken } }];
  }
}

async function readArchive({ name, bytes }: NamedBytes): Promise<Outcome[]> {
  let size = 0;
  const inside = unzipSync(bytes, {
    filter: (one) => {
      const isWanted = !one.name.endsWith('/') && !/(^|\/)(__MACOSX|\.)/.test(one.name);
      if (isWanted) size += one.originalSize;
      if (size > MOST_BYTES) throw tooLarge(size);
      return isWanted;
    },
  });
  const files = Object.entries(inside).map(([path, content]) => ({ name: path, bytes: content })); // prettier-ignore
  if (files.some((file) => /(^|\/)tileset\.json$/.test(file.name)))
    throw new Refusal(
      '3D Tiles 要按需取块，压缩包里做不到：请由管理员把整个文件夹放到服务器，在配置 basemap.tilesets 中填写地址',
      '3D Tiles are fetched block by block, which a zip cannot serve: have the folder put on the server and name its address in the setting basemap.tilesets',
    );
  const known = files.filter((file) => SHAPE_PARTS.has(extensionOf(file.name)) || isKnown(file));
  const outcomes = await readFiles(known);
  if (outcomes.length === 0)
    throw new Refusal('压缩包里没有可以显示的文件', 'Nothing in the archive can be shown');
  return outcomes.map((one) => ('layer' in one ? { layer: { ...one.layer, name: `${name} · ${one.layer.name}` } } : one)); // prettier-ignore
}

const isKnown = ({ name }: NamedBytes): boolean => /^(geojson|json|kml|csv|txt|gpx)$/.test(extensionOf(name));

interface Found {
  readonly format: string;
  readonly features: readonly RawFeature[];
  readonly projection?: Projection | null;
  readonly notes?: readonly Title[];
  readonly isGcj?: boolean;
}

async function readThing(thing: Thing): Promise<ReadLayer> {
  const { format, features, projection = null, notes = [], isGcj = false } = await find(thing);
  if (features.length > MOST_FEATURES)
    throw new Refusal(
      `共 ${features.length} 个对象，最多 ${MOST_FEATURES} 个：请先筛选`,
      `${features.length} objects, at most ${MOST_FEATURES}: choose some first`,
    );
  const placed = placeAll(features, projection);
  if (placed.features.length === 0)
    throw new Refusal('文件里没有带位置的对象', 'Nothing in the file has a place');
  const named = placed.features.map(({ geometry, properties }, index) => {
    const texts = textsOf(properties);
    const name = Object.entries(texts).find(([column]) => NAMES.test(column))?.[1] ?? `${index + 1}`;
    return { name, geometry, properties: texts };
  });
  const layer: ReadLayer = {
    ...{ name: thing.name, format, features: named, bounds: placed.bounds, modelUrl: null, isShifted: false },
    notes: [...notes, ...placed.notes],
  };
  return isGcj ? shifted(layer) : layer;
}

async function find({ name, parts }: Thing): Promise<Found> {
  const [first] = parts as readonly [NamedBytes];
  const kind = extensionOf(first.name);
  if (SHAPE_PARTS.has(kind) && kind !== 'xml') {
    const byKind = new Map(parts.map((part) => [extensionOf(part.name), part.bytes]));
    return { format: 'Shapefile', ...readShapefile(byKind) };
  }
  const decoded = (): string => decodeText(first.bytes).text;
  switch (kind) {
    case 'geojson':
    case 'json':
      return { format: 'GeoJSON', ...readGeojson(decoded()) };
    case 'kml':
      return { format: 'KML', features: featuresIn(KMLLoader.parseTextSync(sound(decoded(), 'kml'))) };
    case 'gpx':
      return { format: 'GPX', features: featuresIn(GPXLoader.parseTextSync(sound(decoded(), 'gpx'))) };
    case 'csv':
    case 'txt':
      return { format: 'CSV', ...(await readCsv(decoded())) };
    default:
      throw new Refusal(
        `不认识 .${kind || '无扩展名'} 文件（${name}）：可用 GeoJSON、Shapefile、KML、CSV、GPX、glTF`,
        `A .${kind} file is not known here: GeoJSON, Shapefile, KML, CSV, GPX, glTF are`,
      );
  }
}

/** The parser of XML takes nearly anything. */
function sound(text: string, root: 'kml' | 'gpx'): string {
  if (new RegExp(`<(\\w+:)?${root}[\\s>]`).test(text) && new RegExp(`</(\\w+:)?${root}\\s*>\\s*$`).test(text))
    return text;
  throw new Refusal(
    `不是完整的 ${root.toUpperCase()} 文件，请重新导出`,
    `Not a whole ${root.toUpperCase()} file: export it again`,
  );
}

const featuresIn = (read: unknown): RawFeature[] => (read as { features: RawFeature[] }).features;

function textsOf(properties: RawFeature['properties']): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === '') continue;
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    texts[name] = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
  }
  return texts;
}

/** Taken as GCJ-02 and put right, or the other way round. */
export function shifted(layer: ReadLayer): ReadLayer {
  const [from, to] = layer.isShifted ? [gcoord.WGS84, gcoord.GCJ02] : [gcoord.GCJ02, gcoord.WGS84];
  const move = (value: unknown): unknown =>
    Array.isArray(value) && typeof value[0] === 'number'
      ? gcoord.transform(value as [number, number], from, to)
      : Array.isArray(value)
        ? value.map(move)
        : value;
  const features = layer.features.map((feature) => ({
    ...feature,
    geometry: {
      ...feature.geometry,
      coordinates: move(feature.geometry.coordinates),
    } as typeof feature.geometry,
  }));
  return { ...layer, features, isShifted: !layer.isShifted };
}
