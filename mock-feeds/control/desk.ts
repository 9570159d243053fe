// What an operator, or a scenario, makes happen: weather, air, faults, stations, and everything a source can do. Things
// that get a name (`as`) can be spoken of later by it.
import { readCurve } from '../engine/curve.ts';
import type { LonLat } from '../engine/geo.ts';
import { FAULT_KINDS, type Fault, type FaultKind } from '../faults/fault-book.ts';
import { RequestError } from '../transport/http-server.ts';
import type { Source, World } from '../world.ts';

export type Body = Readonly<Record<string, unknown>>;

export interface Desk {
  /** Does one inject of any kind. @throws RequestError that says what was wrong and what it should be */
  inject(body: Body): object;
  addRain(body: Body): object;
  addFault(body: Body): Fault;
  /** Kinds `inject` takes. */
  readonly kinds: readonly string[];
}

/** Kinds that sources answer. */
const OF_SOURCES = [
  'road-event',
  'road-clear',
  'warning',
  'warning-cancel',
  'call',
  'fire-alarm',
  'earthquake',
  'vehicle-sos',
  'vessel-sos',
  'slope',
  'outfall-excess',
  'water-spill',
  'dispatch-order',
  'river-curve',
  'river-level',
  'reservoir-curve',
  'flow-forecast',
  'release-plan',
  'opinion-surge',
  'ticket-surge',
];
/** The amount of a fault may be called by what it is. */
const AMOUNTS: Readonly<Partial<Record<FaultKind, string>>> = {
  delay: 's',
  skew: 's',
  slow: 'bytesPerS',
  duplicate: 'n',
  burst: 'n',
  corrupt: 'share',
};
/** Fields in which the results of injects carry the id of what they made. */
const ID_FIELDS = ['id', 'orderNo'] as const;

export function numberIn(body: Body, name: string, [low, high]: readonly [number, number]): number {
  const value = body[name];
  if (typeof value !== 'number' || !(value >= low && value <= high)) {
    throw new RequestError(400, `${name}: ${JSON.stringify(value)} → a number from ${low} to ${high}`);
  }
  return value;
}

export const optional = (body: Body, name: string, range: readonly [number, number]): number | undefined =>
  body[name] === undefined ? undefined : numberIn(body, name, range);

function centreIn(body: Body): LonLat {
  const { centre } = body;
  if (!Array.isArray(centre) || !centre.every((d) => typeof d === 'number') || centre.length < 2) {
    throw new RequestError(400, `centre: ${JSON.stringify(centre)} → [lon, lat]`);
  }
  return [centre[0], centre[1]] as unknown as LonLat;
}

class ControlDesk implements Desk {
  private readonly world: World;
  private readonly sources: readonly Source[];
  private readonly feeds: ReadonlySet<string>;
  private readonly named: Map<string, string>;
  private readonly own: Readonly<Record<string, (body: Body) => object>>;

  constructor(world: World, sources: readonly Source[]) {
    this.world = world;
    this.sources = sources;
    this.feeds = new Set(['*', ...sources.flatMap((s) => s.feeds)]);
    this.named = new Map();
    this.own = {
      weather: (body) => this.addRain(body),
      fault: (body) => ({ injected: 'fault', feed: this.addFault(body).feed }),
      fog: (body) => this.cover(body),
      wind: (body) => this.cover(body),
      station: (body) => this.wantStation(body),
    };
  }

  get kinds(): readonly string[] {
    return [...Object.keys(this.own), ...OF_SOURCES];
  }

  inject(body: Body): object {
    const request = this.resolved(body);
    const kind = String(request['kind']);
    const done = this.own[kind]?.(request) ?? this.ask(request);
    if (done === null) {
      throw new RequestError(
        400,
        `kind ${JSON.stringify(request['kind'])} → one of ${this.kinds.join(', ')}`,
      );
    }
    const id = ID_FIELDS.map((field) => (done as Record<string, unknown>)[field]).find(
      (one) => one !== undefined,
    );
    if (typeof request['as'] === 'string') this.named.set(request['as'], String(id));
    return done;
  }

  addRain(body: Body): object {
    const cell = {
      rainMmH: numberIn(body, 'rainMmH', [0, 300]),
      centre: centreIn(body),
      radiusKm: numberIn(body, 'radiusKm', [0.1, 300]),
      forS: numberIn(body, 'forS', [1, 1e6]),
      eastMs: optional(body, 'eastMs', [-40, 40]),
      northMs: optional(body, 'northMs', [-40, 40]),
    };
    this.world.weather.inject({ ...cell, from: this.world.clock.now() });
    return cell;
  }

  addFault(body: Body): Fault {
    const feed = String(body['feed'] ?? '');
    if (!this.feeds.has(feed)) {
      throw new RequestError(400, `feed "${feed}" → one of ${[...this.feeds].join(', ')}`);
    }
    const fault = FAULT_KINDS.find((kind) => kind === body['fault']);
    if (fault === undefined) {
      const text = JSON.stringify(body['fault']);
      throw new RequestError(400, `fault ${text} → one of ${FAULT_KINDS.join(', ')}`);
    }
    const amount = optional(body, 'amount', [-1e6, 1e6]);
    return this.world.outlet.faults.add({
      feed,
      fault,
      forS: optional(body, 'forS', [0, 1e7]),
      amount: amount ?? optional(body, AMOUNTS[fault] ?? 'amount', [-1e6, 1e6]),
      field: typeof body['field'] === 'string' ? body['field'] : undefined,
      to: typeof body['to'] === 'string' ? body['to'] : undefined,
    });
  }

  private ask(request: Body): object | null {
    for (const source of this.sources) {
      const done = source.inject?.(request) ?? null;
      if (done !== null) return done;
    }
    return null;
  }

  /** Names given with `as` become the ids of what they stand for. */
  private resolved(body: Body): Body {
    const names = (['of', 'updates'] as const).flatMap((field) => {
      const id = this.named.get(String(body[field]));
      return body[field] === undefined || id === undefined ? [] : [[field, id] as const];
    });
    return { ...body, ...Object.fromEntries(names) };
  }

  /** Fog or wind around a place. */
  private cover(body: Body): object {
    const { clock, weather } = this.world;
    const now = clock.now();
    const area = {
      centre: centreIn(body),
      radiusKm: numberIn(body, 'radiusKm', [0.1, 300]),
      until: now + numberIn(body, 'forS', [1, 1e6]) * 1000,
    };
    if (body['kind'] === 'fog') {
      weather.cover({ ...area, visibilityM: readCurve('visibilityM', body['visibilityM'], now) });
    } else {
      const directionDeg = readCurve('directionDeg', body['directionDeg'], now);
      weather.cover({ ...area, wind: { directionDeg, speedMs: numberIn(body, 'speedMs', [0, 80]) } });
    }
    return { injected: body['kind'], centre: area.centre };
  }

  private wantStation(body: Body): object {
    const { clock, outlet } = this.world;
    const now = clock.now();
    const [feed, id] = [String(body['feed']), String(body['id'])];
    if (!this.feeds.has(feed))
      throw new RequestError(400, `feed "${feed}" → one of ${[...this.feeds].join(', ')}`);
    const values = Object.entries((body['values'] ?? {}) as Record<string, unknown>);
    outlet.faults.want({
      feed,
      id,
      values: new Map(values.map(([field, curve]) => [field, readCurve(field, curve, now)])),
      until: now + numberIn(body, 'forS', [1, 1e6]) * 1000,
    });
    return { injected: 'station', feed, id };
  }
}

export function createDesk(world: World, sources: readonly Source[]): Desk {
  return new ControlDesk(world, sources);
}
