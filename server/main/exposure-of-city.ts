// What exposure is measured with: residents of the city on a grid, its places, its roads. Made once for all worlds.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { City } from '../../cities/load.ts';
import type { LonLat } from '../../contracts/column.ts';
import type { ServerConfig } from '../config.ts';
import { createHours } from '../exposure/day-time.ts';
import type { CountedKind, CountedPlace } from '../exposure/exposure.ts';
import { createExposureMeter } from '../exposure/exposure.ts';
import type { ExposureMeter } from '../exposure/port.ts';
import type { LivedIn, SettledTown } from '../exposure/resident-grid.ts';
import { ResidentGrid } from '../exposure/resident-grid.ts';
import { RegionGrid } from '../ingest/region-grid.ts';
import { endsOf } from '../roads/graph.ts';
import type { RoadGround } from '../roads/ground.ts';
import { regionsOf } from './city-facts.ts';

/** Places along a piece of road at which it is asked which cell they lie in. */
const PROBES = 8;

/** The grid takes a third of a second: it is made when somebody is counted first. */
export function exposureOf(city: City, config: ServerConfig, ground: () => RoadGround): ExposureMeter {
  let made: ExposureMeter | null = null;
  const meter = (): ExposureMeter => (made ??= meterOf(city, config, ground));
  return { measure: (areas, at) => meter().measure(areas, at), tally: () => meter().tally() };
}

function meterOf(city: City, config: ServerConfig, ground: () => RoadGround): ExposureMeter {
  const regions = new RegionGrid(regionsOf(city));
  const grid = new ResidentGrid({
    bounds: city.profile.bounds,
    towns: city.towns.map(settledTown),
    townAt: (lon, lat) => regions.regionAt(lon, lat),
    buildings: livedIn(config),
  });
  return createExposureMeter({
    grid,
    places: countedPlaces(city),
    hourAt: createHours(city.calendar),
    roads: city.roads.length > 0 ? laidRoads(grid, ground) : null,
    sourceDay: city.profile.populationAt,
  });
}

const settledTown = ({ code, lon, lat, population, kind }: City['towns'][number]): SettledTown => ({
  ...{ code, at: [lon, lat], residents: population },
  settled: kind === 'street' ? 'core' : 'town',
});

/** Kinds of the city package as they are counted, and the field that says how many each holds. */
const counted: Readonly<Record<string, readonly [kind: CountedKind, field: string]>> = {
  school: ['school', 'students'],
  hospital: ['hospital', 'beds'],
  shelter: ['shelter', 'capacity'],
  'industrial-park': ['park', ''],
  'scenic-area': ['scenic', 'maxPerDay'],
};

function countedPlaces({ places, gatherings }: City): CountedPlace[] {
  const ofPlaces = places.flatMap(({ properties, geometry }): CountedPlace[] => {
    const found = counted[properties.kind];
    if (!found) return [];
    const [kind, field] = found;
    const holds: unknown = (properties as Readonly<Record<string, unknown>>)[field];
    const [lon, lat] = geometry.coordinates;
    return [{ kind, name: properties.name.zh, at: [lon, lat], holds: typeof holds === 'number' ? holds : 0 }];
  });
  const ofGatherings = gatherings.map(({ kind, name, lon, lat, people }): CountedPlace => {
    return { kind, name, at: [lon, lat], holds: people };
  });
  return [...ofPlaces, ...ofGatherings];
}

/** Bytes of a building in buildings/table.bin; tilesets/buildings/table.ts writes it. */
const ROW_BYTES = 18;
const PER_DEGREE = 1e6;

/** Buildings of the tiles with the people who live in them; none where no tiles were built. */
function livedIn({ tiles, city }: ServerConfig): LivedIn[] {
  if (tiles === undefined) return [];
  let bytes: Buffer;
  try {
    bytes = readFileSync(path.resolve(tiles, city, 'buildings', 'table.bin'));
  } catch {
    return [];
  }
  const count = Math.floor(bytes.length / ROW_BYTES);
  return Array.from({ length: count }, (_, row) => ({
    at: [
      bytes.readInt32LE(4 * row) / PER_DEGREE,
      bytes.readInt32LE(4 * (count + row)) / PER_DEGREE,
    ] as LonLat,
    residents: bytes.readUInt16LE(12 * count + 2 * row),
  }));
}

/** Metres of road by cell, made when they are first asked for. */
function laidRoads(grid: ResidentGrid, ground: () => RoadGround): () => Float32Array {
  let laid: Float32Array | null = null;
  return () => (laid ??= metresByCell(grid, ground()));
}

function metresByCell(grid: ResidentGrid, { graph }: RoadGround): Float32Array {
  const metres = new Float32Array(grid.core.length);
  for (let edge = 0; edge < graph.edges; edge++) {
    const [a, b] = endsOf(graph, edge);
    for (let i = 0; i < PROBES; i++) {
      const part = (i + 0.5) / PROBES;
      const cell = grid.cellAt([a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part]);
      if (cell >= 0) metres[cell] = (metres[cell] as number) + (graph.lengthM[edge] as number) / PROBES;
    }
  }
  return metres;
}
