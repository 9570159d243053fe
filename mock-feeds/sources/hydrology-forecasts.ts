// What the forecasting service and the dispatch centre publish beside measurements: hydrographs of the next two days, and schemes
// of release that nobody has ordered yet.
import { readCurve, valueAt, type TimedCurve } from '../engine/curve.ts';
import type { Reservoir } from '../engine/hydrology.ts';
import { normalFlow } from '../engine/hydrology.ts';
import type { LonLat } from '../engine/geo.ts';
import { HOUR } from '../engine/local-time.ts';
import type { HttpHost } from '../transport/http-server.ts';
import type { Source, World } from '../world.ts';
import { round, serveJsonList } from './json-list.ts';

/** A forecast is made each half hour, or when something else is known; asked for sooner, it is the same. */
const MADE_MS = HOUR / 2;
const PERIOD_S = 60;
/** Ahead of the moment it is made; a curve that somebody gave is told as far as it goes. */
const AHEAD_H = 48;
/** With this time constant a flow goes back to what is usual where nothing else is known. */
const RECESSION_H = 9;
/** Reservoirs from this storage on have a forecast of their inflow, 10⁶ m³. */
const FORECAST_FROM_W = 300;

interface Place {
  stcd: string;
  name: string;
  kind: 'gauge' | 'inflow';
  position: LonLat;
  usual: number;
  now: number;
}

interface Plan {
  planNo: string;
  reservoir: string;
  scheme: string;
  name: string;
  issuedAt: number;
  steps: TimedCurve;
  withdrawn: boolean;
}

class HydrologyForecasts implements Source {
  private readonly world: World;
  /** What an operator lets the service forecast, by place. */
  private readonly wanted = new Map<string, { curve: TimedCurve; issuedAt: number }>();
  private readonly plans: Plan[] = [];
  private made: { at: number; items: object[] } = { at: NaN, items: [] };

  constructor(world: World) {
    this.world = world;
  }

  readonly feeds = ['flow-forecast', 'release-plan'];

  private readonly places = (): Place[] => {
    const { hydrology } = this.world;
    const gauges = hydrology.readings().map(({ gauge, q }): Place => ({
      ...{ stcd: gauge.stcd, name: gauge.name, kind: 'gauge', position: gauge.position },
      ...{ usual: normalFlow(gauge), now: q },
    }));
    const dams = hydrology.reservoirs
      .filter((dam) => dam.normalW >= FORECAST_FROM_W)
      .map((dam): Place => ({
        ...{ stcd: dam.stcd, name: dam.name, kind: 'inflow', position: dam.position },
        ...{ usual: dam.inflow * 0.8, now: dam.inflow },
      }));
    return [...gauges, ...dams];
  };

  private readonly forecasts = (asked: number): object[] => {
    const at = Math.floor(asked / MADE_MS) * MADE_MS;
    if (this.made.at !== at) this.made = { at, items: this.make(at) };
    return this.made.items;
  };

  /** As of the half hour: what somebody wants, else back to what is usual. */
  private readonly make = (at: number): object[] =>
    this.places().map((place) => {
      const given = this.wanted.get(place.stcd);
      const from = given?.issuedAt ?? at;
      const valueIn = (ms: number): number =>
        given === undefined
          ? place.usual + (place.now - place.usual) * Math.exp(-(ms - at) / HOUR / RECESSION_H)
          : valueAt(given.curve, ms);
      const moments =
        given === undefined
          ? Array.from({ length: AHEAD_H / 2 + 1 }, (_, i) => at + i * 2 * HOUR)
          : [...new Set(given.curve.points.map(([hours]) => given.curve.from + hours * HOUR))];
      return {
        stcd: place.stcd,
        name: place.name,
        kind: place.kind,
        lon: place.position[0],
        lat: place.position[1],
        issuedAt: this.world.time.iso(Math.max(from, at)),
        method: given === undefined ? '退水曲线' : '降雨径流预报',
        points: moments.map((ms) => ({ time: this.world.time.iso(ms), q: round(valueIn(ms), 1) })),
      };
    });

  private readonly planList = (): object[] =>
    this.plans.map((plan) => ({
      planNo: plan.planNo,
      reservoir: plan.reservoir,
      scheme: plan.scheme,
      name: plan.name,
      issuedAt: this.world.time.iso(plan.issuedAt),
      state: plan.withdrawn ? 'withdrawn' : 'drafted',
      steps: plan.steps.points.map(([hours, outflow]) => ({
        from: this.world.time.iso(plan.steps.from + hours * HOUR),
        outflow,
      })),
    }));

  objects(): Readonly<Record<string, number>> {
    return { flowForecasts: this.places().length, releasePlans: this.plans.length };
  }

  routes(http: HttpHost): void {
    serveJsonList(this.world, http, {
      feed: 'flow-forecast',
      system: 'x-hydrology',
      path: '/hydrology/forecasts',
      periodS: PERIOD_S,
      items: this.forecasts,
    });
    serveJsonList(this.world, http, {
      feed: 'release-plan',
      system: 'x-reservoir-dispatch',
      path: '/hydrology/release-plans',
      periodS: PERIOD_S,
      items: this.planList,
    });
  }

  inject(request: Readonly<Record<string, unknown>>): object | null {
    if (request['kind'] === 'flow-forecast') return this.forecast(request);
    if (request['kind'] === 'release-plan') return this.draw(request);
    return null;
  }

  private forecast({ id, flow }: Readonly<Record<string, unknown>>): object {
    const now = this.world.clock.now();
    const place = this.places().find(({ stcd }) => stcd === id);
    if (place === undefined)
      throw new Error(
        `flow-forecast ${String(id)} → one of ${this.places()
          .map((p) => p.stcd)
          .join(', ')}`,
      );
    this.made = { at: NaN, items: [] };
    this.wanted.set(place.stcd, { curve: readCurve('flow', flow, now), issuedAt: now });
    return { injected: 'flow-forecast', id };
  }

  private draw({ reservoir, scheme, name, outflow, fromH }: Readonly<Record<string, unknown>>): object {
    const { clock, hydrology, time } = this.world;
    const dam: Reservoir | undefined = hydrology.reservoirs.find((one) => one.stcd === reservoir);
    if (dam === undefined)
      throw new Error(
        `release-plan ${String(reservoir)} → one of ${hydrology.reservoirs.map((r) => r.stcd).join(', ')}`,
      );
    const now = clock.now();
    const from = now + (typeof fromH === 'number' ? fromH : 0) * HOUR;
    const plan: Plan = {
      planNo: `NF-${time.date(now).replaceAll('-', '')}-${String(this.plans.length + 1).padStart(3, '0')}`,
      reservoir: dam.stcd,
      scheme: String(scheme),
      name: typeof name === 'string' ? name : String(scheme),
      issuedAt: now,
      steps: readCurve('outflow', outflow, from),
      withdrawn: false,
    };
    for (const before of this.plans)
      if (before.reservoir === plan.reservoir && before.scheme === plan.scheme) before.withdrawn = true;
    this.plans.push(plan);
    return { injected: 'release-plan', planNo: plan.planNo };
  }
}

export function createHydrologyForecasts(world: World): Source {
  return new HydrologyForecasts(world);
}
