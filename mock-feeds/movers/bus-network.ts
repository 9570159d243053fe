// Bus lines laid along the roads, their stops and timetable, and where each bus is at a moment by that timetable.
// The static GTFS and the realtime feed are both read off this one network.
import type { City, Place } from '../city/city.ts';
import { createPath, distanceM, type LonLat, type Path } from '../engine/geo.ts';
import { createRandom, keyOf, type Random } from '../engine/random.ts';
import { findRoute, type RoadGraph } from './road-graph.ts';

export interface BusStop {
  id: string;
  name: string;
  position: LonLat;
}

/** One direction of a line. Times in seconds after departure, distances in metres along `path`. */
export interface Run {
  path: Path;
  stops: BusStop[];
  stopAtM: number[];
  arriveS: number[];
  departS: number[];
  headsign: string;
}

export interface BusLine {
  id: string;
  shortName: string;
  longName: string;
  urban: boolean;
  /** Runs on workdays only. */
  workdaysOnly: boolean;
  buses: number;
  /** First and last departure, seconds after local midnight. */
  firstS: number;
  lastS: number;
  headwayS: number;
  /** Time from a departure to the next departure of the same bus in the same direction. */
  cycleS: number;
  layoverS: number;
  runs: readonly [Run, Run];
}

export interface ActiveTrip {
  tripId: string;
  line: BusLine;
  direction: 0 | 1;
  /** Seconds after local midnight of the service day. */
  departureS: number;
  /** Service day relative to the asked one: 0 or -1. */
  dayOffset: 0 | -1;
  /** Seconds since departure by the timetable. */
  elapsedS: number;
}

const BUSES = 620;
const URBAN_LINES = 62;
const LINES_A_COUNTY = 7;
const DWELL_S = 25;
const LAYOVER_S = 480;
const HOUR_S = 3600;

export const durationS = (run: Run): number => run.arriveS.at(-1) ?? 0;

const clockText = (s: number): string =>
  [Math.floor(s / 3600), Math.floor(s / 60) % 60, s % 60].map((n) => String(n).padStart(2, '0')).join('');

export const tripIdOf = (line: BusLine, direction: 0 | 1, departureS: number): string =>
  `${line.id}-${direction}-${clockText(departureS)}`;

/** Departures of one bus in one direction, seconds after midnight. */
export function departures(line: BusLine, bus: number, direction: 0 | 1): number[] {
  const list: number[] = [];
  const shift = direction === 0 ? 0 : durationS(line.runs[0]) + line.layoverS;
  for (let s = line.firstS + bus * line.headwayS; s <= line.lastS; s += line.cycleS) list.push(s + shift);
  return list;
}

/** The trip a bus is on; null between trips and out of service hours. */
export function activeTrip(line: BusLine, bus: number, secondOfDay: number): ActiveTrip | null {
  for (const dayOffset of [0, -1] as const) {
    const s = secondOfDay - dayOffset * 86_400;
    const since = s - line.firstS - bus * line.headwayS;
    if (since < 0) continue;
    const start = line.firstS + bus * line.headwayS + Math.floor(since / line.cycleS) * line.cycleS;
    if (start > line.lastS) continue;
    const second = start + durationS(line.runs[0]) + line.layoverS;
    for (const [direction, departureS] of [
      [0, start],
      [1, second],
    ] as const) {
      const elapsedS = s - departureS;
      if (elapsedS >= 0 && elapsedS <= durationS(line.runs[direction])) {
        return {
          tripId: tripIdOf(line, direction, departureS),
          line,
          direction,
          departureS,
          dayOffset,
          elapsedS,
        };
      }
    }
  }
  return null;
}

export interface RunPlace {
  position: LonLat;
  courseDeg: number;
  speedMs: number;
  /** Index of the stop the bus stands at or drives to. */
  stop: number;
  status: 'stopped' | 'incoming' | 'transit';
}

