// GTFS-Realtime 2.0: vehicle positions with the delay of their trip → `bus-position`; alerts → `transit-alert`.
import type { ErrorCode } from '../../../contracts/errors.ts';
import { busPosition } from '../../../contracts/layers/bus-position.ts';
import { transitAlert } from '../../../contracts/layers/transit-alert.ts';
import type { Sink } from '../../kit/feed.ts';
import { clip, compass } from '../../kit/values.ts';
import type { Delays } from './delays.ts';
import { noDelays, readDelays } from './delays.ts';
import { decodeMessage, own, secondsToMs } from './message.ts';
import type { Alert, RealtimeMessage, VehiclePosition } from './message.ts';
import type { Schedule } from './schedule.ts';
import { emptySchedule, parseSchedule } from './schedule.ts';

const KMH_PER_MS = 3.6;

type Occupancy = keyof (typeof busPosition)['columns']['occupancy']['values'];
type Congestion = keyof (typeof busPosition)['columns']['congestion']['values'];
type StopStatus = keyof (typeof busPosition)['columns']['stopStatus']['values'];
type Cause = keyof (typeof transitAlert)['columns']['cause']['values'];
type Effect = keyof (typeof transitAlert)['columns']['effect']['values'];

/** By the numbers of the standard; null: it means "no data". */
const OCCUPANCY: readonly (Occupancy | null)[] = [
  'empty',
  'many_seats',
  'few_seats',
  'standing',
  'crushed',
  'full',
  'not_accepting',
  null,
  'not_accepting',
];
const CONGESTION: readonly Congestion[] = ['unknown', 'smooth', 'stop_and_go', 'congested', 'severe'];
const STOP_STATUS: readonly StopStatus[] = ['incoming', 'stopped', 'in_transit'];
const CAUSE: readonly (Cause | undefined)[] = [
  undefined,
  'unknown',
  'other',
  'technical',
  'strike',
  'demonstration',
  'accident',
  'holiday',
  'weather',
  'maintenance',
  'construction',
  'police',
  'medical',
];
const EFFECT: readonly (Effect | undefined)[] = [
  undefined,
  'no_service',
  'reduced',
  'delays',
  'detour',
  'additional',
  'modified',
  'other',
  'unknown',
  'stop_moved',
  'none',
  'accessibility',
];

export interface TransitContext {
  readonly sink: Sink;
  readonly schedule: Schedule;
  readonly delays: Delays;
  readonly receivedAt: number;
}

/** → ids of the vehicles that were put. */
export function putVehicles(message: RealtimeMessage, context: TransitContext): Set<string> {
  const ids = new Set<string>();
  for (const { id, body } of message.vehicles) {
    const key = own(body.vehicle, 'id') ?? id;
    if (putVehicle(key, body, { ...context, at: message.at })) ids.add(key);
  }
  return ids;
}

function putVehicle(id: string, vehicle: VehiclePosition, context: TransitContext & { at: number }): boolean {
  const { sink, schedule, delays } = context;
  const stated = secondsToMs(own(vehicle, 'timestamp'));
  const validAt = Number.isNaN(stated) ? context.at : stated;
  const { position } = vehicle;
  const fault = vehicleFault(id, vehicle, validAt);
  if (fault !== null || !position) {
    sink.reject(
      fault ?? 'record/place',
      `vehicle "${id.slice(0, 40)}"`,
      JSON.stringify(vehicle).slice(0, 4000),
    );
    return false;
  }
  const tripId = own(vehicle.trip, 'tripId');
  const trip = tripId === null ? undefined : schedule.trips.get(tripId);
  const routeId = own(vehicle.trip, 'routeId') ?? trip?.routeId ?? null;
  const direction = own(vehicle.trip, 'directionId') ?? (trip?.direction ? Number(trip.direction) : null);
  const sequence = own(vehicle, 'currentStopSequence');
  const stopId = own(vehicle, 'stopId');
  const bearing = finite(own(position, 'bearing'));
  const speed = finite(own(position, 'speed'));
  sink.put(busPosition, {
    id,
    validAt,
    values: {
      position: [position.longitude, position.latitude],
      headingDeg: bearing === null ? null : compass(bearing),
      speedKmh: speed === null ? null : speed * KMH_PER_MS,
      name: clip(own(vehicle.vehicle, 'label') ?? own(vehicle.vehicle, 'licensePlate') ?? id, 40),
      route: routeId === null ? null : clip(schedule.routes.get(routeId) ?? routeId, 60),
      direction: direction === 0 ? 'up' : direction === 1 ? 'down' : null,
      delayS: tripId === null ? null : delays.at(tripId, { sequence, stopId }),
      occupancy: codeOf(OCCUPANCY, own(vehicle, 'occupancyStatus'), { sink, name: 'occupancy_status' }),
      congestion: codeOf(CONGESTION, own(vehicle, 'congestionLevel'), { sink, name: 'congestion_level' }),
      stopStatus: codeOf(STOP_STATUS, own(vehicle, 'currentStatus'), { sink, name: 'current_status' }),
      stopName: stopId === null ? null : clip(schedule.stops.get(stopId) ?? null, 60),
    },
  });
  return true;
}

