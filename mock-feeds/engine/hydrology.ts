// Rain becomes runoff, runoff becomes flow, flow travels down the rivers with its lags and fills the reservoirs.
// Steps of five minutes; the state before the start is spun up from the weather of the two days before.
import type { City } from '../city/city.ts';
import { nearest } from '../city/city.ts';
import { valueAt, type TimedCurve } from './curve.ts';
import { offset, type LonLat } from './geo.ts';
import { DAY, HOUR } from './local-time.ts';
import { drift, keyOf } from './random.ts';
import { createRiverNetwork, flowOrder, type Gauge } from './river-network.ts';
import type { Weather } from './weather.ts';

export interface GaugeReading {
  gauge: Gauge;
  z: number;
  q: number;
  /** GB/T 50138 water potential: 4 falling, 5 rising, 6 steady. */
  trend: 4 | 5 | 6;
}

export interface Reservoir {
  stcd: string;
  name: string;
  river: string;
  position: LonLat;
  normalM: number;
  floodLimitM: number;
  deadM: number;
  /** Level m and storage 10⁶ m³, rising; straight lines between. */
  curve: readonly (readonly [number, number])[];
  /** Storage at normal level, 10⁶ m³. */
  normalW: number;
  gauge: number;
  w: number;
  inflow: number;
  outflow: number;
  /** Outflow an order prescribes until a moment, or null. */
  order: { outflow: number; until: number } | null;
  /** What an operator wants to flow in and out; null: rivers and gates decide. */
  wanted: { inflow: TimedCurve | null; outflow: TimedCurve | null };
}

/** Flow of a gauge as an operator wants it: a curve, and what left other places some hours before. */
export interface WantedFlow {
  curve: TimedCurve;
  plus: readonly { from: string; lagH: number }[];
}

export interface Hydrology {
  step(at: number): void;
  readings(): GaugeReading[];
  reservoirs: readonly Reservoir[];
  levelOf(reservoir: Reservoir): number;
  /** Flow at the gauge nearest to a place, m³/s; 0 without gauges. */
  flowNear(place: LonLat): number;
  order(stcd: string, outflow: number, until: number): Reservoir | null;
  /** @throws Error where no gauge has the id */
  want(gauge: string, flow: WantedFlow): void;
  /** The same by levels, through the rating of the gauge. */
  wantLevel(gauge: string, level: TimedCurve): void;
  /** @throws Error where no reservoir has the id */
  fill(reservoir: string, wanted: Partial<Reservoir['wanted']> & { levelM?: number }): void;
}

export const STEP_MS = 300_000;
const SPIN_UP_MS = 2 * DAY;
/** Storm runoff empties from a sub-basin with this time constant. */
const RECESSION_H = 3.2;
/** Runoff share of rain (ψ of the rational formula, wet ground). */
const RUNOFF = 0.6;
/** Rain over a whole sub-basin that lifts its gauge to warning: fixes its effective area. */
const WARNING_RAIN_MMH = 14;

const parse = (value: string | undefined, fallback: number): number => {
  const n = Number.parseFloat(value ?? '');
  return Number.isFinite(n) ? n : fallback;
};

/** Level of a flow: q = q₁·((z − z₀)/(z₁ − z₀))^1.6 with z₀ one metre under normal and (z₁, q₁) the warning pair. */
export function levelOfFlow(gauge: Gauge, q: number): number {
  const z0 = gauge.normalM - 1;
  return z0 + (gauge.warningM - z0) * Math.max(0, q / gauge.warningQ) ** (1 / 1.6);
}

/** The other way round, m³/s. */
export const flowOfLevel = (gauge: Gauge, z: number): number =>
  gauge.warningQ * Math.max(0, (z - gauge.normalM + 1) / (gauge.warningM - gauge.normalM + 1)) ** 1.6;

/** Flow at normal level by the same rating. */
export const normalFlow = (gauge: Gauge): number =>
  gauge.warningQ * (1 / (gauge.warningM - gauge.normalM + 1)) ** 1.6;

