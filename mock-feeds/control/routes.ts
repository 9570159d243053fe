// The control desk of the simulated city: its state, its clock, faults, weather and injected happenings.
import { setTimeout as sleep } from 'node:timers/promises';
import type { PlayerState } from '../scenario/player.ts';
import { sendJson, type HttpHost } from '../transport/http-server.ts';
import type { Source, World } from '../world.ts';
import { optional, type Desk } from './desk.ts';

const MAX_ADVANCE_S = 7 * 86_400;
function stateOf({ world, sources, desk, player }: ControlParts): object {
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
    injects: desk.kinds,
    scenario: player,
  };
}

/** Until what stands in the sockets is read. */
const HEARD_TURNS = 2;

async function everythingHeard(): Promise<void> {
  for (let turn = 0; turn < HEARD_TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** What is on its way is given so long to leave, milliseconds: who listens may be slow, or gone. */
const LEAVE_MS = 30_000;
/** Whoever waits for an answer is given so long to hear it: a server may be kept from its core for seconds. */
const ANSWER_MS = 10_000;

/** Resolves when everything said has left and what is answered is heard, so that the next stretch finds it arrived. */
async function everythingLeft({ settled, answered }: ControlParts): Promise<void> {
  for (let left = LEAVE_MS; left > 0 && !settled(); left -= 1) await sleep(1);
  for (let left = ANSWER_MS; left > 0 && !answered(); left -= 1) await sleep(1);
}

function routeClock(parts: ControlParts, http: HttpHost): void {
  const { clock, time } = parts.world;
  http.on('POST', '/control/clock', async (exchange) => {
    const body = await exchange.json();
    const speed = optional(body, 'speed', [0, 3600]);
    if (speed !== undefined) clock.setSpeed(speed);
    const pause = body['pause'] ?? body['paused'];
    if (typeof pause === 'boolean') clock.setPaused(pause);
    const advanceS = optional(body, 'advanceS', [0, MAX_ADVANCE_S]);
    if (advanceS !== undefined) {
      await everythingLeft(parts);
      await everythingHeard();
      await clock.advance(advanceS * 1000, body['skim'] === true);
      await everythingLeft(parts);
    }
    sendJson(exchange.response, 200, {
      now: time.iso(Math.floor(clock.now())),
      at: clock.now(),
      speed: clock.speed,
      paused: clock.paused,
    });
  });
}

function routeFaults({ outlet, time }: World, desk: Desk, http: HttpHost): void {
  http.on('POST', '/control/faults', async (exchange) => {
    const { feed, fault, amount, until } = desk.addFault(await exchange.json());
    sendJson(exchange.response, 201, {
      feed,
      fault,
      amount,
      until: until === null ? null : time.iso(Math.floor(until)),
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

function routeHappenings(desk: Desk, http: HttpHost): void {
  http.on('POST', '/control/weather', async (exchange) => {
    sendJson(exchange.response, 201, desk.addRain(await exchange.json()));
  });
  http.on('POST', '/control/inject', async (exchange) => {
    sendJson(exchange.response, 201, desk.inject(await exchange.json()));
  });
}

export interface ControlParts {
  world: World;
  sources: readonly Source[];
  desk: Desk;
  /** Whether everything said has left, and everybody has dialled. */
  settled: () => boolean;
  /** Whether nobody waits for an answer that may still come. */
  answered: () => boolean;
  /** The scenario it plays; null: none. */
  player: PlayerState | null;
}

export function routeControl(parts: ControlParts, http: HttpHost): void {
  const { world, sources, desk } = parts;
  const feeds = [...new Set(sources.flatMap((s) => s.feeds))];
  http.on('GET', '/', ({ response }) =>
    sendJson(response, 200, {
      title: '模拟城市 simulated city',
      city: world.city.id,
      feeds: feeds.sort(),
      control: '/control/state',
    }),
  );
  http.on('GET', '/control/state', ({ response }) => sendJson(response, 200, stateOf(parts)));
  routeClock(parts, http);
  routeFaults(world, desk, http);
  routeHappenings(desk, http);
}
