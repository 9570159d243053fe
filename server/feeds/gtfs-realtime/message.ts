// One GTFS-Realtime message, decoded and sorted by kind of entity.
import bindings from 'gtfs-realtime-bindings';
import type { Sink } from '../../kit/feed.ts';
import { unreadable } from '../../kit/unreadable.ts';

const { FeedMessage, FeedHeader } = bindings.transit_realtime;

type Entity = InstanceType<typeof bindings.transit_realtime.FeedEntity>;
export type VehiclePosition = NonNullable<Entity['vehicle']>;
export type TripUpdate = NonNullable<Entity['tripUpdate']>;
export type Alert = NonNullable<Entity['alert']>;

export interface Entry<T> {
  readonly id: string;
  readonly body: T;
}

export interface RealtimeMessage {
  /** Epoch ms; NaN where the header does not say. */
  readonly at: number;
  readonly full: boolean;
  readonly deleted: readonly string[];
  readonly vehicles: readonly Entry<VehiclePosition>[];
  readonly updates: readonly Entry<TripUpdate>[];
  readonly alerts: readonly Entry<Alert>[];
}

/** Kinds of entity that the standard has and this feed does not use. */
const UNUSED = ['shape', 'stop', 'tripModifications'] as const;

/** → null after a reject. */
export function decodeMessage(bytes: Uint8Array, sink: Sink): RealtimeMessage | null {
  let message: InstanceType<typeof FeedMessage>;
  try {
    message = FeedMessage.decode(bytes);
  } catch (error) {
    unreadable(bytes);
    sink.reject(
      'record/parse',
      `protobuf: ${error instanceof Error ? error.message : String(error)}`.slice(0, 200),
      bytes,
    );
    return null;
  }
  const deleted: string[] = [];
  const vehicles: Entry<VehiclePosition>[] = [];
  const updates: Entry<TripUpdate>[] = [];
  const alerts: Entry<Alert>[] = [];
  for (const entity of message.entity) {
    const { id } = entity;
    if (entity.isDeleted) deleted.push(id);
    if (entity.vehicle) vehicles.push({ id, body: entity.vehicle });
    if (entity.tripUpdate) updates.push({ id, body: entity.tripUpdate });
    if (entity.alert) alerts.push({ id, body: entity.alert });
    for (const kind of UNUSED) if (entity[kind]) sink.ignore(`entity ${kind}`);
  }
  const full = message.header.incrementality !== FeedHeader.Incrementality.DIFFERENTIAL;
  return { at: secondsToMs(message.header.timestamp), full, deleted, vehicles, updates, alerts };
}

/** POSIX seconds, as a number or a 64-bit integer object → epoch ms; NaN for none. */
export function secondsToMs(seconds: unknown): number {
  const value = Number(seconds ?? 0);
  return value > 0 && value < 1e11 ? value * 1000 : NaN;
}

/** The field where the message carries it; protobuf hands out defaults for the others. */
export function own<T extends object, K extends keyof T>(
  message: T | null | undefined,
  field: K,
): NonNullable<T[K]> | null {
  if (!message || !Object.hasOwn(message, field)) return null;
  return message[field] ?? null;
}