type Curve = readonly (readonly [number, number])[];

/** Value at x on a line through points of rising x, straight on beyond its ends. */
function interpolate(points: Curve, x: number): number {
  let i = 1;
  while (i < points.length - 1 && x > (points[i]?.[0] ?? 0)) i++;
  const a = points[i - 1] ?? [0, 0];
  const b = points[i] ?? a;
  return b[0] === a[0] ? a[1] : a[1] + ((x - a[0]) / (b[0] - a[0])) * (b[1] - a[1]);
}

function storageCurve(city: City, id: string): Curve | null {
  const rows = city.table('storage-curves').filter((row) => row['reservoir'] === id);
  if (rows.length < 2) return null;
  return rows
    .map((row) => [parse(row['levelM'], 0), parse(row['storage1e8m3'], 0) * 100] as const)
    .sort((a, b) => a[0] - b[0]);
}

/** The gauge whose flow enters a reservoir: the nearest on the same river; -1 where only rain fills it. */
function gaugeOf(city: City, gauges: readonly Gauge[], r: { river: string; position: LonLat }): number {
  const placed = gauges.map((gauge, index) => ({ position: gauge.position, index, river: gauge.river }));
  return (
    nearest(
      placed.filter((g) => g.river === r.river && city.rivers.length > 0),
      r.position,
    )?.index ?? -1
  );
}

function readReservoirs(city: City, gauges: readonly Gauge[]): Reservoir[] {
  return city.stations('reservoirs').map((row) => {
    const normalM = parse(row['normalM'], 500);
    const deadM = parse(row['deadM'], normalM - 10);
    const totalW = parse(row['capacity1e8m3'], 0.15) * 100;
    const id = row['stcd'] ?? row['id'] ?? '';
    const curve = storageCurve(city, id) ?? [
      [deadM, totalW * 0.4],
      [normalM, totalW * 0.85],
      [normalM + 2, totalW],
    ];
    const floodLimitM = parse(row['floodLimitM'], normalM);
    const position: LonLat = [Number(row['lon']), Number(row['lat'])];
    return {
      stcd: id,
      name: row['name'] ?? '',
      river: row['river'] ?? '',
      position,
      normalM,
      floodLimitM,
      deadM,
      curve,
      normalW: interpolate(curve, normalM),
      gauge: gaugeOf(city, gauges, { river: row['river'] ?? '', position }),
      w: interpolate(curve, Math.max(deadM + 1, floodLimitM - 1.2)),
      inflow: 0,
      outflow: 0,
      order: null,
      wanted: { inflow: null, outflow: null },
    };
  });
}

interface Basin {
  gauges: Gauge[];
  order: number[];
  /** Sample places of each gauge's own sub-basin. */
  samples: LonLat[][];
  /** Flow without storms; never less than what comes from upstream. */
  base: Float64Array;
  /** Runoff of one mm/h over the gauge's own sub-basin, m³/s. */
  yieldQ: number[];
  storm: Float64Array;
  flow: Float64Array;
  previous: Float64Array;
  /** Storm flow of the last two days, one ring a gauge. */
  ring: Float64Array[];
  cursor: number;
  /** By gauge; whole flow of the last two days in `past`, by gauge or reservoir. */
  wanted: Map<number, WantedFlow>;
  past: Map<string, Float64Array>;
}

const RING = Math.ceil((2 * DAY) / STEP_MS);

