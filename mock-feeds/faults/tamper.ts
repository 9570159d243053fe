// What a record-level fault does to the records a feed is about to send. Records are plain objects; which members
// are times, positions and identity is known by their names, as docs/upstreams.md uses them.
import type { Random } from '../engine/random.ts';
import { toGcj02 } from './gcj02.ts';
import type { Fault } from './fault-book.ts';

export type FaultyRecord = Record<string, unknown>;

const IDENTITY =
  /^(id|.*Id|stcd|mmsi|orderNo|phone|mn|serial|name|kind|revision|warningM|guaranteeM|normalM|floodLimitM|elevationM|level|severity)$/;
const isTime = (key: string): boolean =>
  /^(time|at|.*At|.*Time|sent|effective|onset|expires|timestamp)$/.test(key);

function shifted(value: unknown, ms: number): unknown {
  if (typeof value === 'number') return value + ms;
  if (typeof value !== 'string') return value;
  const at = Date.parse(value);
  const zone = /([+-])(\d{2}):(\d{2})$/.exec(value);
  if (!Number.isFinite(at)) return value;
  if (zone === null) return new Date(at + ms).toISOString();
  const offsetMs = (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) * 60_000;
  return new Date(at + ms + offsetMs).toISOString().replace('.000Z', zone[0]).replace('Z', zone[0]);
}

const withTimes = (record: FaultyRecord, ms: number): FaultyRecord =>
  Object.fromEntries(Object.entries(record).map(([k, v]) => [k, isTime(k) ? shifted(v, ms) : v]));

function withValues(record: FaultyRecord, change: (value: number, key: string) => number): FaultyRecord {
  const entry = ([k, v]: [string, unknown]): [string, unknown] => {
    if (typeof v === 'number' && !isTime(k) && !IDENTITY.test(k)) return [k, change(v, k)];
    if (k === 'values' && typeof v === 'object' && v !== null)
      return [k, withValues(v as FaultyRecord, change)];
    return [k, v];
  };
  return Object.fromEntries(Object.entries(record).map(entry));
}

function identity(record: FaultyRecord): string {
  const keys = [
    'id',
    'itemId',
    'caseId',
    'stationId',
    'pointId',
    'panelId',
    'stcd',
    'orderNo',
    'mmsi',
    'phone',
    'mn',
  ];
  return keys.map((key) => (record[key] === undefined ? '' : String(record[key]))).join('|');
}

const micro = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** Shapes inside a record (`line`, `polygon`, `areas`): every [lon, lat] in them is converted. */
function shapeInGcj02(value: unknown): unknown {
  if (Array.isArray(value)) {
    const [lon, lat] = value as unknown[];
    if (typeof lon === 'number' && typeof lat === 'number') return toGcj02([lon, lat]).map(micro);
    return value.map(shapeInGcj02);
  }
  return typeof value === 'object' && value !== null ? inGcj02(value as FaultyRecord) : value;
}

function inGcj02(record: FaultyRecord): FaultyRecord {
  const shapes = Object.fromEntries(
    ['line', 'polygon', 'areas']
      .filter((key) => key in record)
      .map((key) => [key, shapeInGcj02(record[key])]),
  );
  const { lon, lat } = record;
  if (typeof lon !== 'number' || typeof lat !== 'number') return { ...record, ...shapes };
  const [x, y] = toGcj02([lon, lat]);
  return { ...record, ...shapes, lon: micro(x), lat: micro(y) };
}

function renamed(record: FaultyRecord, field: string | null, to: string | null): FaultyRecord {
  const inner = record['values'];
  if (typeof inner === 'object' && inner !== null)
    return { ...record, values: renamed(inner as FaultyRecord, field, to) };
  const from =
    field ??
    Object.keys(record).find((key) => typeof record[key] === 'number' && !isTime(key) && !IDENTITY.test(key));
  if (from === undefined) return record;
  const name = to ?? `${from.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}_v2`;
  return Object.fromEntries(Object.entries(record).map(([k, v]) => [k === from ? name : k, v]));
}

function frozen(fault: Fault, record: FaultyRecord): FaultyRecord {
  const key = identity(record);
  const held = fault.held.get(key);
  if (held === undefined) {
    fault.held.set(key, record);
    return record;
  }
  return Object.fromEntries(
    Object.entries(record).map(([k, v]) => [k, isTime(k) || IDENTITY.test(k) ? v : (held[k] ?? v)]),
  );
}

/** An older report once more with other values, as a publisher corrects itself. */
function corrected(record: FaultyRecord): FaultyRecord {
  const place = (key: string): boolean => key === 'lon' || key === 'lat';
  const changed = withValues(withTimes(record, -600_000), (v, key) =>
    place(key) ? v : Math.round(v * 900) / 1000,
  );
  const revision = record['revision'];
  return typeof revision === 'number' ? { ...changed, revision: revision + 1 } : changed;
}

function shuffled(records: FaultyRecord[], random: Random): FaultyRecord[] {
  const list = [...records];
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [list[i], list[j]] = [list[j] as FaultyRecord, list[i] as FaultyRecord];
  }
  return list;
}

/** Applies one record-level fault; transport- and byte-level faults leave records as they are. */
export function tamper(fault: Fault, records: FaultyRecord[], random: Random): FaultyRecord[] {
  const times = Math.max(1, Math.round(fault.amount));
  switch (fault.fault) {
    case 'duplicate':
      return records.flatMap((record) => Array.from({ length: times }, () => record));
    case 'burst':
      return records.flatMap((record) =>
        Array.from({ length: times }, (_, i) => withTimes(record, -i * 1000)),
      );
    case 'reorder':
      // Also each record may arrive behind an older report of the same object.
      return shuffled(records, random).map((record, i) =>
        i % 2 === 0 ? record : withTimes(record, -90_000),
      );
    case 'skew':
      return records.map((record) => withTimes(record, fault.amount * 1000));
    case 'crs':
      return records.map(inGcj02);
    case 'schema':
      return records.map((record) => renamed(record, fault.field, fault.to));
    case 'frozen':
      return records.map((record) => frozen(fault, record));
    case 'correct':
      return records.flatMap((record) => [record, corrected(record)]);
    case 'stop':
    case 'delay':
    case 'slow':
    case 'corrupt':
      return records;
  }
}
