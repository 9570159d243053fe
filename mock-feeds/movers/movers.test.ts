// Movers of the shipped city: on the ground, inside the city, consistent with the timetable.
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { parseCsv, type Row } from '../city/csv.ts';
import { readConfig } from '../config.ts';
import { distanceM, type LonLat } from '../engine/geo.ts';
import { gtfsTables, gtfsZip } from '../protocols/gtfs-static.ts';
import { createWorld } from '../simulation.ts';
import type { World } from '../world.ts';
import { activeTrip, createBusNetwork, placeOnRun } from './bus-network.ts';
import { createDrivers, gpsFix, VEHICLE_KINDS } from './fleet.ts';
import { findRoute } from './road-graph.ts';
import { advanceVehicle } from './vehicle.ts';
import { createWaterways } from './waterway.ts';

let world: World;
let network: ReturnType<typeof createBusNetwork>;
let tables: Record<string, Row[]>;

beforeAll(() => {
  const config = readConfig(['--paused', '--start', '2026-07-16T08:00:00+08:00'], {}, () => 0);
  world = createWorld(config, { wall: () => 0, log: () => undefined });
  network = createBusNetwork(world.city, world.graph, { seed: 1, scale: 0.2 });
  const zip = gtfsZip(
    gtfsTables({
      ...network,
      agency: '公交',
      timeZone: world.city.timeZone,
      validFrom: '20260616',
      validTo: '20270616',
      holidays: [],
      shiftedWorkdays: [],
    }),
  );
  tables = Object.fromEntries(
    Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, parseCsv(strFromU8(bytes))]),
  );
});

const column = (file: string, name: string): Set<string> =>
  new Set((tables[file] ?? []).map((row) => row[name] ?? ''));

test('every trip, stop, route, service and shape that is referred to exists', () => {
  const refers = (from: string, name: string, to: string): void => {
    const known = column(to, name);
    expect(
      [...column(from, name)].filter((id) => !known.has(id)),
      `${from} ${name}`,
    ).toEqual([]);
  };
  refers('stop_times.txt', 'trip_id', 'trips.txt');
  refers('stop_times.txt', 'stop_id', 'stops.txt');
  refers('trips.txt', 'route_id', 'routes.txt');
  refers('trips.txt', 'service_id', 'calendar.txt');
  refers('trips.txt', 'shape_id', 'shapes.txt');
  expect(column('trips.txt', 'trip_id').size).toBe(tables['trips.txt']?.length);
  expect(column('trips.txt', 'trip_id').size).toBe(column('stop_times.txt', 'trip_id').size);
});

test('times of a trip never go back and distances grow', () => {
  const rows = tables['stop_times.txt'] ?? [];
  expect(rows.length).toBeGreaterThan(1_000);
  const wrong = rows.filter((row, i) => {
    if (!((row['arrival_time'] ?? '') <= (row['departure_time'] ?? ''))) return true;
    const last = rows[i - 1];
    if (last === undefined || last['trip_id'] !== row['trip_id']) return false;
    const isLater = (last['departure_time'] ?? '') < (row['arrival_time'] ?? '');
    const isFarther = Number(row['shape_dist_traveled']) > Number(last['shape_dist_traveled']);
    return !isLater || !isFarther || Number(row['stop_sequence']) !== Number(last['stop_sequence']) + 1;
  });
  expect(wrong).toEqual([]);
});

test('a bus that runs is on a trip of the timetable, and moves on without jumps', () => {
  const trips = column('trips.txt', 'trip_id');
  let checked = 0;
  const wrong: string[] = [];
  for (const line of network.lines) {
    let before = null as { id: string; p: LonLat } | null;
    for (let s = 0; s < 86_400; s += 41) {
      const trip = activeTrip(line, 0, s);
      if (trip === null || trip.dayOffset !== 0) continue;
      if (!trips.has(trip.tripId)) wrong.push(`${trip.tripId} is not in the timetable`);
      const { position, speedMs } = placeOnRun(line.runs[trip.direction], trip.elapsedS);
      if (!(speedMs < 30)) wrong.push(`${trip.tripId} at ${s} s: ${speedMs} m/s`);
      const jumpM = before?.id === trip.tripId ? distanceM(before.p, position) : 0;
      if (!(jumpM < 41 * 25)) wrong.push(`${trip.tripId} at ${s} s: ${jumpM} m further`);
      before = { id: trip.tripId, p: position };
      checked++;
    }
  }
  expect(wrong).toEqual([]);
  expect(checked).toBeGreaterThan(1_000);
});

test('vehicles stay inside the city, keep to their speed and really move', () => {
  const [west, south, east, north] = world.city.bbox;
  for (const kind of VEHICLE_KINDS) {
    const drivers = createDrivers(world, kind, 20);
    let moved = 0;
    for (const driver of drivers) {
      let last: LonLat | null = null;
      for (let t = 0; t < 3_600; t += 15) {
        const place = advanceVehicle(world, driver, {
          now: world.startAt + t * 1000,
          working: true,
        });
        const [lon, lat] = gpsFix(place.position, 1, t * 1000);
        expect(lon > west && lon < east && lat > south && lat < north, `${kind} ${lon},${lat}`).toBe(true);
        if (last !== null) {
          const metres = distanceM(last, place.position);
          expect(metres).toBeLessThan((15 * 130) / 3.6);
          moved += metres;
        }
        last = place.position;
      }
    }
    // On average at least 4 km in the hour, stops included.
    expect(moved / drivers.length, kind).toBeGreaterThan(4_000);
  }
});

test('a fix scatters by two to three metres around the place', () => {
  const place: LonLat = [105.8, 32.4];
  const away = Array.from({ length: 2_000 }, (_, i) => distanceM(place, gpsFix(place, 7, i * 1000)));
  // Mean of a Rayleigh distribution: σ·√(π/2).
  const sigma = away.reduce((a, b) => a + b, 0) / away.length / Math.sqrt(Math.PI / 2);
  expect(sigma).toBeGreaterThan(2);
  expect(sigma).toBeLessThan(3);
});

test('routes are connected edges and avoid expressways when told to', () => {
  const { graph } = world;
  const [a, b] = [graph.connected[0] ?? 0, graph.connected[Math.floor(graph.connected.length / 2)] ?? 0];
  const route = findRoute(graph, { start: a, goal: b, avoidExpressways: true }) ?? [];
  expect(route.length).toBeGreaterThan(0);
  expect(graph.from[route[0] ?? 0]).toBe(a);
  expect(graph.to[route.at(-1) ?? 0]).toBe(b);
  route.slice(1).forEach((edge, i) => expect(graph.from[edge]).toBe(graph.to[route[i] ?? 0]));
  expect(route.every((edge) => graph.roadClass[edge] !== 0)).toBe(true);
});

test('ships have waterways with at least two ports', () => {
  const ways = createWaterways(world.city);
  expect(ways.length).toBeGreaterThan(0);
  for (const way of ways) {
    expect(way.ports.length).toBeGreaterThan(1);
    expect(way.ports.at(-1)?.alongM).toBeLessThanOrEqual(way.path.lengthM);
  }
});
