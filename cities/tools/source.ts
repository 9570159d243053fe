// Reads the authored files of a city package for the generators. Trusts them: cities/load.ts is the strict reader.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseCsv, type Row } from './csv.ts';
import { insideRing, type Point } from './geometry.ts';

export type Feature = {
  type: 'Feature';
  properties: Record<string, unknown> & { id: string; name: { zh: string; en?: string } };
  geometry: { type: string; coordinates: unknown };
};

export type SlopePlan = {
  points: number;
  people: number;
  towns: string[];
  trigger: string;
  triggerEn: string;
};
export type LakePlan = {
  id: string;
  zh: string;
  en: string;
  reservoir: string;
  stems: { river: string; from: Point; to: Point; startM: number; endM: number }[];
};
export type Plan = {
  seed: string;
  mnPrefix: string;
  population: { urban: Record<string, { share: number; towns: string[] }>; doubleWeight: string[] };
  anchors: Record<string, Point>;
  lakes: LakePlan[];
  borderRainGauges: { id: string; name: string; at: Point; elevationM: number }[];
  counts: Record<
    'outfalls' | 'weather' | 'noise' | 'radiation' | 'flowStations' | 'roadside' | 'firePanels',
    number
  >;
  slopes: Record<string, SlopePlan>;
  outfallIndustries: { park: string; kinds: string[] }[];
};

export type Source = {
  id: string;
  code: string;
  bounds: [number, number, number, number];
  plan: Plan;
  counties: { code: string; name: string; ring: Point[]; population: number }[];
  towns: Row[];
  features: (file: string) => Feature[];
  table: (file: string) => Row[];
  countyOf: (point: Point) => string;
};

export function readSource(root: string, id: string): Source {
  const text = (file: string): string => readFileSync(join(root, id, file), 'utf8');
  const features = (file: string): Feature[] => (JSON.parse(text(file)) as { features: Feature[] }).features;
  const table = (file: string): Row[] => parseCsv(text(file));
  const city = parse(text('city.yaml')) as { code: number | string; bounds: Source['bounds'] };
  const counties = features('counties.geojson')
    .filter((county) => county.properties['kind'] === 'county')
    .map((county) => ({
      code: String(county.properties['code']),
      name: county.properties.name.zh,
      ring: (county.geometry.coordinates as Point[][])[0] as Point[],
      population: Number(county.properties['population']),
    }));
  return {
    id,
    code: String(city.code),
    bounds: city.bounds,
    plan: parse(text('generate.yaml')) as Plan,
    counties,
    towns: table('towns.csv'),
    features,
    table,
    countyOf: (point) => counties.find((county) => insideRing(point, county.ring))?.code ?? String(city.code),
  };
}

export const pointOf = (row: Row): Point => [Number(row['lon']), Number(row['lat'])];
