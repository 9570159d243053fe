// Every generated file of a city package and who builds it, in order: later files may read earlier ones.
import { format } from 'prettier';
import { toCsv } from './csv.ts';
import { buildGazetteer } from './gazetteer.ts';
import { buildLake } from './lakes.ts';
import { readSource, type Source } from './source.ts';
import { buildNoiseStations, buildOutfalls, buildRadiationStations } from './stations-environment.ts';
import { buildFirePanels, buildSlopeMonitors } from './stations-safety.ts';
import { buildFlowStations, buildRoadsidePoints } from './stations-traffic.ts';
import { buildRainGauges, buildWeatherStations } from './stations-weather.ts';
import { buildTowns } from './towns.ts';
import { buildVillages } from './villages.ts';

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

const builders: Record<string, Build> = {
  'towns.csv': csv(buildTowns),
  'lakes.geojson': geojson((source) => source.plan.lakes.map((lake) => buildLake(source, lake))),
  'stations/rain-gauges.csv': csv(buildRainGauges),
  'stations/weather.csv': csv(buildWeatherStations),
  'stations/outfalls.csv': csv(buildOutfalls),
  'stations/noise.csv': csv(buildNoiseStations),
  'stations/radiation.csv': csv(buildRadiationStations),
  'stations/flow-stations.csv': csv(buildFlowStations),
  'stations/roadside.csv': csv(buildRoadsidePoints),
  'stations/slope-monitors.csv': csv(buildSlopeMonitors),
  'stations/fire-panels.csv': csv(buildFirePanels),
  'villages.csv': (root, id) => toCsv(buildVillages(readSource(root, id), root)),
  'gazetteer.csv': (root, id) => toCsv(buildGazetteer(readSource(root, id), root)),
};

/** The files generated for a city, with their builders, in the order they must be written. */
export function generatedFiles(root: string, id: string): [file: string, build: Build][] {
  const { authored, villages } = readSource(root, id).plan;
  const unknown = authored.find((file) => !(file in builders));
  if (unknown) {
    const known = Object.keys(builders).join(', ');
    throw new Error(`cities/${id}/generate.yaml: authored names ${unknown} → use one of: ${known}.`);
  }
  return Object.entries(builders).filter(
    ([file]) => !authored.includes(file) && (file !== 'villages.csv' || villages),
  );
}
