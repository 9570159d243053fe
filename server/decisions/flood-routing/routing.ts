// Water down one reach: reservoirs by their balance (ΔV = (Q_in − Q_out)·Δt, forward Euler), flows by their lag, levels by storage
// curve and rating. Pure numbers: metres, m³/s, epoch ms.

const HOUR_MS = 3_600_000;
/** Step of the integration; its borders are half hours of the clock, so that two runs of one forecast agree. */
export const STEP_MS = HOUR_MS / 2;

/** Value by moment, in order of moments. */
export type Course = readonly (readonly [at: number, value: number])[];

/** On straight lines between the points; before the first and after the last its value. */
export function between(course: Course, at: number): number {
  const first = course[0];
  if (!first) return NaN;
  if (at <= first[0]) return first[1];
  for (let index = 1; index < course.length; index++) {
    const [toAt, to] = course[index] as Course[number];
    if (at > toAt) continue;
    const [fromAt, from] = course[index - 1] as Course[number];
    return toAt === fromAt ? to : from + ((at - fromAt) / (toAt - fromAt)) * (to - from);
  }
  return (course.at(-1) as Course[number])[1];
}

/** The last value at or before a moment; before the first its value. */
export function held(course: Course, at: number): number {
  let value = course[0]?.[1] ?? NaN;
  for (const [from, next] of course) {
    if (from > at) break;
    value = next;
  }
  return value;
}

/** Straight on beyond both ends, as a flood above the table goes on. */
export function along(curve: readonly (readonly [number, number])[], x: number): number {
  let index = 1;
  while (index < curve.length - 1 && x > (curve[index]?.[0] ?? 0)) index += 1;
  const [x0, y0] = curve[index - 1] ?? [0, 0];
  const [x1, y1] = curve[index] ?? [x0, y0];
  return x1 === x0 ? y0 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}

/** z = base + rise·(q/ref)^power: the rating of a station, level m. */
export interface Rating {
  readonly baseM: number;
  readonly riseM: number;
  readonly refM3S: number;
  readonly power: number;
}

export const levelOfFlow = ({ baseM, riseM, refM3S, power }: Rating, flowM3S: number): number =>
  baseM + riseM * (Math.max(0, flowM3S) / refM3S) ** power;

/** What arrives: a forecast, or what left another node some hours before. */
export type Arrival =
  { readonly forecast: Course; readonly lagMs: number } | { readonly from: string; readonly lagMs: number };

export interface ReservoirNode {
  readonly id: string;
  /** Level m → storage m³, rising. */
  readonly storage: readonly (readonly [number, number])[];
  readonly startM: number;
  /** The moment of `startM`. */
  readonly startAt: number;
  readonly arrivals: readonly Arrival[];
  /** Flow of the land between, m³/s. */
  readonly plusM3S: number;
  /** Until then the inflow is this; null: it is worked out from the start. */
  readonly before: { readonly until: number; readonly flowM3S: number } | null;
  /** Outflow, each value until the next; it begins `startAt` − the longest lag or earlier. */
  readonly outflow: Course;
}

export interface GaugeNode {
  readonly id: string;
  readonly arrivals: readonly Arrival[];
  readonly rating: Rating;
}

export interface Reach {
  readonly now: number;
  readonly until: number;
  readonly reservoirs: readonly ReservoirNode[];
  readonly gauges: readonly GaugeNode[];
  /** What forecasts are multiplied with at a moment: 1, or an end of their interval. */
  readonly factor: (at: number) => number;
}

export interface Routed {
  readonly id: string;
  readonly level: Course;
  /** Gauges: what flows by; reservoirs: what flows in. */
  readonly flow: Course;
}

/** Moments of the grid: the start, each half hour after it, the end. */
export function gridOf(from: number, until: number): number[] {
  const grid = [from];
  for (let at = Math.floor(from / STEP_MS + 1) * STEP_MS; at <= until; at += STEP_MS) grid.push(at);
  return grid;
}

/** Reservoirs and gauges of the reach, each in the order it is given: what flows into one stands before it. */
export function route(reach: Reach): ReadonlyMap<string, Routed> {
  const flowAt = flowsOf(reach);
  const routed = new Map<string, Routed>();
  for (const { id, rating } of reach.gauges) {
    const flow: Course = gridOf(reach.now, reach.until).map((at) => [at, flowAt(id, at)] as const);
    routed.set(id, { id, flow, level: flow.map(([at, q]) => [at, levelOfFlow(rating, q)] as const) });
  }
  for (const one of reach.reservoirs)
    routed.set(
      one.id,
      balance(one, (at) => flowAt(one.id, at), reach.until),
    );
  return routed;
}

/** What passes a gauge, or enters a reservoir, at a moment. */
function flowsOf({ reservoirs, gauges, factor }: Reach): (id: string, at: number) => number {
  const dams = new Map(reservoirs.map((one) => [one.id, one]));
  const stations = new Map(gauges.map((one) => [one.id, one]));
  const leaving = (id: string, at: number): number => {
    const dam = dams.get(id);
    return dam ? held(dam.outflow, at) : entering(id, at);
  };
  const arriving = (arrival: Arrival, at: number): number => {
    const left = at - arrival.lagMs;
    return 'from' in arrival ? leaving(arrival.from, left) : between(arrival.forecast, left) * factor(left);
  };
  function entering(id: string, at: number): number {
    const dam = dams.get(id);
    if (dam?.before && at < dam.before.until) return dam.before.flowM3S;
    const arrivals = (dam ?? stations.get(id))?.arrivals ?? [];
    return arrivals.reduce((sum, one) => sum + arriving(one, at), dam?.plusM3S ?? 0);
  }
  return entering;
}

/** ΔV = (Q_in − Q_out)·Δt from the moment of the last level on; what the grid says of a step holds all of it. */
function balance(
  { id, storage, startM, startAt, outflow }: ReservoirNode,
  inflow: (at: number) => number,
  until: number,
): Routed {
  const level: [number, number][] = [];
  const flow: [number, number][] = [];
  const backwards = storage.map(([z, v]) => [v, z] as const);
  let stored = along(storage, startM);
  const grid = gridOf(startAt, until);
  for (const [index, at] of grid.entries()) {
    const entering = inflow(at);
    level.push([at, along(backwards, stored)]);
    flow.push([at, entering]);
    const stepS = ((grid[index + 1] ?? at) - at) / 1000;
    stored += (entering - held(outflow, at)) * stepS;
  }
  return { id, level, flow };
}

export function highest(course: Course, from: number): readonly [at: number, value: number] {
  const later = course.filter(([at]) => at >= from);
  const all = later.length > 0 ? later : course;
  return all.reduce((top, point) => (point[1] > top[1] ? point : top), all[0] as Course[number]);
}
