// Rain gauges, automatic weather stations and slope monitors: each reports over MQTT at its own phase.
import type { Row } from '../city/csv.ts';
import type { LonLat } from '../engine/geo.ts';
import { DAY, HOUR } from '../engine/local-time.ts';
import { drift, gauss, keyOf, unit } from '../engine/random.ts';
import type { MqttPublisher } from '../transport/mqtt-publisher.ts';
import type { Source, World } from '../world.ts';

interface Station {
  id: string;
  key: number;
  /** Effective rain of the days before, and the span of six hours it was worked out in. */
  antecedent: { span: number; mm: number };
  name: string;
  position: LonLat;
  elevationM: number;
  region: string;
}

/** Every station speaks once within this time after the start. */
const FIRST_WITHIN_MS = 18_000;
const RAIN_PERIOD_MS = 300_000;
const SLOPE_PERIOD_MS = 600_000;
const ANTECEDENT_DAYS = 10;
const DAILY_DECAY = 0.84;
/** It changes slowly and takes ten days of weather to work out. */
const ANTECEDENT_SPAN_MS = 6 * HOUR;

const one = (value: number): number => Math.round(value * 10) / 10;
const two = (value: number): number => Math.round(value * 100) / 100;

function stationsOf(world: World, rows: readonly Row[]): Station[] {
  return rows.map((row) => {
    const position: LonLat = [Number(row['lon']), Number(row['lat'])];
    const id = row['id'] ?? row['stationId'] ?? row['pointId'] ?? '';
    return {
      id,
      key: keyOf(id),
      antecedent: { span: NaN, mm: 0 },
      name: row['name'] ?? id,
      position,
      elevationM: Number(row['elevationM'] ?? '') || 520,
      region: row['countyCode'] || world.city.regionOf(position),
    };
  });
}

/** Effective rain of the ten days before the last 24 hours: a day's rain is worth 0.84 of it the day after. */
function antecedentMm(weather: World['weather'], s: Station, now: number): number {
  const span = Math.floor(now / ANTECEDENT_SPAN_MS);
  if (s.antecedent.span === span) return s.antecedent.mm;
  let mm = 0;
  for (let day = 1; day <= ANTECEDENT_DAYS; day++)
    mm += weather.rainMm(s.position, [now - (day + 1) * DAY, now - day * DAY], 24) * DAILY_DECAY ** day;
  s.antecedent = { span, mm };
  return mm;
}

function rainMessage({ weather, time, clock }: World, s: Station): object {
  const now = clock.now();
  return {
    stationId: s.id,
    name: s.name,
    time: time.iso(Math.floor(now / 1000) * 1000),
    lon: s.position[0],
    lat: s.position[1],
    tipsMm: one(weather.rainMm(s.position, [now - RAIN_PERIOD_MS, now], 3)),
    rain1hMm: one(weather.rainMm(s.position, [now - HOUR, now], 12)),
    rain3hMm: one(weather.rainMm(s.position, [now - 3 * HOUR, now], 24)),
    rain24hMm: one(weather.rainMm(s.position, [now - DAY, now], 72)),
    antecedentMm: one(antecedentMm(weather, s, now)),
    batteryV: two(12.4 + 0.3 * drift(now / DAY, s.key, 3)),
    synthetic: true,
  };
}

function weatherMessage({ weather, time, clock }: World, s: Station): object {
  const now = clock.now();
  const wind = weather.windMs(s.position, now);
  return {
    stationId: s.id,
    name: s.name,
    time: time.iso(Math.floor(now / 1000) * 1000),
    lon: s.position[0],
    lat: s.position[1],
    elevationM: s.elevationM,
    tempC: one(weather.tempC(s.position, s.elevationM, now) + 0.3 * drift(now / HOUR, s.key, 5)),
    humidityPct: weather.humidityPct(s.position, now),
    windMs: one(wind),
    windDirDeg: weather.windDirDeg(s.position, now),
    gustMs: one(wind * (1.3 + 0.4 * unit(s.key, Math.floor(now / RAIN_PERIOD_MS)))),
    pressureHPa: one(weather.pressureHpa(s.elevationM, now)),
    visibilityM: weather.visibilityM(s.position, now),
    rain1hMm: one(weather.rainMm(s.position, [now - HOUR, now], 12)),
    synthetic: true,
  };
}

