// The position report of JT/T 808 (0x0200): 28 fixed bytes and additional items → one reused row.
import { vehiclePosition } from '../../../contracts/layers/vehicle-position.ts';
import type { RawRow, Sink } from '../../kit/feed.ts';
import { civilTime } from '../../kit/times.ts';

type Columns = (typeof vehiclePosition)['columns'];
export type VehicleKind = keyof Columns['kind']['values'];
type Values = { -readonly [K in keyof Columns]?: RawRow<Columns>['values'][K] };

/** The fixed part: alarm, status, latitude, longitude, altitude, speed, heading, time. */
export const BASIC_LENGTH = 28;
/** The standard's times are China Standard Time, UTC+8. */
const UTC_OFFSET_MS = 8 * 3_600_000;
/** Fewer satellites than this give no position in space. */
const ENOUGH_SATELLITES = 4;

const STATUS_FIXED = 1 << 1;
const STATUS_SOUTH = 1 << 2;
const STATUS_WEST = 1 << 3;
const STATUS_LOAD = 3 << 8;

/** Bit of the standard → name of the column's bit. */
const ALARM_BITS: readonly (readonly [number, string])[] = [
  [0, 'sos'],
  [1, 'overSpeed'],
  [2, 'fatigue'],
  [4, 'gnssFault'],
  [5, 'antennaOpen'],
  [8, 'powerLoss'],
  [20, 'area'],
  [21, 'route'],
  [29, 'collision'],
  [30, 'rollOver'],
];
const STATE_BITS: readonly (readonly [number, string])[] = [
  [0, 'acc'],
  [1, 'fixed'],
  [10, 'oilCut'],
  [11, 'powerCut'],
];

const alarmMap = bitMap(ALARM_BITS, Object.keys(vehiclePosition.columns.alarms.bits));
const stateMap = bitMap(STATE_BITS, Object.keys(vehiclePosition.columns.states.bits));
const LOADED = 1 << Object.keys(vehiclePosition.columns.states.bits).indexOf('loaded');
const USED_ALARMS = ALARM_BITS.reduce((mask, [bit]) => mask | (1 << bit), 0);

function bitMap(bits: readonly (readonly [number, string])[], names: readonly string[]): [number, number][] {
  return bits.map(([bit, name]) => [1 << bit, 1 << names.indexOf(name)]);
}

function mapBits(map: readonly (readonly [number, number])[], given: number): number {
  let mapped = 0;
  for (const [from, to] of map) if (given & from) mapped |= to;
  return mapped;
}

const place: [number, number] = [0, 0];
const placed: Values = { position: place };
const unplaced: Values = {};
const row: RawRow<Columns> = { id: '', validAt: 0, values: placed };

/** Names for the counts of what the standard allows and the layer does not hold. */
const itemNames = Array.from(
  { length: 256 },
  (_, id) => `additional item 0x${id.toString(16).padStart(2, '0')}`,
);

/** One report of `terminal`. `at`, `end`: the bytes of the report. */
export function putPosition(
  body: Buffer,
  span: { readonly at: number; readonly end: number },
  report: { readonly terminal: string; readonly kind: VehicleKind; readonly sink: Sink },
): void {
  const { at, end } = span;
  const { sink } = report;
  const raw = (): Uint8Array => Uint8Array.from(body.subarray(at, end));
  if (end - at < BASIC_LENGTH)
    return sink.reject('record/shape', `position report of ${end - at} bytes`, raw());
  const alarm = body.readUInt32BE(at);
  const status = body.readUInt32BE(at + 4);
  const validAt = bcdTime(body, at + 22);
  if (Number.isNaN(validAt))
    return sink.reject('record/time', `time ${body.toString('hex', at + 22, at + 28)}`, raw());
  place[1] = (body.readUInt32BE(at + 8) / 1e6) * (status & STATUS_SOUTH ? -1 : 1);
  place[0] = (body.readUInt32BE(at + 12) / 1e6) * (status & STATUS_WEST ? -1 : 1);
  const fixed = (status & STATUS_FIXED) !== 0;
  const nowhere = place[0] === 0 && place[1] === 0;
  if (nowhere && alarm === 0) {
    return sink.reject('record/place', fixed ? 'position 0,0' : 'not fixed, position 0,0', raw());
  }
  const values = nowhere ? unplaced : placed;
  const heading = body.readUInt16BE(at + 20);
  values.headingDeg = heading === 360 ? 0 : heading;
  values.speedKmh = body.readUInt16BE(at + 18) / 10;
  values.altitudeM = body.readInt16BE(at + 16);
  values.kind = report.kind;
  values.name = report.terminal;
  values.alarms = mapBits(alarmMap, alarm);
  values.states = mapBits(stateMap, status) | (status & STATUS_LOAD ? LOADED : 0);
  if (alarm & ~USED_ALARMS) sink.ignore('alarm bit that the layer does not hold');
  const satellites = readItems(body, { at: at + BASIC_LENGTH, end }, sink);
  row.id = report.terminal;
  row.validAt = validAt;
  row.quality = fixed && !nowhere && satellites >= ENOUGH_SATELLITES ? 'good' : 'suspect';
  row.values = values;
  sink.put(vehiclePosition, row);
}

/** Counts the additional items → satellites used, 255 where the terminal does not say. */
function readItems(body: Buffer, span: { readonly at: number; readonly end: number }, sink: Sink): number {
  let satellites = 255;
  let at = span.at;
  while (at + 2 <= span.end) {
    const id = body[at] ?? 0;
    const length = body[at + 1] ?? 0;
    if (at + 2 + length > span.end) break;
    if (id === 0x31 && length === 1) satellites = body[at + 2] ?? 0;
    else sink.ignore(itemNames[id] ?? '');
    at += 2 + length;
  }
  if (at < span.end) {
    sink.reject(
      'record/shape',
      'additional item longer than its report',
      Uint8Array.from(body.subarray(span.at, span.end)),
    );
  }
  return satellites;
}

/** BCD YYMMDDhhmmss at UTC+8 → epoch ms; NaN where it is no time. */
function bcdTime(body: Uint8Array, at: number): number {
  const two = (offset: number): number => {
    const byte = body[at + offset] ?? 0;
    return byte >> 4 > 9 || (byte & 15) > 9 ? NaN : (byte >> 4) * 10 + (byte & 15);
  };
  return civilTime([2000 + two(0), two(1), two(2), two(3), two(4), two(5)]) - UTC_OFFSET_MS;
}
