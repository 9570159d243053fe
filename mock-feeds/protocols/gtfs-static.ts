// The static GTFS zip of a bus network (GTFS Schedule reference).
import { strToU8, zipSync } from 'fflate';
import { toCsv } from '../city/csv.ts';
import { departures, tripIdOf, type BusLine, type BusStop, type Run } from '../movers/bus-network.ts';

export interface GtfsFacts {
  lines: readonly BusLine[];
  stops: readonly BusStop[];
  agency: string;
  timeZone: string;
  /** yyyyMMdd. */
  validFrom: string;
  validTo: string;
  /** Dates yyyyMMdd on which workday-only lines do not run, and weekend dates on which they do. */
  holidays: readonly string[];
  shiftedWorkdays: readonly string[];
}

type Cells = (string | number)[];
const clock = (s: number): string =>
  [Math.floor(s / 3600), Math.floor(s / 60) % 60, s % 60].map((n) => String(n).padStart(2, '0')).join(':');
const degrees = (value: number): string => value.toFixed(6);

function eachTrip(
  line: BusLine,
  visit: (trip: { id: string; direction: 0 | 1; departureS: number; block: string }) => void,
): void {
  for (let bus = 0; bus < line.buses; bus++) {
    for (const direction of [0, 1] as const) {
      for (const departureS of departures(line, bus, direction)) {
        visit({
          id: tripIdOf(line, direction, departureS),
          direction,
          departureS,
          block: `${line.id}-B${bus + 1}`,
        });
      }
    }
  }
}

function shapeRows(line: BusLine, direction: 0 | 1, run: Run): Cells[] {
  return run.path.points.map((p, i) => [
    `${line.id}-${direction}`,
    degrees(p[1]),
    degrees(p[0]),
    i + 1,
    Math.round(run.path.lengths[i] ?? 0),
  ]);
}

function timetable(lines: readonly BusLine[]): { trips: Cells[]; stopTimes: Cells[] } {
  const trips: Cells[] = [];
  const stopTimes: Cells[] = [];
  for (const line of lines) {
    eachTrip(line, ({ id, direction, departureS, block }) => {
      const run = line.runs[direction];
      const service = line.workdaysOnly ? 'WORKDAY' : 'DAILY';
      trips.push([line.id, service, id, run.headsign, direction, block, `${line.id}-${direction}`]);
      run.stops.forEach((stop, i) => {
        stopTimes.push([
          id,
          clock(departureS + (run.arriveS[i] ?? 0)),
          clock(departureS + (run.departS[i] ?? 0)),
          stop.id,
          i + 1,
          Math.round(run.stopAtM[i] ?? 0),
        ]);
      });
    });
  }
  return { trips, stopTimes };
}

function calendarTables(facts: GtfsFacts): Record<string, string> {
  const { validFrom, validTo } = facts;
  const dates = [
    ...facts.holidays.map((d): Cells => ['WORKDAY', d, 2]),
    ...facts.shiftedWorkdays.map((d): Cells => ['WORKDAY', d, 1]),
  ];
  return {
    'calendar.txt': toCsv(
      [
        'service_id',
        'monday',
        'tuesday',
        'wednesday',
        'thursday',
        'friday',
        'saturday',
        'sunday',
        'start_date',
        'end_date',
      ],
      [
        ['DAILY', 1, 1, 1, 1, 1, 1, 1, validFrom, validTo],
        ['WORKDAY', 1, 1, 1, 1, 1, 0, 0, validFrom, validTo],
      ],
    ),
    'calendar_dates.txt': toCsv(['service_id', 'date', 'exception_type'], dates),
  };
}

/** Tables of the feed by file name. */
export function gtfsTables(facts: GtfsFacts): Record<string, string> {
  const { lines, stops, validFrom, validTo } = facts;
  const { trips, stopTimes } = timetable(lines);
  const routes = lines.map((l): Cells => [l.id, 'A1', l.shortName, l.longName, 3]);
  return {
    'agency.txt': toCsv(
      ['agency_id', 'agency_name', 'agency_url', 'agency_timezone', 'agency_lang'],
      [['A1', facts.agency, 'https://bus.example', facts.timeZone, 'zh']],
    ),
    'stops.txt': toCsv(
      ['stop_id', 'stop_name', 'stop_lat', 'stop_lon'],
      stops.map((s) => [s.id, s.name, degrees(s.position[1]), degrees(s.position[0])]),
    ),
    'routes.txt': toCsv(
      ['route_id', 'agency_id', 'route_short_name', 'route_long_name', 'route_type'],
      routes,
    ),
    'trips.txt': toCsv(
      ['route_id', 'service_id', 'trip_id', 'trip_headsign', 'direction_id', 'block_id', 'shape_id'],
      trips,
    ),
    'stop_times.txt': toCsv(
      ['trip_id', 'arrival_time', 'departure_time', 'stop_id', 'stop_sequence', 'shape_dist_traveled'],
      stopTimes,
    ),
    ...calendarTables(facts),
    'shapes.txt': toCsv(
      ['shape_id', 'shape_pt_lat', 'shape_pt_lon', 'shape_pt_sequence', 'shape_dist_traveled'],
      lines.flatMap((l) => [...shapeRows(l, 0, l.runs[0]), ...shapeRows(l, 1, l.runs[1])]),
    ),
    'feed_info.txt': toCsv(
      [
        'feed_publisher_name',
        'feed_publisher_url',
        'feed_lang',
        'feed_start_date',
        'feed_end_date',
        'feed_version',
      ],
      [[`${facts.agency}（演示数据 synthetic）`, 'https://bus.example', 'zh', validFrom, validTo, validFrom]],
    ),
  };
}

/** The zip; its bytes depend on the tables alone. Packed lightly: each start makes it anew. */
export function gtfsZip(tables: Readonly<Record<string, string>>): Buffer {
  const files = Object.fromEntries(Object.entries(tables).map(([name, text]) => [name, strToU8(text)]));
  return Buffer.from(zipSync(files, { level: 1, mtime: '2020-01-01T00:00:00Z' }));
}
