// Air stations behind an OGC SensorThings 1.1 service: entity sets, navigation, paging. Any five-minute step of the
// last two days has its observation.
import { DAY } from '../engine/local-time.ts';
import {
  apply,
  parseQuery,
  QueryError,
  type Entity,
  type Navigate,
  type Query,
} from '../protocols/sensorthings-query.ts';
import { RequestError, type Exchange, type HttpHost, type Handler } from '../transport/http-server.ts';
import { servePolled } from '../transport/polled-document.ts';
import type { Source, World } from '../world.ts';
import { AirEntities, FACTORS, FEED, STEP_MS, type Station } from './air-entities.ts';

const HISTORY_MS = 2 * DAY;
const PAGE = 100;
const MAX_PAGE = 1_000;
const ROOT = '/sta/v1.1';

const SETS = ['Things', 'Locations', 'Datastreams', 'Sensors', 'ObservedProperties', 'Observations'] as const;
type SetName = (typeof SETS)[number];

/** Bounds of phenomenonTime that every match must obey, read off plain `and` terms. */
function timeBounds(query: Query, at: number): { from: number; to: number } {
  let from = at - HISTORY_MS;
  if (!/\bor\b|\bnot\b/.test(query.filterText)) {
    for (const match of query.filterText.matchAll(/phenomenonTime\s+(gt|ge)\s+(\S+?)(?=[\s)]|$)/g)) {
      const bound = Date.parse(match[2] ?? '');
      if (Number.isFinite(bound)) from = Math.max(from, bound);
    }
  }
  // The newest few need no more than their own steps.
  const newest =
    /^(phenomenon|result)Time$/.test(query.orderBy[0]?.path ?? '') && query.orderBy[0]?.descending === true;
  if (newest && query.filter === null && !query.count && query.top !== null) {
    from = Math.max(from, at - (query.top + query.skip) * STEP_MS);
  }
  return { from, to: at };
}

interface AirRequest {
  navigate: Navigate;
  resolve: (path: string) => Entity | Entity[];
  /** Observations are looked for in these bounds only. */
  narrow: (bounds: { from: number; to: number }) => void;
}

class AirNavigator implements AirRequest {
  private readonly air: AirEntities;
  private readonly origin: string;
  private readonly at: number;
  private readonly kinds: WeakMap<
    Readonly<Record<string, unknown>>,
    'Things' | 'Locations' | 'Datastreams' | 'Sensors' | 'ObservedProperties' | 'Observations'
  >;
  private bounds: { from: number; to: number };

  constructor(air: AirEntities, origin: string, at: number) {
    this.air = air;
    this.origin = origin;
    this.at = at;
    this.kinds = new WeakMap<Entity, SetName>();
    this.bounds = { from: this.at - HISTORY_MS, to: this.at };
  }

  private readonly mark = (set: SetName, entity: Entity): Entity => {
    const id = String(entity['@iot.id']);
    const linked = { '@iot.selfLink': `${this.origin}${ROOT}/${set}(${id})`, ...entity };
    this.kinds.set(linked, set);
    return linked;
  };

  private readonly station = (id: number): Station => this.air.stations[id - 1] as Station;

  private readonly streams = (s: Station): Entity[] =>
    FACTORS.map((_, f) => this.mark('Datastreams', this.air.datastream(s, f)));

  private readonly observed = (id: number, within: { from: number; to: number }): Entity[] =>
    this.air.observations(id, within).map((o) => this.mark('Observations', o));

  private readonly all = (set: SetName): Entity[] => {
    switch (set) {
      case 'Things':
        return this.air.stations.map((s) => this.mark(set, this.air.thing(s)));
      case 'Locations':
        return this.air.stations.map((s) => this.mark(set, this.air.location(s)));
      case 'Sensors':
        return this.air.stations.map((s) => this.mark(set, this.air.sensor(s)));
      case 'ObservedProperties':
        return FACTORS.map((_, f) => this.mark(set, this.air.property(f)));
      case 'Datastreams':
        return this.air.stations.flatMap(this.streams);
      case 'Observations':
        return this.air.stations.flatMap((s) =>
          FACTORS.flatMap((_, f) => this.observed(this.air.index(s) * FACTORS.length + f + 1, this.bounds)),
        );
    }
  };

