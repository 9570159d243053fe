// Reads a city's own footprints with heights: GeoJSON or an ESRI Shapefile.
import { readFileSync } from 'node:fs';
import type { Ring } from '../city/features.ts';
import { projectionOfEpsg, type Projection } from '../crs.ts';
import { problem } from '../problem.ts';
import { USES, type Building, type Use } from './building.ts';
import { readShapefile } from './shapefile.ts';

export interface RawFeature {
  properties: Record<string, unknown>;
  geometry: { type: string; coordinates: unknown } | null;
}

export interface RawFile {
  features: RawFeature[];
  projection: Projection | null;
}

/** Column of the file for each property of a building. */
export type FieldNames = Partial<
  Record<'id' | 'name' | 'use' | 'floors' | 'heightM' | 'residents' | 'buildYear', string>
>;

// Names that columns usually have, tried in this order; --buildings-fields says what else.
const USUAL: Readonly<Record<keyof FieldNames, readonly string[]>> = {
  id: ['id', 'ID', 'osm_id', 'OBJECTID', 'FID', '编号', '建筑编号'],
  name: ['name', 'NAME', 'Name', '名称', '建筑名称'],
  use: ['use', 'USE', 'type', 'building', 'fclass', '用途', '建筑用途'],
  floors: ['floors', 'Floor', 'FLOOR', 'Floors', 'levels', 'building:levels', '层数', '楼层'],
  heightM: ['heightM', 'height', 'Height', 'HEIGHT', 'building:height', 'Elevation', '高度', '建筑高度'],
  residents: ['residents', 'population', '居住人数', '人口'],
  buildYear: ['buildYear', 'year', 'YEAR', 'start_date', '建成年份', '竣工年份'],
};

const STOREY_M = 3;
const TALLEST_M = 1000;
// A footprint smaller than this is no building, m² (in degrees at the equator it would be some millimetres).
const LEAST_AREA_M2 = 1;

export interface FootprintFile {
  buildings: Building[];
  /** What was left out and why, for the terminal. */
  notes: string[];
}

/** Throws a BuildProblem that names the file, the feature and the way out. */
export function readFootprints(file: string, fields: FieldNames): FootprintFile {
  const { features, projection } = /\.shp$/i.test(file) ? readShapefile(file) : readGeoJson(file);
  const column = columnsIn(features, fields, file);
  if (column.heightM === undefined && column.floors === undefined) {
    const known = Object.keys(features[0]?.properties ?? {}).join(', ');
    throw problem(
      `No column holds heights or floors (columns: ${known || 'none'})`,
      file,
      'Name one: --buildings-fields heightM=COLUMN or floors=COLUMN.',
    );
  }
  const buildings: Building[] = [];
  const flat: number[] = [];
  features.forEach((feature, i) => {
    const where = `${file} feature ${i + 1}`;
    const height = heightOf(feature, column, where);
    if (height === null) {
      flat.push(i + 1);
      return;
    }
    polygonsOf(feature, projection, where).forEach((rings, part) => {
      const building = toBuilding(feature, { column, rings, height });
      const id = building.id || String(i + 1);
      buildings.push({ ...building, id: part === 0 ? id : `${id}-${part + 1}` });
    });
  });
  if (buildings.length === 0)
    throw problem('No footprint with a height', file, 'Check the columns of heights and floors.');
  const notes =
    flat.length === 0
      ? []
      : [
          `${flat.length} of ${features.length} footprints have no height and are left out (features ${flat.slice(0, 5).join(', ')}${flat.length > 5 ? ' …' : ''}) / 缺少高度，未生成`,
        ];
  return { buildings, notes };
}

function readGeoJson(file: string): RawFile {
  let value: { type?: unknown; features?: unknown; crs?: { properties?: { name?: unknown } } };
  try {
    value = JSON.parse(readFileSync(file, 'utf8')) as typeof value;
  } catch (error) {
    throw problem(
      error instanceof Error ? error.message : String(error),
      file,
      'Give a GeoJSON FeatureCollection (.geojson) or a Shapefile (.shp).',
    );
  }
  if (value.type !== 'FeatureCollection' || !Array.isArray(value.features)) {
    throw problem(`type is ${String(value.type)}`, file, 'Save it as a GeoJSON FeatureCollection.');
  }
  const code = /EPSG:+(\d+)/.exec(String(value.crs?.properties?.name ?? ''))?.[1];
  const features = value.features.map((feature: RawFeature) => ({
    properties: feature.properties ?? {},
    geometry: feature.geometry ?? null,
  }));
  return { features, projection: code === undefined ? null : projectionOfEpsg(Number(code), file) };
}

function columnsIn(features: RawFeature[], given: FieldNames, file: string): FieldNames {
  const present = new Set(features.slice(0, 200).flatMap(({ properties }) => Object.keys(properties)));
  const column: FieldNames = {};
  for (const [property, usual] of Object.entries(USUAL) as [keyof FieldNames, readonly string[]][]) {
    const asked = given[property];
    if (asked !== undefined && !present.has(asked)) {
      throw problem(`No column ${asked}`, file, `Choose one of ${[...present].join(', ')} for ${property}.`);
    }
    const name = asked ?? usual.find((candidate) => present.has(candidate));
    if (name !== undefined) column[property] = name;
  }
  return column;
}

