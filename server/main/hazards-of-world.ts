// Hazards of one world, wired: gas plumes by the wind, slopes by the rain, and who is in the areas of both and of warnings.
import type { City } from '../../cities/load.ts';
import type { Columns, Geometry, LonLat } from '../../contracts/column.ts';
import type { ShapeOf } from '../../contracts/geojson.ts';
import { exposure as exposureLayer } from '../../contracts/layers/exposure.ts';
import { geohazardScore } from '../../contracts/layers/geohazard-score.ts';
import { incident as incidentLayer } from '../../contracts/layers/incident.ts';
import { plume } from '../../contracts/layers/plume.ts';
import { rainGauge } from '../../contracts/layers/rain-gauge.ts';
import { warning } from '../../contracts/layers/warning.ts';
import { weatherStation } from '../../contracts/layers/weather-station.ts';
import type { LevelScores } from '../../contracts/records/geohazard.ts';
import type { LayerTable, RowInput } from '../../contracts/table.ts';
import type { IncidentBook } from '../command/incidents.ts';
import { gases } from '../decisions/gas-plume/gases.ts';
import { assessPlume, plumeMethod, plumeValidity } from '../decisions/gas-plume/model.ts';
import { geohazardModel } from '../decisions/geohazard-score/score.ts';
import type { ExposureMeter, Polygons } from '../exposure/port.ts';
import { ExposureRows } from '../hazards/exposure-rows.ts';
import type { HazardTown } from '../hazards/geohazard-desk.ts';
import { GeohazardDesk } from '../hazards/geohazard-desk.ts';
import type { GasIncident } from '../hazards/plume-desk.ts';
import { PlumeDesk } from '../hazards/plume-desk.ts';
import { plumeRow } from '../hazards/plume-rows.ts';
import { nearestWind } from '../hazards/wind.ts';
import { limitsInForce } from '../indicators/score.ts';
import type { RegionGrid } from '../ingest/region-grid.ts';
import type { Clock } from '../kit/clock.ts';
import { keepOwnRows } from '../kit/own-rows.ts';
import type { LiveWorld } from '../state/live-world.ts';
import type { Shared } from './shared.ts';
import type { Stores } from './stores.ts';

/** An incident this near to a hazard source is at it, m. */
const AT_SOURCE_M = 500;
const METRES_PER_DEGREE = 111_195;
/** Kinds of incidents in which a gas may escape. */
const GAS_KINDS = new Set<string | null>(['hazmat', 'gas-leak']);
/** From here on it is over for those it reached. */
const OVER = new Set<string | null>(['answered', 'checked', 'closed', 'archived', 'merged']);

export interface HazardParts {
  readonly shared: Pick<Shared, 'city' | 'exposure' | 'shapeOf'>;
  readonly world: LiveWorld;
  readonly grid: RegionGrid;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly incidents: IncidentBook;
  /** Everything in a demonstration is synthetic. */
  readonly isDemo: boolean;
}

export interface WorldHazards {
  readonly plumes: PlumeDesk;
  readonly exposure: ExposureMeter;
}

/** Folds the log; from then on every tick of the world sees to it. */
export async function hazardsOf(parts: HazardParts): Promise<WorldHazards> {
  const { shared, world, isDemo } = parts;
  const exposure = shared.exposure();
  const warnings = tableOf(world, warning);
  const rows = new ExposureRows({
    ...{ warnings, exposure, isDemo },
    polygonsOf: (slot) => polygonsOf(warnings.column('area').get(slot), shared.shapeOf),
    write: (all) => put(world, exposureLayer.slug, all),
  });
  const plumes = plumesOf(parts, exposure, rows);
  await plumes.start();
  world.compute(plumes);
  world.compute(rows);
  world.compute(
    new GeohazardDesk({
      ...{ world, isDemo, model: geohazardModel, gauges: tableOf(world, rainGauge) },
      towns: hazardTowns(shared.city),
      levelsAt: (at) => slopeLevels(shared.city, at),
      write: (all) => put(world, geohazardScore.slug, all),
    }),
  );
  return { plumes, exposure };
}

