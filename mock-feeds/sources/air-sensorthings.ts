// Air stations behind an OGC SensorThings 1.1 service. Observations are worked out when they are asked for: any
// five-minute step of the last two days has its value.
import type { LonLat } from '../engine/geo.ts';
import { DAY, HOUR } from '../engine/local-time.ts';
import { drift, gauss, keyOf, unit } from '../engine/random.ts';
import {
  apply,
  parseQuery,
  QueryError,
  type Entity,
  type Navigate,
  type Query,
} from '../protocols/sensorthings-query.ts';
import { RequestError, type Exchange, type HttpHost } from '../transport/http-server.ts';
import { servePolled } from '../transport/polled-document.ts';
import type { Source, World } from '../world.ts';

const FEED = 'air-sensorthings';
const STEP_MS = 300_000;
const HISTORY_MS = 2 * DAY;
const PAGE = 100;
const MAX_PAGE = 1_000;
const ROOT = '/sta/v1.1';

interface Factor {
  code: string;
  name: string;
  unit: 'µg/m³' | 'mg/m³';
  digits: number;
  /** Value at hour `h` of a month's typical day. */
  base(month: number, hour: number): number;
  /** Share washed out by 5 mm/h of rain. */
  washed: number;
}

// Monthly normals (January first), µg/m³: PM2.5 means; O₃ 8-h 90th percentiles.
const PM25 = [45, 38, 30, 24, 20, 16, 13, 14, 18, 24, 32, 42];
const O3 = [70, 85, 100, 120, 135, 140, 138, 135, 105, 85, 70, 62];
const twoPeaks = (h: number): number =>
  1 + 0.22 * Math.cos(((h - 9) / 12) * 2 * Math.PI) + 0.12 * Math.cos(((h - 20) / 24) * 2 * Math.PI);
const noon = (h: number): number => Math.max(0.25, 0.55 + 0.45 * Math.cos(((h - 15) / 24) * 2 * Math.PI));

const FACTORS: readonly Factor[] = [
  {
    code: 'PM2.5',
    name: '细颗粒物',
    unit: 'µg/m³',
    digits: 0,
    washed: 0.5,
    base: (m, h) => (PM25[m] ?? 25) * twoPeaks(h),
  },
  {
    code: 'PM10',
    name: '可吸入颗粒物',
    unit: 'µg/m³',
    digits: 0,
    washed: 0.6,
    base: (m, h) => (PM25[m] ?? 25) * 1.6 * twoPeaks(h),
  },
  { code: 'SO2', name: '二氧化硫', unit: 'µg/m³', digits: 0, washed: 0.3, base: (_, h) => 8 * twoPeaks(h) },
  {
    code: 'NO2',
    name: '二氧化氮',
    unit: 'µg/m³',
    digits: 0,
    washed: 0.15,
    base: (m, h) => (18 + (PM25[m] ?? 25) / 4) * twoPeaks(h),
  },
  {
    code: 'CO',
    name: '一氧化碳',
    unit: 'mg/m³',
    digits: 2,
    washed: 0.05,
    base: (m, h) => (0.4 + (PM25[m] ?? 25) / 90) * twoPeaks(h),
  },
  {
    code: 'O3',
    name: '臭氧',
    unit: 'µg/m³',
    digits: 0,
    washed: 0.2,
    base: (m, h) => (O3[m] ?? 100) * 0.95 * noon(h),
  },
];

interface Station {
  id: string;
  name: string;
  key: number;
  position: LonLat;
  citySet: boolean;
}

interface ObservationRecord {
  id: number;
  time: number;
  result: number;
}

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

class AirService implements Source {
  private readonly world: World;
  private readonly stations: Station[];
  private readonly handler: import('../transport/http-server.ts').Handler;

