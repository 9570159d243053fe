// OGC SensorThings 1.1: a page of Datastreams with Thing, Location, ObservedProperty and the newest Observation.
import { z } from 'zod';
import type { LonLat, ValueOf } from '../../../contracts/column.ts';
import { airStation } from '../../../contracts/layers/air-station.ts';
import type { Sink } from '../../kit/feed.ts';
import { isObject, rawOf, readItem, readJson } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';

const id = z.union([z.string().min(1).max(120), z.number()]);

const datastream = z.object({
  '@iot.id': id,
  unitOfMeasurement: z.object({ symbol: z.string().nullish() }).nullish(),
  properties: z.object({ factor: z.string().nullish() }).nullish(),
  ObservedProperty: z.object({ name: z.string().nullish() }).nullish(),
  Thing: z.object({
    '@iot.id': id,
    name: z.string().nullish(),
    Locations: z.array(z.object({ location: z.unknown() })).nullish(),
  }),
  Observations: z
    .array(
      z.object({
        phenomenonTime: z.string(),
        result: z.union([z.number(), z.string()]).nullish(),
        resultQuality: z.unknown().optional(),
        parameters: z.object({ flag: z.string().nullish() }).nullish(),
      }),
    )
    .nullish(),
});
type Datastream = z.infer<typeof datastream>;

const shape = compileShape(datastream);

const FACTORS = {
  pm25: 'pm25Ugm3',
  pm10: 'pm10Ugm3',
  so2: 'so2Ugm3',
  no2: 'no2Ugm3',
  co: 'coMgm3',
  o3: 'o3Ugm3',
} as const;
type Factor = keyof typeof FACTORS;
type Flag = NonNullable<ValueOf<(typeof airStation)['columns']['flag']>>;

const isFlag = (code: string): code is Flag => Object.hasOwn(airStation.columns.flag.values, code);

/** What the expansion of one page asks for; `parseDatastreams` reads exactly this. */
export const DATASTREAM_QUERY =
  '$expand=Thing($expand=Locations),ObservedProperty,Observations($orderby=phenomenonTime desc;$top=1)&$top=200';

interface Reading {
  readonly validAt: number;
  readonly values: Partial<Record<(typeof FACTORS)[Factor], number | null>>;
  flag: Flag | null;
}

interface Station {
  readonly name: string | null;
  readonly position: LonLat | null;
  readonly readings: Reading[];
}

/** One page → `air-station`, one row a Thing and moment. → absolute link of the next page, or null. */
export function parseDatastreams(bytes: Uint8Array, sink: Sink): string | null {
  const body = readJson(bytes, sink);
  if (body === undefined) return null;
  if (!isObject(body) || !Array.isArray(body['value'])) {
    sink.reject('record/shape', 'body: no "value" list', bytes);
    return null;
  }
  const stations = new Map<string, Station>();
  for (const item of body['value'] as unknown[]) {
    readItem(item, { sink, shape }, (stream) => addStream(stream, stations, sink));
  }
  for (const [stationId, station] of stations) putStation(stationId, station, sink);
  const next = body['@iot.nextLink'];
  return typeof next === 'string' && next.length < 4000 ? next : null;
}

function addStream(stream: Datastream, stations: Map<string, Station>, sink: Sink): void {
  const named = stream.properties?.factor ?? stream.ObservedProperty?.name ?? '';
  const factor = named.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (!isFactor(factor)) return sink.ignore(`observed property ${named.slice(0, 60)}`);
  const [observation] = stream.Observations ?? [];
  if (!observation) return sink.ignore('datastream without observation');
  const validAt = instantOf(observation.phenomenonTime);
  if (Number.isNaN(validAt)) {
    return sink.reject(
      'record/time',
      `phenomenonTime "${observation.phenomenonTime.slice(0, 80)}"`,
      rawOf(observation),
    );
  }
  const value = valueOf(observation.result, factor, stream.unitOfMeasurement?.symbol ?? '');
  if (Number.isNaN(value))
    return sink.reject('record/shape', `result of ${factor} is no number`, rawOf(observation));
  const flag = observation.parameters?.flag ?? null;
  if (flag !== null && !isFlag(flag))
    return sink.reject('record/enum', `flag "${flag.slice(0, 20)}"`, rawOf(observation));
  const reading = readingAt(stationOf(stream, stations), validAt);
  reading.values[FACTORS[factor]] = value;
  if (flag !== null && flag !== 'N') reading.flag = flag;
  else reading.flag ??= flag;
}

function isFactor(code: string): code is Factor {
  return Object.hasOwn(FACTORS, code);
}

/** An instant, or the end of an interval "a/b". */
function instantOf(text: string): number {
  return parseIsoTime(text.slice(text.lastIndexOf('/') + 1));
}

/** In the unit of the column: µg/m³, CO mg/m³. null stays null, other text is NaN. */
function valueOf(result: number | string | null | undefined, factor: Factor, unit: string): number | null {
  if (result == null || result === '') return null;
  const value = Number(result);
  const inMilligrams = /^mg/i.test(unit);
  const inMicrograms = /^(µ|μ|u)g/i.test(unit);
  if (factor === 'co') return inMicrograms ? value / 1000 : value;
  return inMilligrams ? value * 1000 : value;
}

function stationOf(stream: Datastream, stations: Map<string, Station>): Station {
  const key = String(stream.Thing['@iot.id']);
  const known = stations.get(key);
  if (known) return known;
  const points = (stream.Thing.Locations ?? []).map(({ location }) => pointOf(location));
  const station: Station = {
    name: stream.Thing.name?.slice(0, 60) ?? null,
    position: points.find((point) => point !== null) ?? null,
    readings: [],
  };
  stations.set(key, station);
  return station;
}

/** GeoJSON: a point, or a feature that has one; other shapes say no place of a station. */
function pointOf(location: unknown): LonLat | null {
  const isFeature = isObject(location) && location['type'] === 'Feature';
  const geometry = isFeature ? location['geometry'] : location;
  if (!isObject(geometry)) return null;
  const { type, coordinates } = geometry;
  if (type !== 'Point' || !Array.isArray(coordinates)) return null;
  const [lon, lat] = coordinates as unknown[];
  return typeof lon === 'number' && typeof lat === 'number' ? [lon, lat] : null;
}

function readingAt(station: Station, validAt: number): Reading {
  const known = station.readings.find((reading) => reading.validAt === validAt);
  if (known) return known;
  const reading: Reading = { validAt, values: {}, flag: null };
  station.readings.push(reading);
  return reading;
}

/** Oldest first, so that a factor that lags behind the others is not taken for a late value. */
function putStation(stationId: string, station: Station, sink: Sink): void {
  for (const reading of station.readings.sort((a, b) => a.validAt - b.validAt)) {
    sink.put(airStation, {
      id: stationId,
      validAt: reading.validAt,
      quality: reading.flag === null || reading.flag === 'N' ? undefined : 'suspect',
      values: { position: station.position, name: station.name, ...reading.values, flag: reading.flag },
    });
  }
}