  readonly navigate: Navigate = (entity, name, query) => {
    const id = Number(entity['@iot.id']);
    const f = (id - 1) % FACTORS.length;
    const owner = (): Station => this.station(Math.floor((id - 1) / FACTORS.length) + 1);
    const parent = (): number => Math.floor(id / 10_000_000);
    switch (`${this.kinds.get(entity) ?? ''}/${name}`) {
      case 'Things/Locations':
        return [this.mark('Locations', this.air.location(this.station(id)))];
      case 'Things/Datastreams':
      case 'Sensors/Datastreams':
        return this.streams(this.station(id));
      case 'Locations/Things':
        return [this.mark('Things', this.air.thing(this.station(id)))];
      case 'ObservedProperties/Datastreams':
        return this.air.stations.map((s) => this.mark('Datastreams', this.air.datastream(s, id - 1)));
      case 'Datastreams/Thing':
        return this.mark('Things', this.air.thing(owner()));
      case 'Datastreams/Sensor':
        return this.mark('Sensors', this.air.sensor(owner()));
      case 'Datastreams/ObservedProperty':
        return this.mark('ObservedProperties', this.air.property(f));
      case 'Datastreams/Observations':
        return this.observed(id, query === undefined ? this.bounds : timeBounds(query, this.at));
      case 'Observations/Datastream':
        return this.mark(
          'Datastreams',
          this.air.datastream(
            this.station(Math.floor((parent() - 1) / FACTORS.length) + 1),
            (parent() - 1) % FACTORS.length,
          ),
        );
      default:
        return undefined;
    }
  };

  readonly resolve = (path: string): Entity | Entity[] => {
    let current: Entity | Entity[] | undefined;
    for (const part of path.split('/')) {
      const match = /^(\w+)(?:\((\d+)\))?$/.exec(part);
      const name = match?.[1] ?? '';
      if (current === undefined) {
        const set = SETS.find((s) => s === name);
        if (set === undefined) throw new RequestError(404, `${part} → no such entity set`);
        if (set === 'Observations' && match?.[2] !== undefined)
          current = this.observed(Math.floor(Number(match[2]) / 10_000_000), this.bounds);
        else current = this.all(set);
      } else current = Array.isArray(current) ? undefined : this.navigate(current, name);
      if (match?.[2] !== undefined && Array.isArray(current))
        current = current.find((e) => String(e['@iot.id']) === match[2]);
      if (current === undefined) throw new RequestError(404, `${part} → not there`);
    }
    return current as Entity | Entity[];
  };

  readonly narrow: AirRequest['narrow'] = (b: typeof this.bounds) => (this.bounds = b);
}

/** One request's view of the service: its links, its navigation and its moment. */
function createAirRequest(air: AirEntities, origin: string, at: number): AirRequest {
  return new AirNavigator(air, origin, at);
}

class AirService implements Source {
  private readonly world: World;
  private readonly air: AirEntities;
  private readonly handler: Handler;

  constructor(world: World) {
    this.world = world;
    this.air = new AirEntities(world);
    this.handler = servePolled(this.world.clock, this.world.outlet, {
      feed: FEED,
      contentType: 'application/json; charset=utf-8',
      periodS: STEP_MS / 1000,
      variant: (exchange) => `${exchange.origin}${exchange.request.url ?? ''}`,
      build: (at, exchange) => {
        try {
          const answer = this.answerOf(exchange, at);
          const records = 'value' in answer && Array.isArray(answer.value) ? answer.value.length : 1;
          return { body: Buffer.from(JSON.stringify(answer)), records };
        } catch (error) {
          if (error instanceof QueryError) throw new RequestError(400, error.message);
          throw error;
        }
      },
    });
  }

  private readonly answerOf = (exchange: Exchange, at: number): object => {
    const { origin, params, query: search } = exchange;
    const path = (params['rest'] ?? '').replace(/\/$/, '');
    if (path === '') return { value: SETS.map((name) => ({ name, url: `${origin}${ROOT}/${name}` })) };
    const { navigate, resolve, narrow } = createAirRequest(this.air, origin, at);
    const query = parseQuery(search, navigate);
    narrow(path.endsWith('Observations') ? timeBounds(query, at) : { from: at - HISTORY_MS, to: at });
    const found = resolve(path);
    if (!Array.isArray(found))
      return (
        apply([found], { ...query, filter: null, skip: 0, top: 1 }, { navigate, maxTop: 1 }).page[0] ?? {}
      );
    const size = Math.min(query.top ?? PAGE, MAX_PAGE);
    const { page, total, more } = apply(found, { ...query, top: size }, { navigate, maxTop: MAX_PAGE });
    const next = new URLSearchParams(search);
    next.set('$skip', String(query.skip + size));
    if (query.top !== null) next.set('$top', String(size));
    return {
      ...(query.count ? { '@iot.count': total } : {}),
      ...(more ? { '@iot.nextLink': `${origin}${ROOT}/${path}?${next.toString()}` } : {}),
      value: page,
    };
  };

  readonly feeds = [FEED];

  objects(): Readonly<Record<string, number>> {
    return {
      airStations: this.air.stations.length,
      airDatastreams: this.air.stations.length * FACTORS.length,
    };
  }

  routes(http: HttpHost): void {
    http.on('GET', ROOT, this.handler);
    http.on('GET', `${ROOT}/*`, this.handler);
  }
}

export function createAirSensorThings(world: World): Source {
  return new AirService(world);
}
