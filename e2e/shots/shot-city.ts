// The city of the pictures: the same seed, the same evening, the same things happening, however long the machine takes.
import { randomUUID } from 'node:crypto';
import { crisis, happenings, moment } from '../../scripts/shots/pictures.ts';
import { post, RunningCity } from '../kit/processes.ts';
import { handleIncidents } from './shot-incidents.ts';

const MINUTE_MS = 60_000;
const LOOK_MS = 500;
/** Both programs have started within this time: the hurry begins after it, or one would miss part of it. */
const START_MS = 15_000;
const FEEDS_MS = 180_000;
/** As long as one may be declared for. */
const CRISIS_MS = 55 * MINUTE_MS;
/** The state a feed of the city ends in when all is well. */
const WELL = ['live', 'quiet'];

export type Say = (line: string) => void;

/** What pictures are taken of. */
export interface ShotCity {
  readonly url: string;
  stop(): Promise<void>;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, LOOK_MS));

/** @param isFast leaves out the hours before the moment: trends are short, and everything happens at once */
export async function startShotCity(say: Say, isFast: boolean): Promise<RunningCity> {
  const at = Date.parse(moment.at);
  const from = at - (isFast ? 1 : moment.hoursBefore * 60) * MINUTE_MS;
  const speed = isFast ? 1 : moment.speed;
  const city = await RunningCity.start({
    scale: 1,
    seed: moment.seed,
    env: {
      NODE_OPTIONS: `--import=${new URL('../../scripts/shots/city-time.mjs', import.meta.url).href}`,
      COCKPIT_CITY_TIME: [Date.now() + START_MS, from, at, speed].join(','),
    },
  });
  try {
    await liveThrough(city, { at, from, say });
    // In the hurry some sources answered too late, and are asked again only after a while: begin anew with all of them.
    if (!isFast) await restart(city);
    await untilFeedsAreWell(city, say);
    await handleIncidents(city.url, await cityTime(city));
    return city;
  } catch (error) {
    await city.stop();
    throw error;
  }
}

/** Epoch ms of the city clock. */
interface Evening {
  readonly at: number;
  readonly from: number;
  readonly say: Say;
}

async function restart(city: RunningCity): Promise<void> {
  await city.stopServer();
  await city.startServer();
}

/** Lets the hours before pass, and happen what happens in them. */
async function liveThrough(city: RunningCity, { at, from, say }: Evening): Promise<void> {
  const left = [...happenings].sort((a, b) => b.beforeMin - a.beforeMin);
  for (;;) {
    const now = await cityTime(city);
    for (let next = left[0]; next && now >= at - next.beforeMin * MINUTE_MS; next = left[0]) {
      left.shift();
      await post(`${city.feedsUrl}/control/${next.to}`, next.body);
    }
    if (now >= at) return;
    say(`the city lives: ${Math.floor((10 * (now - from)) / (at - from)) * 10} %`);
    await pause();
  }
}

async function cityTime(city: RunningCity): Promise<number> {
  const response = await fetch(`${city.feedsUrl}/control/state`);
  const { clock } = (await response.json()) as { clock: { at: number } };
  return clock.at;
}

async function untilFeedsAreWell(city: RunningCity, say: Say): Promise<void> {
  const patience = performance.now() + FEEDS_MS;
  for (;;) {
    const response = await fetch(`${city.url}/api/feeds`);
    const feeds = (await response.json()) as { id: string; state: string }[];
    const unwell = feeds
      .filter(({ state }) => !WELL.includes(state))
      .map(({ id, state }) => `${id} ${state}`);
    if (unwell.length === 0) return;
    if (performance.now() > patience) {
      say(`feeds are not well, and the pictures say so: ${unwell.join(', ')}`);
      return;
    }
    say(`waiting for ${unwell.length} of ${feeds.length} feeds`);
    await pause();
  }
}

/** One county goes into 战时 by the word of the duty officer alone, for an hour. */
export async function goIntoCrisis({ url }: ShotCity): Promise<void> {
  const response = await fetch(`${url}/health`);
  const { clock } = (await response.json()) as { clock: number };
  const { reason, ...said } = crisis;
  const change = { verb: 'begin', ...said, until: clock + CRISIS_MS };
  await post(`${url}/api/crisis/alone`, { action: randomUUID(), reason, change });
}
