// Roads and resources of one world, wired: the graph of the city with what the layers say of it, rows of what is closed and
// cut off, hand-made closures, and who called which resource.
import { isolatedPlace } from '../../contracts/layers/isolated-place.ts';
import { resource } from '../../contracts/layers/resource.ts';
import { roadClosure } from '../../contracts/layers/road-closure.ts';
import { roadEvent } from '../../contracts/layers/road-event.ts';
import { roadSpeed } from '../../contracts/layers/road-speed.ts';
import { warning } from '../../contracts/layers/warning.ts';
import type { Geometry, LonLat } from '../../contracts/column.ts';
import type { Columns } from '../../contracts/column.ts';
import type { IsolatedPlace, RoadClosure } from '../../contracts/records/road.ts';
import type { LayerTable, RowInput } from '../../contracts/table.ts';
import type { IncidentBook } from '../command/incidents.ts';
import type { RegionGrid } from '../ingest/region-grid.ts';
import type { Clock } from '../kit/clock.ts';
import { keepOwnRows, SELF } from '../kit/own-rows.ts';
import { BookingBook } from '../resources/booking-book.ts';
import { ResourceDesk } from '../resources/resource-desk.ts';
import { isInside } from '../roads/edge-grid.ts';
import { endsOf } from '../roads/graph.ts';
import type { RoadGround } from '../roads/ground.ts';
import { RoadDesk } from '../roads/road-desk.ts';
import { RoadNetwork } from '../roads/road-network.ts';
import { Ways } from '../roads/ways.ts';
import type { LiveWorld } from '../state/live-world.ts';
import type { Shared } from './shared.ts';
import type { Stores } from './stores.ts';

/** Where nothing can be asked for, whatever else happens to it. */
const OVER = ['closed', 'archived', 'merged'];
/** Of the columns of texts and lists. */
const MOST_CUTS = 12;
/** Of the code of a town. */
const TOWN_DIGITS = 9;

export interface RoadParts {
  readonly shared: Pick<Shared, 'city' | 'ground'>;
  readonly world: LiveWorld;
  readonly grid: RegionGrid;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly incidents: IncidentBook;
  /** Everything in a demonstration is synthetic. */
  readonly isDemo: boolean;
}

type Grounded = Pick<RoadParts, 'world' | 'isDemo'> & { readonly ground: RoadGround };

export interface WorldRoads {
  readonly roads: RoadDesk;
  readonly resources: ResourceDesk;
  readonly bookings: BookingBook;
}

/** Folds the logs; from then on every tick of the world sees to it. */
export async function roadsOf({ shared, ...given }: RoadParts): Promise<WorldRoads> {
  const parts = { ...given, ground: shared.ground() };
  const { ground, world, stores, clock, incidents, grid } = parts;
  const cityCode = shared.city.profile.code;
  const { records: log } = stores;
  const later: { roads?: RoadDesk } = {};
  const network: RoadNetwork = new RoadNetwork({
    ground,
    events: tableOf(world, roadEvent),
    speeds: tableOf(world, roadSpeed),
    onChange: (_, at) => {
      if (later.roads) writeRows(parts, { network, roads: later.roads, at });
    },
  });
  const incident = (id: number) => incidents.find(id) ?? null;
  const roads = new RoadDesk({
    ...{ log, clock, ground, network },
    regionAt: ([lon, lat]) => grid.regionAt(lon, lat) || cityCode,
    isOpenIncident: (id) => !OVER.includes(incident(id)?.stage ?? 'closed'),
  });
  later.roads = roads;
  await roads.start();
  const told: { desk?: ResourceDesk } = {};
  const bookings = new BookingBook({
    ...{ log, clock, incident },
    resource: (by, key) => {
      const found = told.desk?.find(by, key);
      if (!found) return null;
      const { name, region, items } = found;
      return { name, region, free: (item) => items.find((one) => one.item === item)?.free ?? 0 };
    },
  });
  await bookings.open();
  const resources = new ResourceDesk({
    table: tableOf(world, resource),
    ...{ ways: new Ways(ground, network.conditions), clock, bookings },
    risky: () => riskyOf(parts),
  });
  told.desk = resources;
  world.compute(network);
  world.follow(resources);
  return { roads, resources, bookings };
}