/** Place of a bus `elapsedS` seconds into a run, speeding up and slowing down between stops. */
export function placeOnRun(run: Run, elapsedS: number): RunPlace {
  let i = 0;
  while (i + 1 < run.stops.length && elapsedS > (run.departS[i] ?? 0)) {
    if (elapsedS < (run.arriveS[i + 1] ?? 0)) break;
    i++;
  }
  const departed = elapsedS > (run.departS[i] ?? 0) && i + 1 < run.stops.length;
  const from = run.stopAtM[i] ?? 0;
  if (!departed) return { ...run.path.at(from), speedMs: 0, stop: i, status: 'stopped' };
  const span = Math.max(1, (run.arriveS[i + 1] ?? 0) - (run.departS[i] ?? 0));
  const f = Math.min(1, (elapsedS - (run.departS[i] ?? 0)) / span);
  const metres = (run.stopAtM[i + 1] ?? from) - from;
  // Half even speed, half a smooth start and stop.
  const along = from + metres * (0.5 * f + 0.5 * f * f * (3 - 2 * f));
  const speedMs = (metres / span) * (0.5 + 3 * f * (1 - f));
  const left = from + metres - along;
  return { ...run.path.at(along), speedMs, stop: i + 1, status: left < 120 ? 'incoming' : 'transit' };
}

interface Builder {
  city: City;
  graph: RoadGraph;
  stops: Map<string, BusStop>;
  random: Random;
}

/** Name of a stop: the known place nearby, else the road with a running number. */
function stopAt(builder: Builder, position: LonLat, roadName: string): BusStop {
  const key = `${Math.round(position[0] * 700)},${Math.round(position[1] * 700)}`;
  const known = builder.stops.get(key);
  if (known !== undefined) return known;
  let name = '';
  let away = 450;
  for (const place of [...builder.city.places, ...builder.city.towns]) {
    const d = distanceM(place.position, position);
    if (d < away) [name, away] = [place.name, d];
  }
  const n = builder.stops.size + 1;
  const stop = {
    id: `S${String(n).padStart(5, '0')}`,
    name: name === '' ? `${roadName}${n}站` : `${name}站`,
    position,
  };
  builder.stops.set(key, stop);
  return stop;
}

function buildRun(builder: Builder, edges: readonly number[], urban: boolean): Run {
  const { graph } = builder;
  const first = graph.from[edges[0] ?? 0] ?? 0;
  const points = [graph.nodes[first] as LonLat, ...edges.map((e) => graph.nodes[graph.to[e] ?? 0] as LonLat)];
  const path = createPath(points);
  const spacing = urban ? 620 : 1_900;
  const count = Math.max(2, Math.round(path.lengthM / spacing) + 1);
  const speedMs = (urban ? 21 : 34) / 3.6;
  const run: Run = { path, stops: [], stopAtM: [], arriveS: [], departS: [], headsign: '' };
  let clock = 0;
  for (let i = 0; i < count; i++) {
    const along = (path.lengthM * i) / (count - 1);
    if (i > 0) clock += Math.round(path.lengthM / (count - 1) / speedMs);
    const edge = edges.find((_, j) => (path.lengths[j + 1] ?? 0) >= along) ?? edges[0] ?? 0;
    const { position } = path.at(along);
    const stop = stopAt(builder, position, graph.roadNames[graph.road[edge] ?? 0] ?? '');
    if (run.stops.at(-1) === stop) continue;
    run.stops.push(stop);
    run.stopAtM.push(along);
    run.arriveS.push(clock);
    if (i > 0 && i < count - 1) clock += DWELL_S;
    run.departS.push(clock);
  }
  run.headsign = run.stops.at(-1)?.name ?? '';
  return run;
}

interface LinePlan {
  from: Place;
  to: Place;
  urban: boolean;
}