/** A slope creeps all the time and moves when the ground is wet. */
interface Slope extends Station {
  displacementMm: number;
  crackMm: number;
  lastAt: number;
  /** An operator's landslide: extra rate until a moment. */
  extraMmH: number;
  extraUntil: number;
}

function slopeMessage({ weather, time, clock, seed }: World, s: Slope): object {
  const now = clock.now();
  const wet = weather.rainMm(s.position, [now - DAY, now], 48);
  const sensitivity = 0.0025 * Math.exp(1.2 * gauss(seed, s.key, 1));
  const creep = Math.max(0, 0.006 + 0.004 * drift(now / DAY, s.key, 2));
  const extra = s.extraUntil > now ? s.extraMmH : 0;
  const rate = creep + sensitivity * Math.max(0, wet - 8) + extra;
  const hours = (now - s.lastAt) / HOUR;
  s.displacementMm += rate * hours;
  s.crackMm += rate * hours * 0.3;
  s.lastAt = now;
  const online = unit(seed, s.key, Math.floor(now / (6 * HOUR)), 4) > 0.02;
  return {
    pointId: s.id,
    name: s.name,
    time: time.iso(Math.floor(now / 1000) * 1000),
    lon: s.position[0],
    lat: s.position[1],
    displacementMm: two(s.displacementMm),
    rateMmH: two(rate),
    crackMm: two(s.crackMm),
    tiltDeg: two(0.2 + s.displacementMm / 400 + 0.02 * drift(now / HOUR, s.key, 6)),
    batteryPct: Math.round(72 + 25 * drift(now / (5 * DAY), s.key, 7)),
    online,
    synthetic: true,
  };
}

export function createMqttStations(world: World, publisher: MqttPublisher): Source {
  const { city, clock, seed, startAt } = world;
  const rain = stationsOf(world, city.stations('rain-gauges'));
  const aws = stationsOf(world, city.stations('weather'));
  const slopes = stationsOf(world, city.stations('slope-monitors')).map((s): Slope => {
    const displacementMm = 4 + 30 * unit(seed, s.key, 11);
    return {
      ...s,
      displacementMm,
      crackMm: displacementMm / 4,
      lastAt: startAt - 60_000,
      extraMmH: 0,
      extraUntil: 0,
    };
  });
  const schedule = (s: Station, periodMs: number, run: () => void): void => {
    clock.every(startAt + unit(seed, s.key, 12) * FIRST_WITHIN_MS, periodMs, run);
  };
  const slope = (s: Slope): void =>
    publisher.publish('slope-mqtt', {
      topic: `gy/natural-resources/${s.region}/slope/${s.id}`,
      payload: slopeMessage(world, s),
      retain: true,
    });
  return {
    feeds: ['rain-mqtt', 'weather-mqtt', 'slope-mqtt'],
    objects: () => ({ rainGauges: rain.length, weatherStations: aws.length, slopeMonitors: slopes.length }),
    start: () => {
      for (const s of rain) {
        const topic = `gy/x-weather/${s.region}/rain/${s.id}`;
        schedule(s, RAIN_PERIOD_MS, () =>
          publisher.publish('rain-mqtt', { topic, payload: rainMessage(world, s), retain: true }),
        );
      }
      for (const s of aws) {
        const topic = `gy/x-weather/${s.region}/aws/${s.id}`;
        schedule(s, RAIN_PERIOD_MS, () =>
          publisher.publish('weather-mqtt', { topic, payload: weatherMessage(world, s), retain: true }),
        );
      }
      for (const s of slopes) schedule(s, SLOPE_PERIOD_MS, () => slope(s));
    },
    inject: (request) => {
      if (request['kind'] !== 'slope') return null;
      const s = slopes.find((point) => point.id === request['id']) ?? slopes[0];
      if (s === undefined) return { injected: 'slope', pointId: null };
      s.extraMmH = Number(request['rateMmH'] ?? 14);
      s.extraUntil = clock.now() + Number(request['forS'] ?? 3600) * 1000;
      slope(s);
      return { injected: 'slope', pointId: s.id };
    },
  };
}
