// Reads the authored files of a city package for the generators. Trusts them: cities/load.ts is the strict reader.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseCsv, type Row } from './csv.ts';
import { insideRing, type Point } from '../geometry.ts';

export type Feature = {
  type: 'Feature';
  properties: Record<string, unknown> & { id: string; name: { zh: string; en?: string } };
  geometry: { type: string; coordinates: unknown };
};

export type SlopePlan = {
  points: number;
  people: number;
  towns: string[];
};
export type OutfallKind = {
  medium: 'water' | 'air';
  industry: string;
  zh: string;
  en: string;
  limits: Partial<Record<'cod' | 'nh3n' | 'tp' | 'so2' | 'nox' | 'pm', number>>;
};
/** Half widths of a reservoir along a river, metres. */
export type StemWidths = {
  startM: number;
  endM: number;
  /** The last reach above the dam, over which the lake narrows to the gorge; without it the lake ends as wide as it is. */
  gorge?: { halfM: number; lengthM: number };
};
export type LakePlan = {
  id: string;
  zh: string;
  en: string;
  reservoir: string;
  stems: ({ river: string; from: Point; to: Point } & StemWidths)[];
};
export type Plan = {
  seed: string;
  /** Files that hold real lists here and must not be generated. */
  authored: string[];
  population: { urban: Record<string, { share: number; towns: string[] }>; doubleWeight: string[] };
  anchors: Record<string, Point>;
  /** Whether villages are made up; absent: the city has none of its own, and towns stand for them. */
  villages?: boolean;
  lakes: LakePlan[];
  borderRainGauges: { id: string; name: string; en: string; at: Point; elevationM: number }[];
  counts: Record<
    'outfalls' | 'weather' | 'noise' | 'radiation' | 'flowStations' | 'roadside' | 'firePanels',
    number
  >;
  slopes: Record<string, SlopePlan>;
  gazetteer: {
    aliases: Record<string, string[]>;
    former: { name: string; en: string; id: string; at: Point; note: string }[];
  };
  outfalls: {
    kinds: Record<string, OutfallKind>;
    fixed: { kind: string; at: string[]; count: number }[];
    parks: Record<string, { weight: number; kinds: string[] }>;
  };
};

export type Source = {
  id: string;
  code: string;
  bounds: [number, number, number, number];
  plan: Plan;
  counties: { code: string; name: string; en: string; seat: Point; ring: Point[]; population: number }[];
  seatTowns: string[];
  towns: Row[];
  features: (file: string) => Feature[];
  table: (file: string) => Row[];
  /** None where the city has no such file. */
  mayTable: (file: string) => Row[];
  countyOf: (point: Point) => string;
};

function seatOf(county: Feature): Point {
  const { lon, lat } = county.properties['seat'] as { lon: number; lat: number };
  return [lon, lat];
}

export function readSource(root: string, id: string): Source {
  const text = (file: string): string => readFileSync(join(root, id, file), 'utf8');
  const features = (file: string): Feature[] => (JSON.parse(text(file)) as { features: Feature[] }).features;
  const table = (file: string): Row[] => parseCsv(text(file));
  const mayTable = (file: string): Row[] => (existsSync(join(root, id, file)) ? table(file) : []);
  const city = parse(text('city.yaml')) as { code: number | string; bounds: Source['bounds'] };
  const counties = features('counties.geojson')
    .filter((county) => county.properties['kind'] === 'county')
    .map((county) => ({
      code: String(county.properties['code']),
      name: county.properties.name.zh,
      en: county.properties.name.en ?? '',
      seat: seatOf(county),
      ring: (county.geometry.coordinates as Point[][])[0] as Point[],
      population: Number(county.properties['population']),
    }));
  const plan = parse(text('generate.yaml')) as Plan;
  return {
    id,
    code: String(city.code),
    bounds: city.bounds,
    plan,
    counties,
    seatTowns: Object.values(plan.population.urban).flatMap(({ towns }) => towns),
    towns: table('towns.csv'),
    features,
    table,
    mayTable,
    countyOf: (point) => counties.find((county) => insideRing(point, county.ring))?.code ?? String(city.code),
  };
}

export const pointOf = (row: Row): Point => [Number(row['lon']), Number(row['lat'])];