function createBasin(city: City): Basin {
  const gauges = createRiverNetwork(city);
  const full = gauges.map((gauge) => gauge.warningQ / WARNING_RAIN_MMH);
  const order = flowOrder(gauges);
  const base = Float64Array.from(gauges, normalFlow);
  for (const i of order) {
    const above = (gauges[i]?.upstream ?? []).reduce((sum, u) => sum + (base[u.gauge] ?? 0), 0);
    base[i] = Math.max(base[i] ?? 0, above * 0.95);
  }
  return {
    gauges,
    order,
    base,
    samples: gauges.map(({ position: p }) => [
      p,
      offset(p, -9_000, 6_000),
      offset(p, 7_000, 9_000),
      offset(p, 0, 16_000),
    ]),
    yieldQ: gauges.map((gauge, i) => {
      const above = gauge.upstream.reduce((sum, u) => sum + (full[u.gauge] ?? 0), 0);
      return Math.max((full[i] ?? 0) * 0.25, (full[i] ?? 0) - above * 0.8) * (RUNOFF / 0.6);
    }),
    storm: new Float64Array(gauges.length),
    flow: new Float64Array(gauges.length),
    previous: new Float64Array(gauges.length),
    ring: gauges.map(() => new Float64Array(RING)),
    cursor: 0,
    wanted: new Map(),
    past: new Map(),
  };
}

function remember({ past, cursor }: Basin, id: string, flow: number): void {
  const ring = past.get(id) ?? new Float64Array(RING).fill(flow);
  ring[cursor % RING] = flow;
  past.set(id, ring);
}

/** The curve, and what the places above let go `lagH` ago. */
function wantedFlow({ past, cursor }: Basin, { curve, plus }: WantedFlow, at: number): number {
  let sum = valueAt(curve, at);
  for (const { from, lagH } of plus) {
    const steps = Math.min(RING - 1, Math.round((lagH * HOUR) / STEP_MS));
    sum += past.get(from)?.[(cursor - steps + 2 * RING) % RING] ?? 0;
  }
  return sum;
}

function stepBasin(basin: Basin, weather: Weather, at: number): void {
  const keep = Math.exp(-STEP_MS / HOUR / RECESSION_H);
  basin.previous.set(basin.flow);
  for (const i of basin.order) {
    const samples = basin.samples[i] ?? [];
    const rain = samples.reduce((sum, p) => sum + weather.rainMmH(p, at), 0) / Math.max(1, samples.length);
    basin.storm[i] = (basin.storm[i] ?? 0) * keep + rain * (basin.yieldQ[i] ?? 0) * (1 - keep);
    let routed = basin.storm[i] ?? 0;
    for (const u of basin.gauges[i]?.upstream ?? []) {
      const steps = Math.min(RING - 1, Math.round((u.lagH * HOUR) / STEP_MS));
      routed += (basin.ring[u.gauge]?.[(basin.cursor - steps + 2 * RING) % RING] ?? 0) * 0.92;
    }
    const ring = basin.ring[i];
    if (ring !== undefined) ring[basin.cursor % RING] = routed;
    const gauge = basin.gauges[i] as Gauge;
    const base = (basin.base[i] ?? 0) * (1 + 0.06 * drift(at / (9 * HOUR), keyOf(gauge.stcd), 7));
    const wanted = basin.wanted.get(i);
    basin.flow[i] = wanted === undefined ? base + routed : wantedFlow(basin, wanted, at);
    remember(basin, gauge.stcd, basin.flow[i] ?? 0);
  }
  basin.cursor += 1;
}

/** The reservoir a gauge stands in: on its river, with the normal level nearest to the gauge's warning level. */
function damOf(reservoirs: readonly Reservoir[], gauge: Gauge): Reservoir | null {
  const off = (r: Reservoir): number => Math.abs(r.normalM - gauge.warningM);
  const list = reservoirs
    .filter((r) => r.river === gauge.river && off(r) < 15)
    .sort((a, b) => off(a) - off(b));
  return list[0] ?? null;
}

const levelOf = (r: Reservoir): number =>
  interpolate(
    r.curve.map(([level, storage]) => [storage, level] as const),
    r.w,
  );