function plumesOf(parts: HazardParts, exposure: ExposureMeter, rows: ExposureRows): PlumeDesk {
  const { shared, world, grid, stores, clock, incidents, isDemo } = parts;
  const stations = tableOf(world, weatherStation);
  const sources = hazardSources(shared.city);
  return new PlumeDesk({
    ...{ log: stores.records, clock, gases, exposure, assess: assessPlume },
    ...{ method: plumeMethod, validity: plumeValidity },
    regionAt: ([lon, lat]) => grid.regionAt(lon, lat) || shared.city.profile.code,
    windAt: ({ at }, now) => nearestWind(world, stations, { at, now }),
    gasIncidents: () => gasIncidents(world, sources),
    isOpenIncident: (id) => !OVER.has(incidents.find(id)?.stage ?? 'closed'),
    onChange: (runs, at) => {
      put(
        world,
        plume.slug,
        runs.map((run) => {
          const gas = gases[run.facts.source.gas]?.title.zh ?? run.facts.source.gas;
          return plumeRow(run, at, { gas, validity: plumeValidity.zh, isDemo });
        }),
      );
      rows.show(runs, at);
    },
    onEnd: (run, at) => rows.end(run, at),
  });
}

const tableOf = <C extends Columns>(
  world: LiveWorld,
  { slug }: { slug: string; columns: C },
): LayerTable<C> => world.table(slug) as unknown as LayerTable<C>;

function put(world: LiveWorld, slug: string, rows: readonly RowInput<never>[] | readonly RowInput[]): void {
  const held = world.layers.get(slug);
  if (!held) throw new Error(`layer ${slug} is not loaded: see contracts/layers`);
  keepOwnRows(held, rows as readonly RowInput[]);
}

function polygonsOf(geometry: Geometry | null, shapeOf: ShapeOf): Polygons {
  if (geometry === null) return [];
  if (geometry.type === 'TilesetFeature') return polygonsOf(shapeOf(geometry), shapeOf);
  if (geometry.type === 'Polygon') return [geometry.coordinates];
  return geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
}

interface GasSource {
  readonly at: LonLat;
  readonly gas: string;
}

/** Hazard sources of the city whose substance the model knows. */
const hazardSources = ({ places }: City): GasSource[] =>
  places.flatMap(({ properties, geometry }): GasSource[] =>
    properties.kind === 'hazard-source' && gases[properties.substance]
      ? [{ at: [geometry.coordinates[0], geometry.coordinates[1]], gas: properties.substance }]
      : [],
  );

function gasIncidents(world: LiveWorld, sources: readonly GasSource[]): GasIncident[] {
  const table = tableOf(world, incidentLayer);
  const found: GasIncident[] = [];
  for (let slot = 0; slot < table.highWater; slot++) {
    if (table.alive[slot] !== 1 || !GAS_KINDS.has(table.column('kind').get(slot))) continue;
    if (OVER.has(table.column('stage').get(slot))) continue;
    const position = table.column('position');
    if (position.isNull(slot)) continue;
    const at: LonLat = [position.lon(slot), position.lat(slot)];
    const source = sources.find((one) => metresBetween(one.at, at) <= AT_SOURCE_M);
    if (!source) continue;
    found.push({
      id: Number(table.keyAt(slot)),
      title: table.column('title').get(slot) ?? '',
      ...{ at: source.at, gas: source.gas, region: table.regionAt(slot) },
      since: table.column('reportedAt').get(slot),
    });
  }
  return found;
}

function metresBetween([lonA, latA]: LonLat, [lonB, latB]: LonLat): number {
  const east = (lonB - lonA) * Math.cos((latA * Math.PI) / 180);
  return Math.hypot(east, latB - latA) * METRES_PER_DEGREE;
}

/** Of the set that is in force on the day; the newest where none is. */
function slopeLevels({ thresholds: { slope }, profile }: City, at: number): LevelScores {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: profile.timeZone }).format(at);
  const found = limitsInForce(slope, day) ?? slope.at(-1);
  if (!found) throw new Error('thresholds.yaml: slope: no set of levels');
  return found.scoreLevels;
}

/** Towns with slopes that are watched; a town without any has no score. */
function hazardTowns({ towns, stations, thresholds }: City): HazardTown[] {
  const loosened = new Set(thresholds.slope.flatMap(({ quakeLoosened = [] }) => quakeLoosened));
  return towns.flatMap(({ code, name, lon, lat, countyCode }): HazardTown[] => {
    const points = stations['slope-monitors'].filter(({ townCode }) => townCode === code);
    if (points.length === 0) return [];
    return [
      {
        ...{ code, name, at: [lon, lat], points },
        line: loosened.has(countyCode) ? 'quake-loosened' : 'elsewhere',
      },
    ];
  });
}
