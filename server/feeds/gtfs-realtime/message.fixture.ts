// GTFS-Realtime messages written field by field from gtfs-realtime.proto for the tests: shares nothing with the feed.

type Part = Buffer;

function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, BigInt(value));
  for (; left > 127n; left >>= 7n) bytes.push(Number(left & 127n) | 128);
  return Buffer.from([...bytes, Number(left)]);
}

export const int = (field: number, value: number): Part => Buffer.concat([varint(field << 3), varint(value)]);
export const nest = (field: number, ...parts: Part[]): Part => {
  const body = Buffer.concat(parts);
  return Buffer.concat([varint((field << 3) | 2), varint(body.length), body]);
};
export const text = (field: number, value: string): Part => nest(field, Buffer.from(value));
export const float = (field: number, value: number): Part => {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([varint((field << 3) | 5), bytes]);
};

/** FeedMessage with a FULL_DATASET header. `timestamp`: POSIX seconds. */
export function messageOf(timestamp: number, ...entities: Part[]): Buffer {
  const header = nest(1, text(1, '2.0'), int(2, 0), int(3, timestamp));
  return Buffer.concat([header, ...entities.map((entity) => nest(2, entity))]);
}

export interface Vehicle {
  id: string;
  lon: number;
  lat: number;
  bearing?: number;
  speed?: number;
  tripId?: string;
  routeId?: string;
  direction?: number;
  stopId?: string;
  sequence?: number;
  status?: number;
  timestamp?: number;
  congestion?: number;
  occupancy?: number;
  label?: string;
}

const optional = <T>(value: T | undefined, write: (value: T) => Part): Part[] =>
  value === undefined ? [] : [write(value)];

export function vehicleEntity(entityId: string, of: Vehicle): Part {
  const trip = [
    ...optional(of.tripId, (value) => text(1, value)),
    ...optional(of.routeId, (value) => text(5, value)),
    ...optional(of.direction, (value) => int(6, value)),
  ];
  const position = [
    float(1, of.lat),
    float(2, of.lon),
    ...optional(of.bearing, (value) => float(3, value)),
    ...optional(of.speed, (value) => float(5, value)),
  ];
  const parts = [
    ...(trip.length > 0 ? [nest(1, ...trip)] : []),
    nest(2, ...position),
    ...optional(of.sequence, (value) => int(3, value)),
    ...optional(of.status, (value) => int(4, value)),
    ...optional(of.timestamp, (value) => int(5, value)),
    ...optional(of.congestion, (value) => int(6, value)),
    ...optional(of.stopId, (value) => text(7, value)),
    nest(8, text(1, of.id), ...optional(of.label, (value) => text(2, value))),
    ...optional(of.occupancy, (value) => int(9, value)),
  ];
  return Buffer.concat([text(1, entityId), nest(4, ...parts)]);
}

/** `stops`: [stop_sequence, arrival delay in seconds]. */
export function tripEntity(
  entityId: string,
  tripId: string,
  stops: readonly (readonly [number, number])[],
): Part {
  const updates = stops.map(([sequence, delay]) => nest(2, int(1, sequence), nest(2, int(1, delay))));
  return Buffer.concat([text(1, entityId), nest(3, nest(1, text(1, tripId)), ...updates)]);
}

export interface AlertTexts {
  period?: readonly [number, number];
  routes: readonly string[];
  cause?: number;
  effect?: number;
  header: readonly (readonly [string, string])[];
  description: readonly (readonly [string, string])[];
}

/** Texts as [text, language]. */
export function alertEntity(entityId: string, of: AlertTexts): Part {
  const translated = (field: number, texts: AlertTexts['header']): Part =>
    nest(
      field,
      ...texts.map(([value, language]) => nest(1, text(1, value), ...(language ? [text(2, language)] : []))),
    );
  const parts = [
    ...optional(of.period, ([start, end]) => nest(1, int(1, start), int(2, end))),
    ...of.routes.map((route) => nest(5, text(2, route))),
    ...optional(of.cause, (value) => int(6, value)),
    ...optional(of.effect, (value) => int(7, value)),
    translated(10, of.header),
    translated(11, of.description),
  ];
  return Buffer.concat([text(1, entityId), nest(5, ...parts)]);
}