/** Null where the feature says neither height nor floors. */
function heightOf(
  { properties }: RawFeature,
  column: FieldNames,
  where: string,
): { heightM: number; floors: number } | null {
  const numberIn = (name: string | undefined): number => {
    const value = name === undefined ? null : properties[name];
    if (value === null || value === undefined || value === '') return 0;
    const number = Number(String(value).replace(/\s*(m|米|层|F)$/i, ''));
    if (!Number.isFinite(number) || number < 0 || number > TALLEST_M) {
      throw problem(
        `${name ?? ''} is ${JSON.stringify(value)}`,
        where,
        `Give a number from 0 to ${TALLEST_M}, or leave it empty.`,
      );
    }
    return number;
  };
  const heightM = numberIn(column.heightM);
  const floors = numberIn(column.floors);
  if (heightM === 0 && floors === 0) return null;
  return {
    heightM: heightM || floors * STOREY_M,
    floors: Math.max(1, Math.round(floors || heightM / STOREY_M)),
  };
}

function toBuilding(
  { properties }: RawFeature,
  {
    column,
    rings,
    height,
  }: { column: FieldNames; rings: Ring[]; height: { heightM: number; floors: number } },
): Building {
  const text = (name: string | undefined): string =>
    name === undefined ? '' : String(properties[name] ?? '').trim();
  const year = Number(/\d{4}/.exec(text(column.buildYear))?.[0] ?? 0);
  return {
    id: text(column.id),
    name: text(column.name),
    use: useOf(text(column.use)),
    rings,
    ...height,
    residents: Math.max(0, Math.round(Number(text(column.residents)) || 0)),
    buildYear: year,
  };
}

// Words of the usual classifications (OSM, GB/T 50280 land use names), most telling first.
const USE_WORDS: readonly (readonly [RegExp, Use])[] = [
  [/hospital|clinic|医|卫生/i, 'hospital'],
  [/school|college|university|kindergarten|学|幼儿园|教育/i, 'school'],
  [/industr|factory|warehouse|manufactur|工业|厂|仓/i, 'industrial'],
  [/office|办公|写字楼/i, 'office'],
  [/retail|commerc|shop|mall|hotel|supermarket|商|酒店|宾馆|超市/i, 'commercial'],
  [
    /public|civic|government|station|police|fire|museum|library|公共|政府|车站|派出所|消防|文化|体育/i,
    'public',
  ],
  [/resident|apartment|house|dormitory|terrace|detached|住|居|公寓|宿舍|民房|农房/i, 'residential'],
];

function useOf(text: string): Use {
  const exact = USES.find((use) => use === text);
  return exact ?? USE_WORDS.find(([words]) => words.test(text))?.[1] ?? 'other';
}

/** Polygons in degrees: outside counter-clockwise, holes clockwise, without the repeated last vertex. */
function polygonsOf({ geometry }: RawFeature, projection: Projection | null, where: string): Ring[][] {
  if (!geometry) throw problem('No geometry', where, 'Give the feature a polygon or remove it.');
  const polygons =
    geometry.type === 'Polygon'
      ? [geometry.coordinates as number[][][]]
      : geometry.type === 'MultiPolygon'
        ? (geometry.coordinates as number[][][][])
        : undefined;
  if (!polygons)
    throw problem(`Geometry is ${geometry.type}`, where, 'Footprints are Polygons or MultiPolygons.');
  return polygons.flatMap((rings) => {
    const turned = rings.map((ring, k) => toRing(ring, { projection, where, isHole: k > 0 }));
    const [outer, ...holes] = turned;
    if (!outer || areaM2(outer) < LEAST_AREA_M2) return [];
    return [[outer, ...holes.filter((hole) => areaM2(hole) >= LEAST_AREA_M2)]];
  });
}

function toRing(
  ring: number[][],
  { projection, where, isHole }: { projection: Projection | null; where: string; isHole: boolean },
): Ring {
  const out: Ring = ring.map(([x = Number.NaN, y = Number.NaN]) => {
    const [lon, lat] = projection ? projection.toDegrees(x, y) : [x, y];
    if (!(Math.abs(lon) <= 180) || !(Math.abs(lat) <= 90)) {
      throw problem(
        `Position ${x}, ${y} is outside the world`,
        where,
        'Use WGS-84 degrees, or a file that names its reference system.',
      );
    }
    return [lon, lat];
  });
  const [first, last] = [out[0], out.at(-1)];
  if (first && last && out.length > 1 && first[0] === last[0] && first[1] === last[1]) out.pop();
  if (out.length < 3)
    throw problem(`A ring of ${out.length} vertices`, where, 'A footprint needs three or more.');
  return signedArea(out) > 0 === isHole ? out.reverse() : out;
}

function signedArea(ring: Ring): number {
  let sum = 0;
  ring.forEach(([x, y], k) => {
    const [nx, ny] = ring[(k + 1) % ring.length]!;
    sum += (x - ring[0]![0]) * (ny - ring[0]![1]) - (nx - ring[0]![0]) * (y - ring[0]![1]);
  });
  return sum / 2;
}

function areaM2(ring: Ring): number {
  const metres = 111_130;
  return Math.abs(signedArea(ring)) * metres * metres * Math.cos((ring[0]![1] * Math.PI) / 180);
}