function vehicleFault(id: string, { position }: VehiclePosition, validAt: number): ErrorCode | null {
  if (id === '' || id.length > 200) return 'record/shape';
  if (Number.isNaN(validAt)) return 'record/time';
  const placed = position && Number.isFinite(position.longitude) && Number.isFinite(position.latitude);
  return placed ? null : 'record/place';
}

const finite = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null;

/** Numbers a later version of the standard adds count as "not said", as protobuf has it, and are counted. */
function codeOf<K extends string>(
  codes: readonly (K | null | undefined)[],
  value: number | null,
  report: { sink: Sink; name: string },
): K | null {
  if (value === null) return null;
  const code = codes[value];
  if (code === undefined) report.sink.ignore(`${report.name} outside the standard`);
  return code ?? null;
}

/** → ids of the alerts that were put. */
export function putAlerts(message: RealtimeMessage, context: TransitContext): Set<string> {
  const ids = new Set<string>();
  const validAt = Number.isNaN(message.at) ? context.receivedAt : message.at;
  for (const { id, body } of message.alerts) {
    if (id === '' || id.length > 200) {
      context.sink.reject(
        'record/shape',
        `alert id "${id.slice(0, 40)}"`,
        JSON.stringify(body).slice(0, 4000),
      );
      continue;
    }
    ids.add(id);
    const period = currentPeriod(body, context.receivedAt);
    context.sink.put(transitAlert, {
      id,
      validAt,
      values: {
        title: clip(translation(body.headerText, 'zh') ?? translation(body.headerText, null), 200),
        cause: codeOf(CAUSE, own(body, 'cause'), { sink: context.sink, name: 'cause' }) ?? 'unknown',
        effect: codeOf(EFFECT, own(body, 'effect'), { sink: context.sink, name: 'effect' }) ?? 'unknown',
        routes: routesOf(body, context),
        startAt: period.startAt,
        endAt: period.endAt,
        description: clip(descriptionOf(body), 4000),
      },
    });
  }
  return ids;
}

/** The period that holds now, else the next one, else the last one. */
function currentPeriod(alert: Alert, now: number): { startAt: number | null; endAt: number | null } {
  const periods = (alert.activePeriod ?? []).map((period) => ({
    startAt: nullIfNaN(secondsToMs(own(period, 'start'))),
    endAt: nullIfNaN(secondsToMs(own(period, 'end'))),
  }));
  const open = periods.find(({ endAt }) => endAt === null || endAt > now);
  return open ?? periods.at(-1) ?? { startAt: null, endAt: null };
}

const nullIfNaN = (value: number): number | null => (Number.isNaN(value) ? null : value);

function routesOf(alert: Alert, { sink, schedule }: TransitContext): string[] {
  const names = new Set<string>();
  for (const entity of alert.informedEntity ?? []) {
    const routeId = own(entity, 'routeId') ?? own(entity.trip, 'routeId');
    if (routeId !== null) names.add(clip(schedule.routes.get(routeId) ?? routeId, 60));
    else sink.ignore('informed entity without a route');
  }
  if (names.size > 60) sink.ignore('routes beyond 60 of one alert');
  return [...names].slice(0, 60);
}

type Translated = Alert['headerText'];

/** The text in a language (`zh` also means zh-CN, zh-Hans); `null`: one without language, else the first. */
function translation(text: Translated, language: string | null): string | null {
  const all = text?.translation ?? [];
  if (language === null) return (all.find((one) => !own(one, 'language')) ?? all[0])?.text ?? null;
  return (
    all.find((one) => (own(one, 'language') ?? '').toLowerCase().split('-')[0] === language)?.text ?? null
  );
}

/** Chinese first, English below it. */
function descriptionOf(alert: Alert): string | null {
  const chinese = translation(alert.descriptionText, 'zh') ?? translation(alert.descriptionText, null);
  const english = [translation(alert.headerText, 'en'), translation(alert.descriptionText, 'en')];
  const parts = [chinese, english.filter((part) => part !== null && part !== chinese).join('\n')];
  return parts.filter(Boolean).join('\n\n') || null;
}

/** One recorded answer: the static zip, or a message with any kinds of entities. */
export function parseTransitSample(
  bytes: Uint8Array,
  context: Pick<TransitContext, 'sink' | 'receivedAt'>,
): void {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return void parseSchedule(bytes, context.sink);
  const message = decodeMessage(bytes, context.sink);
  if (!message) return;
  const delays = message.updates.length > 0 ? readDelays(message, context.sink) : noDelays;
  putVehicles(message, { ...context, schedule: emptySchedule, delays });
  putAlerts(message, { ...context, schedule: emptySchedule, delays });
}
