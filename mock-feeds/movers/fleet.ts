// The road fleet: how many of which kind, where at home, how often they report.
import type { City } from '../city/city.ts';
import { offset, type LonLat } from '../engine/geo.ts';
import { createRandom, gauss, keyOf, type Random } from '../engine/random.ts';
import type { RoadGraph } from './road-graph.ts';
import type { Driver, Habit } from './vehicle.ts';

export const VEHICLE_KINDS = ['TAXI', 'HAZMAT', 'COACH', 'TRUCK', 'MUCK', 'OFFICIAL'] as const;
export type VehicleKind = (typeof VEHICLE_KINDS)[number];

export interface FleetKind {
  count: number;
  reportS: number;
  habit: Habit;
  /** Share of vehicles at home in the city's largest unit. */
  metroShare: number;
}

/** By class of road, the fastest first. */
const weights = ([expressway, national, provincial, street, minor]: readonly [
  number,
  number,
  number,
  number,
  number,
]) => ({
  expressway,
  national,
  provincial,
  street,
  minor,
});

export const FLEET: Readonly<Record<VehicleKind, FleetKind>> = {
  TAXI: {
    count: 1500,
    reportS: 15,
    metroShare: 0.62,
    habit: {
      weights: weights([0.02, 0.7, 0.6, 2.2, 1.2]),
      speedFactor: 1,
      maxKmh: 60,
      homeRangeM: 6_500,
      driveS: 900,
      stopS: 150,
    },
  },
  HAZMAT: {
    count: 400,
    reportS: 15,
    metroShare: 0.3,
    habit: {
      weights: weights([4, 1.2, 0.8, 0.05, 0.1]),
      speedFactor: 0.78,
      maxKmh: 80,
      homeRangeM: 90_000,
      driveS: 5_400,
      stopS: 900,
    },
  },
  COACH: {
    count: 700,
    reportS: 20,
    metroShare: 0.35,
    habit: {
      weights: weights([4, 1.5, 1, 0.4, 0.35]),
      speedFactor: 0.92,
      maxKmh: 95,
      homeRangeM: 80_000,
      driveS: 2_700,
      stopS: 420,
    },
  },
  TRUCK: {
    count: 1600,
    reportS: 30,
    metroShare: 0.3,
    habit: {
      weights: weights([3.2, 1.8, 1.2, 0.15, 0.35]),
      speedFactor: 0.8,
      maxKmh: 85,
      homeRangeM: 90_000,
      driveS: 4_800,
      stopS: 1_200,
    },
  },
  MUCK: {
    count: 400,
    reportS: 10,
    metroShare: 0.7,
    habit: {
      weights: weights([0.05, 1, 0.9, 0.9, 1.3]),
      speedFactor: 0.82,
      maxKmh: 55,
      homeRangeM: 9_000,
      driveS: 1_300,
      stopS: 420,
    },
  },
  OFFICIAL: {
    count: 600,
    reportS: 30,
    metroShare: 0.4,
    habit: {
      weights: weights([1, 1.2, 1, 1.2, 1]),
      speedFactor: 1,
      maxKmh: 100,
      homeRangeM: 25_000,
      driveS: 1_500,
      stopS: 1_500,
    },
  },
};

/** One standard deviation of a civil GNSS fix in the open, metres. */
const GPS_SIGMA_M = 2.4;

/** A fix as a receiver reports it: the true place with noise of its own. */
export function gpsFix(place: LonLat, key: number, at: number): LonLat {
  const slot = Math.floor(at / 1000);
  return offset(place, GPS_SIGMA_M * gauss(key, slot, 1), GPS_SIGMA_M * gauss(key, slot, 2));
}

function homeOf(city: City, random: Random, metroShare: number): LonLat {
  const counties = city.counties.filter((county) => county.kind === 'county');
  const metro = counties[0];
  if (metro === undefined) return city.centre;
  return random.chance(metroShare) ? metro.seat : random.pick(counties).seat;
}

function startEdge(graph: RoadGraph, near: readonly number[], random: Random): number {
  const node =
    near.length > 0 ? random.pick(near) : (graph.connected[random.below(graph.connected.length)] ?? 0);
  const start = graph.outStart[node] ?? 0;
  const count = (graph.outStart[node + 1] ?? start) - start;
  return graph.out[start + random.below(Math.max(1, count))] ?? 0;
}

/** Drivers of one kind, parked all over their home range. Empty where the city has no roads. */
export function createDrivers(
  world: { city: City; graph: RoadGraph; seed: number; startAt: number },
  kind: VehicleKind,
  count: number,
): Driver[] {
  const { city, graph, seed, startAt } = world;
  if (graph.connected.length === 0) return [];
  const { habit, metroShare } = FLEET[kind];
  const within = new Map<string, number[]>();
  return Array.from({ length: count }, (_, i) => {
    const random = createRandom(seed, keyOf(kind), i);
    const home = homeOf(city, random, metroShare);
    const homeKey = home.join();
    const near =
      within.get(homeKey) ??
      [...graph.connected].filter((n) => {
        const p = graph.nodes[n] as LonLat;
        return Math.hypot((p[0] - home[0]) * 94_000, (p[1] - home[1]) * 111_000) < habit.homeRangeM;
      });
    within.set(homeKey, near);
    const edge = startEdge(graph, near, random);
    return {
      habit,
      home,
      random,
      state: {
        edge,
        along: random.next() * (graph.lengthM[edge] ?? 0),
        at: startAt,
        speedKmh: 0,
        drivenM: random.between(2e6, 4e8),
        restUntil: random.chance(0.2) ? startAt + random.wait(habit.stopS) * 1000 : 0,
        nextRestAt: startAt + random.wait(habit.driveS) * 1000,
      },
    };
  });
}
