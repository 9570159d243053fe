// The static GTFS zip: the names that the realtime feed only refers to.
import { unzipSync } from 'fflate';
import type { Sink } from '../../kit/feed.ts';
import { readCsv } from '../../kit/csv.ts';
import { unreadable } from '../../kit/unreadable.ts';

export interface Trip {
  readonly routeId: string;
  /** '0' outbound, '1' inbound, '' not said. */
  readonly direction: string;
}

export interface Schedule {
  /** Route id → short name, else long name. */
  readonly routes: ReadonlyMap<string, string>;
  readonly stops: ReadonlyMap<string, string>;
  readonly trips: ReadonlyMap<string, Trip>;
}

export const emptySchedule: Schedule = { routes: new Map(), stops: new Map(), trips: new Map() };

/** Unpacked size of one file; a city of 20 million has a trips.txt of about 30 MB. */
const MAX_FILE = 64 * 1024 * 1024;
const FILES = new Set(['routes.txt', 'stops.txt', 'trips.txt']);

/** → null after a reject. Files may lie in a folder of the zip. */
export function parseSchedule(zip: Uint8Array, sink: Sink): Schedule | null {
  try {
    const files = unzipSync(zip, {
      filter: ({ name, originalSize }) => isWanted(name) && originalSize <= MAX_FILE,
    });
    const texts = new Map(
      Object.entries(files).map(([name, bytes]) => [baseName(name), new TextDecoder().decode(bytes)]),
    );
    const missing = [...FILES].filter((name) => !texts.has(name));
    if (missing.length > 0) {
      unreadable(zip);
      sink.reject('record/shape', `zip without ${missing.join(', ')}, or larger than ${MAX_FILE} bytes`, '');
      return null;
    }
    return readSchedule(texts);
  } catch (error) {
    unreadable(zip);
    sink.reject(
      'record/parse',
      `zip: ${error instanceof Error ? error.message : String(error)}`.slice(0, 200),
      '',
    );
    return null;
  }
}

function readSchedule(texts: ReadonlyMap<string, string>): Schedule {
  const routes = new Map<string, string>();
  const stops = new Map<string, string>();
  const trips = new Map<string, Trip>();
  readCsv(texts.get('routes.txt') ?? '', (row) => {
    routes.set(row('route_id'), row('route_short_name') || row('route_long_name') || row('route_id'));
  });
  readCsv(texts.get('stops.txt') ?? '', (row) => stops.set(row('stop_id'), row('stop_name')));
  readCsv(texts.get('trips.txt') ?? '', (row) => {
    trips.set(row('trip_id'), { routeId: row('route_id'), direction: row('direction_id') });
  });
  return { routes, stops, trips };
}

const isWanted = (name: string): boolean => FILES.has(baseName(name));
const baseName = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
