// The control desk of the simulated city: its state, its clock, faults, weather and injected happenings.
import type { LonLat } from '../engine/geo.ts';
import { FAULT_KINDS, type FaultKind } from '../faults/fault-book.ts';
import { RequestError, sendJson, type HttpHost } from '../transport/http-server.ts';
import type { Source, World } from '../world.ts';

const MAX_ADVANCE_S = 7 * 86_400;
/** Kinds `POST /control/inject` takes. */
const INJECTS = [
  'road-event',
  'warning',
  'call',
  'fire-alarm',
  'earthquake',
  'vehicle-sos',
  'vessel-sos',
  'slope',
  'outfall-excess',
  'water-spill',
  'dispatch-order',
  'opinion-surge',
  'ticket-surge',
];

type Body = Readonly<Record<string, unknown>>;

function numberIn(body: Body, name: string, [low, high]: readonly [number, number]): number {
  const value = body[name];
  if (typeof value !== 'number' || !(value >= low && value <= high)) {
    throw new RequestError(400, `${name}: ${JSON.stringify(value)} → a number from ${low} to ${high}`);
  }
  return value;
}

const optional = (body: Body, name: string, range: readonly [number, number]): number | undefined =>
  body[name] === undefined ? undefined : numberIn(body, name, range);

function stateOf(world: World, sources: readonly Source[]): object {
  const { clock, time, weather, outlet } = world;
  const now = clock.now();
  const counts = outlet.counts();
  const faults = outlet.faults.list();
  const feeds = [...new Set(sources.flatMap((s) => s.feeds))].sort();
  return {
    city: world.city.id,
    seed: world.seed,
    scale: world.scale,
    clock: {
      now: time.iso(Math.floor(now)),
      at: now,
      startAt: world.startAt,
      speed: clock.speed,
      paused: clock.paused,
      pending: clock.pending,
    },
    weather: {
      cells: weather.cells(now).map((c) => ({
        centre: c.centre.map((d) => Math.round(d * 1e4) / 1e4),
        radiusKm: Math.round(c.radiusM / 100) / 10,
        peakMmH: Math.round(c.peakMmH * 10) / 10,
        until: time.iso(Math.floor(c.to)),
        injected: c.injected,
      })),
      rainAtCentreMmH: Math.round(weather.rainMmH(world.city.centre, now) * 10) / 10,
      tempAtCentreC: Math.round(weather.tempC(world.city.centre, 500, now) * 10) / 10,
    },
    objects: Object.assign({}, ...sources.map((s) => s.objects())) as Record<string, number>,
    feeds: feeds.map((id) => ({
      id,
      ...(counts[id] ?? { messages: 0, records: 0, bytes: 0, dropped: 0, lastAt: null }),
      faults: faults
        .filter((f) => f.feed === id || f.feed === '*')
        .map((f) => ({
          fault: f.fault,
          amount: f.amount,
          until: f.until === null ? null : time.iso(Math.floor(f.until)),
        })),
    })),
    injects: INJECTS,
  };
}

function routeClock({ clock, time }: World, http: HttpHost): void {
  http.on('POST', '/control/clock', async (exchange) => {
    const body = await exchange.json();
    const speed = optional(body, 'speed', [0, 3600]);
    if (speed !== undefined) clock.setSpeed(speed);
    const pause = body['pause'] ?? body['paused'];
    if (typeof pause === 'boolean') clock.setPaused(pause);
    const advanceS = optional(body, 'advanceS', [0, MAX_ADVANCE_S]);
    if (advanceS !== undefined) await clock.advance(advanceS * 1000);
    sendJson(exchange.response, 200, {
      now: time.iso(Math.floor(clock.now())),
      at: clock.now(),
      speed: clock.speed,
      paused: clock.paused,
    });
  });
}

function routeFaults({ outlet, time }: World, known: ReadonlySet<string>, http: HttpHost): void {
  http.on('POST', '/control/faults', async (exchange) => {
    const body = await exchange.json();
    const feed = String(body['feed'] ?? '');
    if (!known.has(feed)) throw new RequestError(400, `feed "${feed}" → one of ${[...known].join(', ')}`);
    const fault = FAULT_KINDS.find((kind) => kind === body['fault']);
    if (fault === undefined)
      throw new RequestError(
        400,
        `fault ${JSON.stringify(body['fault'])} → one of ${FAULT_KINDS.join(', ')}`,
      );
    // The amount may be called by what it is for this fault.
    const names: Readonly<Partial<Record<FaultKind, string>>> = {
      delay: 's',
      skew: 's',
      slow: 'bytesPerS',
      duplicate: 'n',
      burst: 'n',
      corrupt: 'share',
    };
    const amount =
      optional(body, 'amount', [-1e6, 1e6]) ?? optional(body, names[fault] ?? 'amount', [-1e6, 1e6]);
    const added = outlet.faults.add({
      feed,
      fault,
      forS: optional(body, 'forS', [0, 1e7]),
      amount,
      field: typeof body['field'] === 'string' ? body['field'] : undefined,
      to: typeof body['to'] === 'string' ? body['to'] : undefined,
    });
    sendJson(exchange.response, 201, {
      feed,
      fault,
      amount: added.amount,
      until: added.until === null ? null : time.iso(Math.floor(added.until)),
    });
  });
  http.on('DELETE', '/control/faults', ({ response }) => {
    outlet.faults.clear();
    sendJson(response, 200, { cleared: 'all' });
  });
  http.on('DELETE', '/control/faults/:feed', ({ response, params }) => {
    outlet.faults.clear(params['feed']);
    sendJson(response, 200, { cleared: params['feed'] });
  });
}

function routeHappenings({ clock, weather }: World, sources: readonly Source[], http: HttpHost): void {
  http.on('POST', '/control/weather', async (exchange) => {
    const body = await exchange.json();
    const centre = body['centre'];
    if (!Array.isArray(centre) || !centre.every((d) => typeof d === 'number') || centre.length < 2) {
      throw new RequestError(400, `centre: ${JSON.stringify(centre)} → [lon, lat]`);
    }
    const cell = {
      rainMmH: numberIn(body, 'rainMmH', [0, 300]),
      centre: [centre[0], centre[1]] as unknown as LonLat,
      radiusKm: numberIn(body, 'radiusKm', [0.1, 300]),
      forS: numberIn(body, 'forS', [1, 1e6]),
    };
    weather.inject({ ...cell, from: clock.now() });
    sendJson(exchange.response, 201, cell);
  });
  http.on('POST', '/control/inject', async (exchange) => {
    const body = await exchange.json();
    for (const source of sources) {
      const done = source.inject?.(body) ?? null;
      if (done !== null) return sendJson(exchange.response, 201, done);
    }
    throw new RequestError(400, `kind ${JSON.stringify(body['kind'])} → one of ${INJECTS.join(', ')}`);
  });
}

export function routeControl(world: World, sources: readonly Source[], http: HttpHost): void {
  const known = new Set(['*', ...sources.flatMap((s) => s.feeds)]);
  http.on('GET', '/', ({ response }) =>
    sendJson(response, 200, {
      title: '模拟城市 simulated city',
      city: world.city.id,
      feeds: [...known].slice(1).sort(),
      control: '/control/state',
    }),
  );
  http.on('GET', '/control/state', ({ response }) => sendJson(response, 200, stateOf(world, sources)));
  routeClock(world, http);
  routeFaults(world, known, http);
  routeHappenings(world, sources, http);
}