function planLines(city: City, random: Random): LinePlan[] {
  const plans: LinePlan[] = [];
  const counties = city.counties.filter((county) => county.kind === 'county');
  const named = [...city.places, ...city.towns].filter((place) => place.name !== '');
  counties.forEach((county, index) => {
    const near = named.filter(
      (place) => distanceM(place.position, county.seat) < (index === 0 ? 8_000 : 3_500),
    );
    const wanted = index === 0 ? URBAN_LINES : LINES_A_COUNTY - 3;
    for (let tries = 0, made = 0; made < wanted && tries < wanted * 8 && near.length > 1; tries++) {
      const plan = { from: random.pick(near), to: random.pick(near), urban: true };
      const length = distanceM(plan.from.position, plan.to.position);
      if (length < (index === 0 ? 3_000 : 1_200)) continue;
      plans.push(plan);
      made++;
    }
    const seat: Place = { id: county.code, kind: 'seat', name: county.name, position: county.seat };
    const towns = city.towns.filter(
      (town) => town.countyCode === county.code && distanceM(town.position, county.seat) > 5_000,
    );
    for (let i = 0; i < LINES_A_COUNTY && i < towns.length; i++) {
      plans.push({ from: seat, to: random.pick(towns), urban: false });
    }
  });
  return plans;
}

function toLine(builder: Builder, plan: LinePlan, index: number): BusLine | null {
  const { graph, random } = builder;
  const ends = [graph.nearestNode(plan.from.position), graph.nearestNode(plan.to.position)] as const;
  const there = findRoute(graph, { start: ends[0], goal: ends[1], avoidExpressways: true });
  if (there === null || there.length === 0) return null;
  const back = [...there].reverse().map((e) => e ^ 1);
  const runs = [buildRun(builder, there, plan.urban), buildRun(builder, back, plan.urban)] as const;
  if (runs.some((run) => run.stops.length < 2) || runs[0].path.lengthM < 800) return null;
  const night = plan.urban && index % 7 === 0;
  const shortName = plan.urban ? (night ? `N${index + 1}` : `${index + 1}路`) : `城乡${index + 1}路`;
  return {
    id: `L${String(index + 1).padStart(3, '0')}`,
    shortName,
    longName: `${plan.from.name}—${plan.to.name}`,
    urban: plan.urban,
    workdaysOnly: plan.urban && index % 23 === 11,
    buses: 0,
    firstS: night ? 0 : 6 * HOUR_S + random.below(4) * 600,
    lastS: night ? 24 * HOUR_S - 1 : (plan.urban ? 22 : 19) * HOUR_S,
    headwayS: 0,
    cycleS: durationS(runs[0]) + durationS(runs[1]) + 2 * LAYOVER_S,
    layoverS: LAYOVER_S,
    runs,
  };
}

/** All lines of a city with `BUSES × scale` buses shared out by the length of their round trips. */
export function createBusNetwork(
  city: City,
  graph: RoadGraph,
  options: { seed: number; scale: number },
): {
  lines: BusLine[];
  stops: BusStop[];
} {
  if (graph.connected.length < 2) return { lines: [], stops: [] };
  const random = createRandom(options.seed, keyOf('bus'));
  const builder: Builder = { city, graph, stops: new Map(), random };
  const lines: BusLine[] = [];
  for (const plan of planLines(city, random)) {
    const line = toLine(builder, plan, lines.length);
    if (line !== null) lines.push(line);
  }
  const weight = (line: BusLine): number => line.cycleS * (line.urban ? 1.6 : 0.8);
  const sum = lines.reduce((total, line) => total + weight(line), 0);
  let used = 0;
  let share = 0;
  const wanted = Math.max(lines.length, Math.round(BUSES * options.scale));
  for (const line of lines) {
    share += (weight(line) / sum) * wanted;
    line.buses = Math.max(1, Math.round(share) - used);
    used += line.buses;
    line.headwayS = Math.max(60, Math.floor(line.cycleS / line.buses));
    line.cycleS = line.headwayS * line.buses;
    line.layoverS = Math.max(
      60,
      Math.floor((line.cycleS - durationS(line.runs[0]) - durationS(line.runs[1])) / 2),
    );
  }
  return {
    lines: lines.filter((line) => line.cycleS >= durationS(line.runs[0]) + durationS(line.runs[1])),
    stops: [...builder.stops.values()],
  };
}