  constructor(world: World) {
    this.world = world;
    this.stations = this.world.city.stations('air').map((row): Station => ({
      id: row['id'] ?? '',
      name: row['name'] ?? '',
      key: keyOf(row['id'] ?? ''),
      position: [Number(row['lon']), Number(row['lat'])],
      citySet: row['citySet'] === 'true',
    }));
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

  private readonly concentration = (s: Station, f: Factor, at: number): number => {
    const rain = this.world.weather.rainMmH(s.position, at);
    const slow =
      1 +
      0.35 * drift(at / (11 * HOUR), this.world.seed, keyOf(f.code)) +
      0.15 * drift(at / (2 * HOUR), this.world.seed, s.key, keyOf(f.code));
    const jitter = 1 + 0.03 * gauss(this.world.seed, s.key, keyOf(f.code), Math.floor(at / STEP_MS));
    const washed = 1 - f.washed * Math.min(1, rain / 5);
    const site = 0.85 + 0.3 * unit(this.world.seed, s.key, 7);
    const value = f.base(this.world.time.month(at), this.world.time.hour(at)) * slow * jitter * washed * site;
    return Math.round(Math.max(0.05, value) * 10 ** f.digits) / 10 ** f.digits;
  };

  private readonly observations = (datastream: number, bounds: { from: number; to: number }): Entity[] => {
    const s = this.stations[Math.floor((datastream - 1) / FACTORS.length)];
    const f = FACTORS[(datastream - 1) % FACTORS.length];
    if (s === undefined || f === undefined) return [];
    const records: ObservationRecord[] = [];
    for (let at = Math.ceil(bounds.from / STEP_MS) * STEP_MS; at <= bounds.to; at += STEP_MS) {
      records.push({ id: datastream, time: at, result: this.concentration(s, f, at) });
    }
    return this.world.outlet.faults.records(FEED, records).map((r) => {
      const flag =
        unit(this.world.seed, s.key, keyOf(f.code), Math.floor(r.time / (6 * HOUR))) < 0.008 ? 'D' : 'N';
      return {
        '@iot.id': datastream * 10_000_000 + Math.floor(r.time / STEP_MS),
        phenomenonTime: new Date(r.time).toISOString(),
        resultTime: new Date(r.time).toISOString(),
        ...('result' in r
          ? { result: r.result }
          : Object.fromEntries(Object.entries(r as object).filter(([k]) => k !== 'id' && k !== 'time'))),
        parameters: { flag },
      };
    });
  };

  private readonly index = (s: Station): number => this.stations.indexOf(s);

  private readonly thing = (s: Station): Entity => ({
    '@iot.id': this.index(s) + 1,
    name: s.name,
    description: `${s.name}环境空气质量自动监测站（演示数据）`,
    properties: { stationId: s.id, citySet: s.citySet, synthetic: true },
  });

  private readonly location = (s: Station): Entity => {
    const [p = { lon: s.position[0], lat: s.position[1] }] = this.world.outlet.faults.records(FEED, [
      { id: s.id, lon: s.position[0], lat: s.position[1] },
    ]);
    return {
      '@iot.id': this.index(s) + 1,
      name: s.name,
      description: `${s.name}站址`,
      encodingType: 'application/geo+json',
      location: { type: 'Point', coordinates: [p.lon, p.lat] },
    };
  };

  private readonly datastream = (s: Station, f: number): Entity => {
    const factor = FACTORS[f] as Factor;
    return {
      '@iot.id': this.index(s) * FACTORS.length + f + 1,
      name: `${s.name} ${factor.code}`,
      description: `${s.name}${factor.name}1小时均值`,
      observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
      unitOfMeasurement: {
        name: factor.unit === 'mg/m³' ? 'milligram per cubic metre' : 'microgram per cubic metre',
        symbol: factor.unit,
        definition:
          factor.unit === 'mg/m³'
            ? 'http://unitsofmeasure.org/ucum#mg/m3'
            : 'http://unitsofmeasure.org/ucum#ug/m3',
      },
      properties: { factor: factor.code, statistic: '1h-mean', synthetic: true },
    };
  };

  private readonly sensor = (s: Station): Entity => ({
    '@iot.id': this.index(s) + 1,
    name: `${s.name}自动分析仪`,
    description: '环境空气自动监测系统',
    encodingType: 'application/pdf',
    metadata: 'https://sta.example/hj653.pdf',
  });

  private readonly property = (f: number): Entity => ({
    '@iot.id': f + 1,
    name: FACTORS[f]?.code,
    definition: `http://dd.eionet.europa.eu/vocabulary/aq/pollutant/${FACTORS[f]?.code ?? ''}`,
    description: FACTORS[f]?.name,
  });

  /** One request's service: its links, its navigation and its moment. */
  private readonly service = (origin: string, at: number) => {
    const kinds = new WeakMap<Entity, SetName>();
    const mark = (set: SetName, entity: Entity): Entity => {
      const id = String(entity['@iot.id']);
      const linked = { '@iot.selfLink': `${origin}${ROOT}/${set}(${id})`, ...entity };
      kinds.set(linked, set);
      return linked;
    };
    let bounds = { from: at - HISTORY_MS, to: at };
    const station = (id: number): Station => this.stations[id - 1] as Station;
    const streams = (s: Station): Entity[] =>
      FACTORS.map((_, f) => mark('Datastreams', this.datastream(s, f)));
    const observed = (id: number, within: { from: number; to: number }): Entity[] =>
      this.observations(id, within).map((o) => mark('Observations', o));
    const all = (set: SetName): Entity[] => {
      switch (set) {
        case 'Things':
          return this.stations.map((s) => mark(set, this.thing(s)));
        case 'Locations':
          return this.stations.map((s) => mark(set, this.location(s)));
        case 'Sensors':
          return this.stations.map((s) => mark(set, this.sensor(s)));
        case 'ObservedProperties':
          return FACTORS.map((_, f) => mark(set, this.property(f)));
        case 'Datastreams':
          return this.stations.flatMap(streams);
        case 'Observations':
          return this.stations.flatMap((s) =>
            FACTORS.flatMap((_, f) => observed(this.index(s) * FACTORS.length + f + 1, bounds)),
          );
      }
    };
    const navigate: Navigate = (entity, name, query) => {
      const id = Number(entity['@iot.id']);
      const f = (id - 1) % FACTORS.length;
      const owner = (): Station => station(Math.floor((id - 1) / FACTORS.length) + 1);
      const parent = (): number => Math.floor(id / 10_000_000);
      switch (`${kinds.get(entity) ?? ''}/${name}`) {
        case 'Things/Locations':
          return [mark('Locations', this.location(station(id)))];
        case 'Things/Datastreams':
        case 'Sensors/Datastreams':
          return streams(station(id));
        case 'Locations/Things':
          return [mark('Things', this.thing(station(id)))];
        case 'ObservedProperties/Datastreams':
          return this.stations.map((s) => mark('Datastreams', this.datastream(s, id - 1)));
        case 'Datastreams/Thing':
          return mark('Things', this.thing(owner()));
        case 'Datastreams/Sensor':
          return mark('Sensors', this.sensor(owner()));
        case 'Datastreams/ObservedProperty':
          return mark('ObservedProperties', this.property(f));
        case 'Datastreams/Observations':
          return observed(id, query === undefined ? bounds : timeBounds(query, at));
        case 'Observations/Datastream':
          return mark(
            'Datastreams',
            this.datastream(
              station(Math.floor((parent() - 1) / FACTORS.length) + 1),
              (parent() - 1) % FACTORS.length,
            ),
          );
        default:
          return undefined;
      }
    };
    const resolve = (path: string): Entity | Entity[] => {
      let current: Entity | Entity[] | undefined;
      for (const part of path.split('/')) {
        const match = /^(\w+)(?:\((\d+)\))?$/.exec(part);
        const name = match?.[1] ?? '';
        if (current === undefined) {
          const set = SETS.find((s) => s === name);
          if (set === undefined) throw new RequestError(404, `${part} → no such entity set`);
          if (set === 'Observations' && match?.[2] !== undefined)
            current = observed(Math.floor(Number(match[2]) / 10_000_000), bounds);
          else current = all(set);
        } else current = Array.isArray(current) ? undefined : navigate(current, name);
        if (match?.[2] !== undefined && Array.isArray(current))
          current = current.find((e) => String(e['@iot.id']) === match[2]);
        if (current === undefined) throw new RequestError(404, `${part} → not there`);
      }
      return current as Entity | Entity[];
    };
    return { navigate, resolve, narrow: (b: typeof bounds) => (bounds = b) };
  };

  private readonly answerOf = (exchange: Exchange, at: number): object => {
    const { origin, params, query: search } = exchange;
    const path = (params['rest'] ?? '').replace(/\/$/, '');
    if (path === '') return { value: SETS.map((name) => ({ name, url: `${origin}${ROOT}/${name}` })) };
    const { navigate, resolve, narrow } = this.service(origin, at);
    const query = parseQuery(search, navigate);
    narrow(path.endsWith('Observations') ? timeBounds(query, at) : { from: at - HISTORY_MS, to: at });
    const found = resolve(path);
    if (!Array.isArray(found))
      return apply([found], { ...query, filter: null, skip: 0, top: 1 }, navigate, 1).page[0] ?? {};
    const size = Math.min(query.top ?? PAGE, MAX_PAGE);
    const { page, total, more } = apply(found, { ...query, top: size }, navigate, MAX_PAGE);
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
    return { airStations: this.stations.length, airDatastreams: this.stations.length * FACTORS.length };
  }

  routes(http: HttpHost): void {
    http.on('GET', ROOT, this.handler);
    http.on('GET', `${ROOT}/*`, this.handler);
  }
}

export function createAirSensorThings(world: World): Source {
  return new AirService(world);
}