function stepReservoir(r: Reservoir, gaugeFlow: number, at: number): void {
  const natural = gaugeFlow > 0 ? gaugeFlow : 4 + 2 * drift(at / (6 * HOUR), keyOf(r.stcd));
  r.inflow = r.wanted.inflow === null ? natural : valueAt(r.wanted.inflow, at);
  const above = levelOf(r) - (r.floodLimitM - 1.5);
  if (r.order !== null && at >= r.order.until) r.order = null;
  // Power release follows inflow; the spillway opens as the level passes its limit, in bounded steps.
  const wanted = r.order?.outflow ?? natural * Math.min(3, Math.max(0.35, 0.95 + above * 0.12));
  const bound = Math.max(5, natural * 0.08);
  r.outflow += Math.min(bound, Math.max(-bound, wanted - r.outflow));
  r.outflow = r.wanted.outflow === null ? Math.max(0, r.outflow) : valueAt(r.wanted.outflow, at);
  r.w = Math.max(0, r.w + ((r.inflow - r.outflow) * (STEP_MS / 1000)) / 1e6);
}

/** What an operator can want of the water. */
function operatorOf(
  basin: Basin,
  reservoirs: readonly Reservoir[],
): Pick<Hydrology, 'want' | 'wantLevel' | 'fill'> {
  const indexOf = (id: string): number => {
    const index = basin.gauges.findIndex((gauge) => gauge.stcd === id);
    if (index < 0) throw new Error(`gauge ${id} → one of ${basin.gauges.map((g) => g.stcd).join(', ')}`);
    return index;
  };
  return {
    want: (id, flow) => void basin.wanted.set(indexOf(id), flow),
    wantLevel: (id, level) => {
      const index = indexOf(id);
      const gauge = basin.gauges[index] as Gauge;
      const points = level.points.map(([hours, z]) => [hours, flowOfLevel(gauge, z)] as const);
      basin.wanted.set(index, { curve: { from: level.from, points }, plus: [] });
    },
    fill: (id, { levelM, ...wanted }) => {
      const reservoir = reservoirs.find((r) => r.stcd === id);
      if (reservoir === undefined) {
        throw new Error(`reservoir ${id} → one of ${reservoirs.map((r) => r.stcd).join(', ')}`);
      }
      if (levelM !== undefined) reservoir.w = interpolate(reservoir.curve, levelM);
      reservoir.wanted = { ...reservoir.wanted, ...wanted };
    },
  };
}

/** Water of a city; `startAt` is the first moment it is asked for. */
export function createHydrology(city: City, weather: Weather, startAt: number): Hydrology {
  const basin = createBasin(city);
  const reservoirs = readReservoirs(city, basin.gauges);
  const step = (at: number): void => {
    stepBasin(basin, weather, at);
    for (const r of reservoirs) {
      stepReservoir(r, basin.flow[r.gauge] ?? 0, at);
      remember(basin, r.stcd, r.outflow);
    }
  };
  const first = Math.floor((startAt - SPIN_UP_MS) / STEP_MS) * STEP_MS;
  for (let at = first; at <= startAt; at += STEP_MS) {
    stepBasin(basin, weather, at);
    if (at === first) for (const r of reservoirs) r.outflow = basin.flow[r.gauge] ?? 5;
  }
  for (const r of reservoirs) stepReservoir(r, basin.flow[r.gauge] ?? 0, startAt);
  const placed = basin.gauges.map((gauge, index) => ({ position: gauge.position, index }));
  return {
    step,
    reservoirs,
    levelOf,
    readings: () =>
      basin.gauges.map((gauge, i) => {
        const q = basin.flow[i] ?? 0;
        const change = (q - (basin.previous[i] ?? q)) / Math.max(1, q);
        const dam = gauge.atDam ? damOf(reservoirs, gauge) : null;
        const z = dam === null ? levelOfFlow(gauge, q) : levelOf(dam);
        return { gauge, z, q, trend: change > 0.004 ? 5 : change < -0.004 ? 4 : 6 };
      }),
    flowNear: (place) => basin.flow[nearest(placed, place)?.index ?? -1] ?? 0,
    ...operatorOf(basin, reservoirs),
    order: (stcd, outflow, until) => {
      const reservoir = reservoirs.find((r) => r.stcd === stcd) ?? null;
      if (reservoir !== null) reservoir.order = { outflow, until };
      return reservoir;
    },
  };
}
