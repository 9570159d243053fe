// Air stations as SensorThings entities, and the concentrations they measure. An observation is worked out when it
// is asked for: a step of the season's day, slow weather, rain that washes the air, and noise.
import type { LonLat } from '../engine/geo.ts';
import { HOUR } from '../engine/local-time.ts';
import { drift, gauss, keyOf, unit } from '../engine/random.ts';
import type { Entity } from '../protocols/sensorthings-query.ts';
import type { World } from '../world.ts';

export const FEED = 'air-sensorthings';
export const STEP_MS = 300_000;

export interface Factor {
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

export const FACTORS: readonly Factor[] = [
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

export interface Station {
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

export class AirEntities {
  private readonly world: World;
  readonly stations: readonly Station[];

  constructor(world: World) {
    this.world = world;
    this.stations = world.city.stations('air').map((row): Station => ({
      id: row['id'] ?? '',
      name: row['name'] ?? '',
      key: keyOf(row['id'] ?? ''),
      position: [Number(row['lon']), Number(row['lat'])],
      citySet: row['citySet'] === 'true',
    }));
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

  readonly observations = (datastream: number, bounds: { from: number; to: number }): Entity[] => {
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

  readonly index = (s: Station): number => this.stations.indexOf(s);

  readonly thing = (s: Station): Entity => ({
    '@iot.id': this.index(s) + 1,
    name: s.name,
    description: `${s.name}环境空气质量自动监测站（演示数据）`,
    properties: { stationId: s.id, citySet: s.citySet, synthetic: true },
  });

  readonly location = (s: Station): Entity => {
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

  readonly datastream = (s: Station, f: number): Entity => {
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

  readonly sensor = (s: Station): Entity => ({
    '@iot.id': this.index(s) + 1,
    name: `${s.name}自动分析仪`,
    description: '环境空气自动监测系统',
    encodingType: 'application/pdf',
    metadata: 'https://sta.example/hj653.pdf',
  });

  readonly property = (f: number): Entity => ({
    '@iot.id': f + 1,
    name: FACTORS[f]?.code,
    definition: `http://dd.eionet.europa.eu/vocabulary/aq/pollutant/${FACTORS[f]?.code ?? ''}`,
    description: FACTORS[f]?.name,
  });
}
