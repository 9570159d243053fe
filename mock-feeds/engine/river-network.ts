// Gauges in flow order: each knows the gauge above it on its river, the tributaries that enter between, and how
// long water takes from there.
import type { City } from '../city/city.ts';
import { createPath, project, type LonLat, type Path } from './geo.ts';

export interface Gauge {
  stcd: string;
  name: string;
  river: string;
  position: LonLat;
  normalM: number;
  warningM: number;
  guaranteeM: number;
  /** Flow at the warning level, m³/s. */
  warningQ: number;
  /** Stands in a reservoir: its level is the reservoir's, its flow the inflow. */
  atDam: boolean;
  /** Gauges directly upstream with the travel time of water from each, hours. */
  upstream: { gauge: number; lagH: number }[];
}

/** Flood waves in these valleys travel about this fast (published lags give 2.9–3.4 m/s). */
const CELERITY_MS = 3;
/** River length over the length of its schematic centre line. */
const SINUOSITY = 1.6;
const JOIN_M = 2_500;
/** Gauges whose flow at warning is not published: a mid-sized river. */
const DEFAULT_WARNING_Q = 900;

const number = (value: string | undefined, fallback: number): number => {
  const parsed = Number.parseFloat(value ?? '');
  return Number.isFinite(parsed) ? parsed : fallback;
};

interface Reach {
  id: string;
  name: string;
  path: Path;
  gauges: { index: number; alongM: number }[];
}

const lagH = (metres: number): number => (Math.max(500, metres) * SINUOSITY) / CELERITY_MS / 3600;

function joinTributaries(reaches: readonly Reach[], gauges: readonly Gauge[]): void {
  for (const reach of reaches) {
    const last = reach.gauges.at(-1);
    const mouth = reach.path.points.at(-1);
    if (last === undefined || mouth === undefined) continue;
    for (const main of reaches) {
      if (main === reach) continue;
      const foot = project(main.path, mouth);
      if (foot.awayM > JOIN_M || foot.alongM < 1000) continue;
      const below = main.gauges.find((g) => g.alongM >= foot.alongM);
      if (below === undefined) continue;
      const metres = reach.path.lengthM - last.alongM + below.alongM - foot.alongM;
      gauges[below.index]?.upstream.push({ gauge: last.index, lagH: lagH(metres) });
      break;
    }
  }
}

/** Gauges of `stations/river-gauges.csv`, ordered so that upstream comes first. */
export function createRiverNetwork(city: City): Gauge[] {
  const gauges = city.stations('river-gauges').map((row): Gauge => {
    const normalM = number(row['normalM'], 400);
    const warningM = number(row['warningM'], normalM + 5);
    return {
      stcd: row['stcd'] ?? row['id'] ?? '',
      name: row['name'] ?? '',
      river: row['river'] ?? '',
      position: [Number(row['lon']), Number(row['lat'])],
      normalM,
      warningM,
      guaranteeM: number(row['guaranteeM'], warningM + 2),
      warningQ: number(row['flowAtWarning'], DEFAULT_WARNING_Q),
      // A gauge with no flow at warning lies in the backwater of a dam.
      atDam: row['flowKind'] === 'inflow' || row['flowAtWarning'] === '',
      upstream: [],
    };
  });
  const reaches = city.rivers.map((river): Reach => ({
    id: river.id,
    name: river.name,
    path: createPath(river.points),
    gauges: [],
  }));
  gauges.forEach((gauge, index) => {
    let best: { reach: Reach; alongM: number; awayM: number } | null = null;
    for (const reach of reaches) {
      const foot = project(reach.path, gauge.position);
      const named = gauge.river === reach.id || gauge.river.startsWith(reach.name) ? 0 : 6_000;
      if (best === null || foot.awayM + named < best.awayM) {
        best = { reach, alongM: foot.alongM, awayM: foot.awayM + named };
      }
    }
    if (best !== null && best.awayM < 12_000) best.reach.gauges.push({ index, alongM: best.alongM });
  });
  for (const reach of reaches) {
    reach.gauges.sort((a, b) => a.alongM - b.alongM);
    reach.gauges.forEach((g, i) => {
      const above = reach.gauges[i - 1];
      if (above !== undefined) {
        gauges[g.index]?.upstream.push({ gauge: above.index, lagH: lagH(g.alongM - above.alongM) });
      }
    });
  }
  joinTributaries(reaches, gauges);
  return gauges;
}

/** Indices so that every gauge comes after all of its upstream gauges. */
export function flowOrder(gauges: readonly Gauge[]): number[] {
  const order: number[] = [];
  const seen = new Set<number>();
  const visit = (i: number): void => {
    if (seen.has(i)) return;
    seen.add(i);
    for (const { gauge } of gauges[i]?.upstream ?? []) visit(gauge);
    order.push(i);
  };
  gauges.forEach((_, i) => visit(i));
  return order;
}
