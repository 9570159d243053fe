// One road vehicle: where it is, moved forward only when it is asked (at its own report times).
import { bearingDeg, lerp, type LonLat } from '../engine/geo.ts';
import type { Random } from '../engine/random.ts';
import type { Traffic } from '../engine/traffic.ts';
import { ROAD_CLASSES, type RoadGraph } from './road-graph.ts';

/** What a kind of vehicle likes: weights by road class, speed over free flow, range around its home. */
export interface Habit {
  weights: Readonly<Record<(typeof ROAD_CLASSES)[number], number>>;
  speedFactor: number;
  maxKmh: number;
  homeRangeM: number;
  /** Mean driving time between stops and mean length of a stop, seconds. */
  driveS: number;
  stopS: number;
}

export interface VehicleState {
  edge: number;
  /** Metres along the edge. */
  along: number;
  at: number;
  speedKmh: number;
  /** Metres driven since the start. */
  drivenM: number;
  restUntil: number;
  nextRestAt: number;
}

export interface VehiclePlace {
  position: LonLat;
  courseDeg: number;
  speedKmh: number;
  resting: boolean;
}

export interface Roads {
  graph: RoadGraph;
  traffic: Traffic;
}

export interface Driver {
  state: VehicleState;
  habit: Habit;
  home: LonLat;
  random: Random;
}

const far = (a: LonLat, b: LonLat): number => Math.hypot((a[0] - b[0]) * 94_000, (a[1] - b[1]) * 111_000);

function chooseEdge(graph: RoadGraph, driver: Driver): number {
  const { state, habit, home, random } = driver;
  const node = graph.to[state.edge] ?? 0;
  const here = graph.nodes[node] as LonLat;
  const start = graph.outStart[node] ?? 0;
  const end = graph.outStart[node + 1] ?? start;
  if (end - start === 2) {
    // A bend, not a junction: go on.
    for (let i = start; i < end; i++) if (graph.out[i] !== (state.edge ^ 1)) return graph.out[i] as number;
  }
  const course = bearingDeg(graph.nodes[graph.from[state.edge] ?? 0] as LonLat, here);
  const away = far(here, home);
  let sum = 0;
  const weights: number[] = [];
  for (let i = start; i < end; i++) {
    const e = graph.out[i] as number;
    const next = graph.nodes[graph.to[e] ?? 0] as LonLat;
    const turn = Math.abs(((bearingDeg(here, next) - course + 540) % 360) - 180);
    const homeward = away > habit.homeRangeM ? (far(next, home) < away ? 6 : 0.05) : 1;
    const back = e === (state.edge ^ 1) ? (away > habit.homeRangeM ? 0.3 : 0.004) : 1;
    const likes = habit.weights[ROAD_CLASSES[graph.roadClass[e] ?? 4] ?? 'minor'];
    weights.push(Math.max(1e-6, likes * (turn < 45 ? 1.6 : 1) * homeward * back));
    sum += weights.at(-1) ?? 0;
  }
  let draw = random.next() * sum;
  for (let i = start; i < end; i++) {
    draw -= weights[i - start] ?? 0;
    if (draw <= 0) return graph.out[i] as number;
  }
  return state.edge ^ 1;
}

function paceKmh(graph: RoadGraph, traffic: Traffic, driver: Driver): number {
  const { state, habit } = driver;
  const e = state.edge;
  const road = graph.road[e] ?? 0;
  const place = graph.nodes[graph.to[e] ?? 0] as LonLat;
  const ratio = traffic.ratio(
    place,
    {
      key: road * 2 + (e & 1),
      name: graph.roadNames[road] ?? '',
      class: ROAD_CLASSES[graph.roadClass[e] ?? 4] ?? 'minor',
    },
    state.at,
  );
  const pace = Math.min(habit.maxKmh, (graph.freeFlowKmh[e] ?? 40) * habit.speedFactor) * ratio;
  return Math.max(3, pace * (0.88 + 0.24 * driver.random.next()));
}

function drive(roads: Roads, driver: Driver, until: number): void {
  const { graph, traffic } = roads;
  const { state, random, habit } = driver;
  for (let guard = 0; state.at < until && guard < 400; guard++) {
    if (state.restUntil > state.at) {
      state.at = Math.min(until, state.restUntil);
      state.speedKmh = 0;
      if (state.at < state.restUntil) return;
      state.nextRestAt = state.at + random.wait(habit.driveS) * 1000;
      continue;
    }
    if (state.at >= state.nextRestAt) {
      state.restUntil = state.at + (5 + random.wait(habit.stopS)) * 1000;
      continue;
    }
    state.speedKmh = paceKmh(graph, traffic, driver);
    const left = (graph.lengthM[state.edge] ?? 1) - state.along;
    const reach = ((until - state.at) / 3600) * state.speedKmh;
    if (reach < left) {
      state.along += reach;
      state.drivenM += reach;
      state.at = until;
    } else {
      state.drivenM += left;
      state.at += Math.max(1, (left / state.speedKmh) * 3600);
      state.edge = chooseEdge(graph, driver);
      state.along = 0;
    }
  }
  state.at = Math.max(state.at, until);
}

/** Moves the vehicle to a moment (never back) and says where it is. `working` false keeps it parked. */
export function advanceVehicle(
  roads: Roads,
  driver: Driver,
  at: { now: number; working: boolean },
): VehiclePlace {
  const { graph } = roads;
  const { state } = driver;
  if (!at.working) {
    state.at = Math.max(state.at, at.now);
    state.speedKmh = 0;
  } else drive(roads, driver, at.now);
  const a = graph.nodes[graph.from[state.edge] ?? 0] as LonLat;
  const b = graph.nodes[graph.to[state.edge] ?? 0] as LonLat;
  const f = Math.min(1, state.along / Math.max(1, graph.lengthM[state.edge] ?? 1));
  const resting = !at.working || state.restUntil > at.now;
  return {
    position: lerp(a, b, f),
    courseDeg: bearingDeg(a, b),
    speedKmh: resting ? 0 : state.speedKmh,
    resting,
  };
}
