// Every generated file of a city package and who builds it, in order: later files may read earlier ones.
import { format } from 'prettier';
import { toCsv } from './csv.ts';
import { buildLake } from './lakes.ts';
import { readSource, type Source } from './source.ts';
import { buildTowns } from './towns.ts';

type Build = (root: string, id: string) => string | Promise<string>;
type Rows = readonly Record<string, string | number | null>[];

const csv =
  (rows: (source: Source) => Rows): Build =>
  (root, id) =>
    toCsv(rows(readSource(root, id)));

const geojson =
  (features: (source: Source) => unknown[]): Build =>
  (root, id) =>
    format(JSON.stringify({ type: 'FeatureCollection', features: features(readSource(root, id)) }), {
      parser: 'json',
      printWidth: 110,
    });

export const generatedFiles: Record<string, Build> = {
  'towns.csv': csv(buildTowns),
  'lakes.geojson': geojson((source) => source.plan.lakes.map((lake) => buildLake(source, lake))),
};
