// A wall that changes scene again and again, in the middle of flights, keeps no more than before.
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openPage, until, untilReady, type Watched } from './kit/browser.ts';
import { countFromTheStart, Inspector, switchScenes, untilAtRest, type Keepings } from './kit/keepings.ts';
import { RunningCity } from './kit/processes.ts';

const SWITCHES = 20;
/** Twice through all scenes: panels, textures and code that is loaded once. */
const WARM_UP = 10;
/** The city lives on: rows come, warnings are issued, charts grow by their newest minute. */
const HEAP_MB = 1;
const BUFFERS_MB = 2.5;
const FEW = 5;
/** A warning more or less on the wall is a few nodes; a scene that stays is hundreds. */
const MOST_NODES = 200;
const MOST_LOOKS = 30;

let city: RunningCity;
let browser: BrowserContext;
let wall: Watched;

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.1 });
  browser = await openBrowser({ width: 960, height: 540 });
  await countFromTheStart(browser);
  wall = await openPage(browser, `${city.url}/wall?e2e=0.25&scene=overview`);
  await untilReady(wall.page);
  await until(wall.page, () => (window.cockpit?.rows('indicator-value') ?? 0) > 0, null, 60_000);
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});

it(`keeps nothing of ${SWITCHES} scenes, each left in the middle of a flight`, async () => {
  const { page, faults } = wall;
  await untilAtRest(page);
  await switchScenes(page, WARM_UP);
  const inspector = await Inspector.of(page);
  const before = await inspector.look();
  await switchScenes(page, SWITCHES);
  // Of the last scenes a timer or an answer under way may still hold something: what leaks is held for good.
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    if ((await inspector.nodes()) - before.nodes <= MOST_NODES) break;
    await page.waitForTimeout(1000);
  }
  const after = await inspector.look();

  const grown = (what: keyof Keepings): number => after[what] - before[what];
  const found = JSON.stringify({ before, after });
  expect(before.heapMb, found).toBeGreaterThan(5);
  expect(grown('heapMb'), found).toBeLessThanOrEqual(HEAP_MB);
  expect(grown('buffersMb'), found).toBeLessThanOrEqual(BUFFERS_MB);
  expect(after.workers, found).toBe(before.workers);
  expect(before.primitives, found).toBeGreaterThan(10);
  // What leaks does so with each change of scene; a warning that comes meanwhile is drawn once, maybe by a shader of its own.
  expect(Math.abs(grown('primitives')), found).toBeLessThanOrEqual(FEW);
  expect(grown('programs'), found).toBeLessThanOrEqual(FEW);
  expect(grown('nodes'), found).toBeLessThanOrEqual(MOST_NODES);
  expect(grown('listeners'), found).toBeLessThanOrEqual(20);
  expect(grown('textures'), found).toBeLessThanOrEqual(FEW);
  expect(grown('buffers'), found).toBeLessThanOrEqual(FEW * 4);
  expect(faults).toEqual([]);
});
