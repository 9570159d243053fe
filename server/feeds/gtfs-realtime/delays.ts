// TripUpdates → how late a trip is at a stop.
import type { Sink } from '../../kit/feed.ts';
import { own } from './message.ts';
import type { RealtimeMessage, TripUpdate } from './message.ts';

interface StopDelay {
  readonly sequence: number | null;
  readonly stopId: string | null;
  readonly delayS: number;
}

interface TripDelay {
  readonly whole: number | null;
  readonly stops: readonly StopDelay[];
}

export interface Delays {
  /** Seconds late (early below 0) at the stop a vehicle is bound for; null: nothing known. */
  at(tripId: string, stop: { sequence: number | null; stopId: string | null }): number | null;
}

export const noDelays: Delays = { at: () => null };

export function readDelays(message: RealtimeMessage, sink: Sink): Delays {
  const trips = new Map<string, TripDelay>();
  for (const { body } of message.updates) {
    const tripId = own(body.trip, 'tripId');
    if (tripId === null) {
      sink.ignore('trip update without trip_id');
      continue;
    }
    const relation = own(body.trip, 'scheduleRelationship') ?? 0;
    if (relation === CANCELED || relation === DELETED) sink.ignore('cancelled trip');
    trips.set(tripId, { whole: own(body, 'delay'), stops: stopDelays(body, sink) });
  }
  return { at: (tripId, stop) => delayAt(trips.get(tripId), stop) };
}

const CANCELED = 3;
const DELETED = 7;

function stopDelays(update: TripUpdate, sink: Sink): StopDelay[] {
  const stops: StopDelay[] = [];
  for (const stop of update.stopTimeUpdate ?? []) {
    const delayS = own(stop.arrival, 'delay') ?? own(stop.departure, 'delay');
    if (delayS === null) sink.ignore('stop time without delay');
    else stops.push({ sequence: own(stop, 'stopSequence'), stopId: own(stop, 'stopId'), delayS });
  }
  return stops;
}

/** The update of that stop; else of the last stop before it, whose delay holds on; else of the trip. */
function delayAt(
  trip: TripDelay | undefined,
  stop: { sequence: number | null; stopId: string | null },
): number | null {
  if (!trip) return null;
  const exact = trip.stops.find(
    ({ sequence, stopId }) =>
      (stop.sequence !== null && sequence === stop.sequence) ||
      (stop.stopId !== null && stopId === stop.stopId),
  );
  if (exact) return exact.delayS;
  const before = trip.stops.findLast(
    ({ sequence }) => stop.sequence !== null && sequence !== null && sequence < stop.sequence,
  );
  return before?.delayS ?? trip.whole ?? trip.stops[0]?.delayS ?? null;
}