const tableOf = <C extends Columns>(
  world: LiveWorld,
  { slug }: { slug: string; columns: C },
): LayerTable<C> => world.table(slug) as unknown as LayerTable<C>;

/** Pieces with a tunnel or a bridge in the area of a warning that holds. */
function riskyOf({ ground, world }: Grounded): ReadonlyMap<number, string> {
  const table = tableOf(world, warning);
  const risky = new Map<number, string>();
  for (let slot = 0; slot < table.highWater; slot++) {
    if (table.alive[slot] !== 1 || table.column('status').get(slot) === 'exercise') continue;
    const area = table.column('area').get(slot);
    for (const { name, at, edge } of ground.weak) if (covers(area, at)) risky.set(edge, name);
  }
  return risky;
}

function covers(area: Geometry | null, at: LonLat): boolean {
  const polygons =
    area?.type === 'Polygon' ? [area.coordinates] : area?.type === 'MultiPolygon' ? area.coordinates : [];
  return polygons.some((rings) => rings.reduce((inside, ring) => inside !== isInside(ring, at), false));
}

interface Seen {
  readonly network: RoadNetwork;
  readonly roads: RoadDesk;
  readonly at: number;
}

/** What is closed and who is cut off, as rows: map, lists, history and replay read those. */
function writeRows(parts: Grounded, { network, roads, at }: Seen): void {
  const isolated = network.isolated();
  const closures = roads.closures(isolated);
  const titles = new Map(closures.map(({ id, title }) => [id, title]));
  put(
    parts,
    isolatedPlace.slug,
    isolated.map((place) => placeRow(parts, { place, titles, at })),
  );
  put(
    parts,
    roadClosure.slug,
    closures.map((closure) => closureRow(parts, { closure, network, at })),
  );
}

function put({ world }: Grounded, slug: string, rows: readonly RowInput[]): void {
  const held = world.layers.get(slug);
  if (!held) throw new Error(`layer ${slug} is not loaded: see contracts/layers`);
  keepOwnRows(held, rows);
}

function placeRow(
  { world, isDemo }: Grounded,
  {
    place,
    titles,
    at,
  }: { readonly place: IsolatedPlace; readonly titles: ReadonlyMap<string, string>; readonly at: number },
): RowInput<(typeof isolatedPlace)['columns']> {
  const table = tableOf(world, isolatedPlace);
  const slot = table.slotOf(place.code);
  const since = slot >= 0 && table.alive[slot] === 1 ? table.column('sinceAt').get(slot) : NaN;
  return {
    // Of a village the code of its town: streams and rights know those.
    ...{ key: place.code, validAt: at, regionCode: place.code.slice(0, TOWN_DIGITS), source: SELF },
    synthetic: isDemo || place.kind === 'village',
    quality: 'estimated',
    values: {
      position: place.position,
      name: place.name.zh,
      residents: place.residents,
      lost: place.lost,
      cuts: place.cuts.slice(0, MOST_CUTS).map((cut) => (titles.get(cut) ?? cut).slice(0, 160)),
      sinceAt: Number.isNaN(since) ? at : since,
      kind: place.kind,
      town: place.town?.zh ?? null,
      detourMin: place.detourMin,
    },
  };
}

function closureRow(
  { ground, isDemo }: Grounded,
  {
    closure,
    network,
    at,
  }: { readonly closure: RoadClosure; readonly network: RoadNetwork; readonly at: number },
): RowInput<(typeof roadClosure)['columns']> {
  const edges = network.conditions.edgesOf(closure.id) ?? new Int32Array(0);
  return {
    ...{ key: closure.id, validAt: at, regionCode: closure.region, source: SELF },
    quality: 'estimated',
    synthetic: isDemo || network.eventOf(closure.id)?.synthetic === true,
    values: {
      position: closure.at,
      line: { type: 'MultiLineString', coordinates: [...edges].map((edge) => endsOf(ground.graph, edge)) },
      title: closure.title.slice(0, 160),
      cause: closure.cause,
      closedKm: closure.km,
      roads: closure.roads.join('、').slice(0, 200),
      isolates: closure.isolates.length,
      residents: closure.residents,
      by: closure.by?.slice(0, 60) ?? null,
      sinceAt: closure.since,
    },
  };
}
