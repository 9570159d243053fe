// A live wall in the browser for an hour, its scenes in turn: what the page keeps at the end more than after ten minutes.
// Drawn small and by software on request of the data, so that it runs beside other work; the heap does not depend on that.
import type { BrowserContext, Page } from 'playwright-core';
import { openBrowser, openPage, untilReady } from '../e2e/kit/browser.ts';
import { countFromTheStart, Inspector, type Keepings } from '../e2e/kit/keepings.ts';
import { RunningCity } from '../e2e/kit/processes.ts';
import { median, sleep } from './measure.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atMost, check, exactly, reported, result } from './result.ts';

const SHORT_MIN = 5;
const LONG_MIN = 60;
/** Ten minutes of an hour: caches fill, tables find their size, all scenes were shown. */
const WARM_SHARE = 1 / 6;
/** Each scene stands so long; a look at the heap falls into each. */
const STAND_S = 20;
/** Looks that are one figure: once through the five scenes. */
const ROUND = 5;

export async function run(options: BenchOptions): Promise<BenchResult> {
  const minutes = options.minutes ?? (options.long ? LONG_MIN : SHORT_MIN);
  const city = await RunningCity.start({ scale: 0.2 });
  const browser = await openBrowser({ width: 960, height: 540 });
  try {
    await setUnattended(browser);
    await countFromTheStart(browser);
    const { page, faults } = await openPage(browser, `${city.url}/wall?e2e=0.25`);
    await untilReady(page);
    const looks = await watch(page, minutes, options);
    const { tasks, stats } = await page.evaluate(() => ({
      tasks: window.longTasks ?? { count: NaN, longestMs: NaN },
      stats: window.cockpit?.stats() ?? { frames: 0, skipped: NaN, lastTick: 0, wireBytes: 0 },
    }));
    return judge({ minutes, looks, faults, tasks, stats });
  } finally {
    await browser.close();
    await city.stop();
  }
}

/** As somebody would have set this wall up: scenes in turn. */
async function setUnattended(browser: BrowserContext): Promise<void> {
  await browser.addInitScript((standS) => {
    localStorage.setItem('cockpit/screen/wall', JSON.stringify({ rotates: true, standS }));
  }, STAND_S);
}

interface Look extends Keepings {
  readonly minute: number;
  readonly scene: string | null;
}

async function watch(page: Page, minutes: number, { say }: BenchOptions): Promise<Look[]> {
  const inspector = await Inspector.of(page);
  const looks: Look[] = [];
  const began = performance.now();
  const passedMin = (): number => (performance.now() - began) / 60_000;
  while (passedMin() < minutes) {
    await sleep(STAND_S * 1000);
    const scene = await page.locator('.wall').getAttribute('data-scene');
    const look = { minute: passedMin(), scene, ...(await inspector.look()) };
    looks.push(look);
    const { minute, heapMb, codeMb, buffersMb, nodes, listeners, rows } = look;
    say(
      `${minute.toFixed(1)} min ${scene}: ${heapMb.toFixed(2)} MB, ${codeMb.toFixed(1)} MB compiled, ` +
        `${buffersMb.toFixed(1)} MB of buffers, ${nodes} nodes, ${listeners} listeners, ${rows} rows`,
    );
  }
  return looks;
}

interface Seen {
  readonly minutes: number;
  readonly looks: readonly Look[];
  readonly faults: readonly string[];
  readonly tasks: { readonly count: number; readonly longestMs: number };
  readonly stats: { readonly frames: number; readonly skipped: number; readonly lastTick: number };
}

function judge({ minutes, looks, faults, tasks, stats }: Seen): BenchResult {
  const settled = looks.filter(({ minute }) => minute >= minutes * WARM_SHARE);
  const grown = (what: Exclude<keyof Keepings, 'scene'>): number =>
    middle(settled.slice(-ROUND), what) - middle(settled.slice(0, ROUND), what);
  const outside = faults.filter((fault) => fault.startsWith('request to')).length;
  return result({
    name: 'wall-hour',
    value: grown('heapMb'),
    unit: `MB of objects kept more at minute ${minutes} than at ${Math.round(minutes * WARM_SHARE)}`,
    target: atMost(1),
    valid: settled.length >= 2 * ROUND && stats.lastTick > minutes * 30,
    checks: [
      check('requests outside', [outside, 'requests'], exactly(0)),
      check('errors of the page', [faults.length - outside, 'errors'], exactly(0)),
      check('primitives more', [grown('primitives'), 'primitives'], atMost(0)),
      check('workers more', [grown('workers'), 'workers'], exactly(0)),
      check('listeners more', [grown('listeners'), 'listeners'], atMost(20)),
      check('scenes shown', [new Set(looks.map(({ scene }) => scene)).size, 'scenes'], exactly(5)),
      reported('heap at the end', [middle(looks.slice(-ROUND), 'heapMb'), 'MB']),
      reported('compiled code more', [grown('codeMb'), 'MB']),
      reported('buffers beside the heap more', [grown('buffersMb'), 'MB']),
      reported('textures more', [grown('textures'), 'textures']),
      reported('nodes more', [grown('nodes'), 'nodes']),
      reported('rows more', [grown('rows'), 'rows']),
      reported('long tasks', [tasks.count, 'tasks']),
      reported('longest task', [tasks.longestMs, 'ms']),
      reported('ticks skipped', [stats.skipped, 'ticks']),
      reported('frames', [stats.frames, 'frames']),
      reported('minutes', [minutes, 'min']),
    ],
  });
}

const middle = (looks: readonly Look[], what: keyof Keepings): number =>
  median(looks.map((look) => look[what]));
