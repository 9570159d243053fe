// A red warning comes over its own protocol while scenes take turns: the wall stops, flies there, says why and for how
// long, and goes back where it was.
import type { BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openBrowser, openPage, until, untilReady, type Watched } from './kit/browser.ts';
import { RunningCity } from './kit/processes.ts';

/** From the row on this screen to the banner, ms. */
const AT_ONCE_MS = 3000;
/** Asked as often, the release centre is not what a test waits for. */
const ASKS_EVERY_S = 2;
/** From the release centre to this screen, ms: a machine without a graphics card is slow. */
const COMES_WITHIN_MS = 75_000;
const QINGCHUAN = { code: '510822', name: '青川', at: [105.24, 32.58] } as const;
const WANGCANG = { code: '510821', name: '旺苍', at: [106.29, 32.23] } as const;
const CANGXI = { code: '510824', name: '苍溪', at: [105.94, 31.74] } as const;

interface County {
  readonly code: string;
  readonly name: string;
  /** Somewhere in its middle. */
  readonly at: readonly [lon: number, lat: number];
}

let city: RunningCity;
let browser: BrowserContext;
let wall: Watched;

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.1, feeds: { 'warning-cap': { periodS: ASKS_EVERY_S } } });
  browser = await openBrowser({ width: 1280, height: 720 });
  await browser.addInitScript(() => {
    localStorage.setItem('cockpit/screen/wall', JSON.stringify({ rotates: true, standS: 3600 }));
    // When the banner is first seen, on the clock of the page.
    new MutationObserver(() => {
      const banner = document.querySelector('[data-test=held] [role=alert]');
      if (banner && !('bannerAt' in window)) Object.assign(window, { bannerAt: performance.now() });
    }).observe(document, { subtree: true, childList: true });
  });
  wall = await openPage(browser, `${city.url}/wall?e2e&scene=opinion`);
  await untilReady(wall.page);
  await until(wall.page, () => (window.cockpit?.rows('warning') ?? 0) > 0, null, 60_000);
  await wall.page.locator('[data-test=turning][data-paused=false]').waitFor();
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});
afterEach(() => expect(wall.faults).toEqual([]));

const held = () => wall.page.locator('[data-test=held]');
const scene = (slug: string) => wall.page.locator(`.wall[data-scene=${slug}]`).waitFor();
const said = (): Promise<string> => held().innerText();
const issue = (county: County, more: object = {}): Promise<{ id: string }> =>
  city.inject({
    kind: 'warning',
    event: '暴雨',
    colour: '红',
    counties: [county.code],
    hours: 2,
    ...more,
  }) as Promise<{ id: string }>;

/** The county fills the part of the picture that is free for it. */
async function isOver({ at }: County): Promise<void> {
  await until(
    wall.page,
    ([lon, lat]) => {
      if (window.cockpit?.work().flying !== false || window.cockpit.heightM > 200_000) return false;
      const seen = window.cockpit.project(lon ?? 0, lat ?? 0);
      return (
        seen !== null &&
        seen.x > innerWidth * 0.3 &&
        seen.x < innerWidth * 0.7 &&
        seen.y > innerHeight * 0.15 &&
        seen.y < innerHeight * 0.8
      );
    },
    [...at],
  );
}

/** Each press lets one go; the weather may have sent another of its own meanwhile. */
async function letAllGo(): Promise<void> {
  const { page } = wall;
  for (let one = 0; one < 4 && (await held().count()) > 0; one += 1) {
    const told = await said();
    await page.keyboard.press('Escape');
    await until(
      page,
      (text) => document.querySelector<HTMLElement>('[data-test=held]')?.innerText !== text,
      told,
    );
  }
  await held().waitFor({ state: 'detached' });
}

it('stops at it within three seconds of its row, flies there and says why and for how long', async () => {
  const { page } = wall;
  await page.evaluate(() => {
    const before = new Set(window.cockpit?.keys('warning'));
    const timer = setInterval(() => {
      if (window.cockpit?.keys('warning').every((key) => before.has(key)) !== false) return;
      clearInterval(timer);
      Object.assign(window, { rowAt: performance.now() });
    }, 20);
  });
  await issue(QINGCHUAN);
  await held().waitFor({ timeout: COMES_WITHIN_MS });
  await scene('emergency');
  const took = await page.evaluate(() => {
    const { bannerAt, rowAt } = window as unknown as { bannerAt: number; rowAt: number };
    return bannerAt - rowAt;
  });
  expect(took).toBeLessThan(AT_ONCE_MS);
  const text = await said();
  expect(text).toContain('暴雨 红色预警');
  expect(text).toContain(QINGCHUAN.name);
  expect(text).toMatch(/轮播因红色预警停下/);
  expect(text).toMatch(/秒后回到\s*舆情民生/);
  expect(await page.locator('[data-test=turning][data-paused=true]').count()).toBe(1);
  await isOver(QINGCHUAN);
});

it('lets a second one wait, says so, and stops at it next; a key takes it back to where it was', async () => {
  const { page } = wall;
  await letAllGo();
  // Two at once: the first of them takes its turn, the other one waits.
  await issue(WANGCANG);
  await issue(CANGXI);
  await page.locator('[data-test=held-why]', { hasText: '另有' }).waitFor({ timeout: COMES_WITHIN_MS });
  expect(await said()).toContain(WANGCANG.name);
  await held().getByText(CANGXI.name).waitFor({ timeout: COMES_WITHIN_MS });
  await isOver(CANGXI);
  await letAllGo();
  await scene('opinion');
  await until(page, () => window.cockpit?.work().flying === false && window.cockpit.heightM > 200_000, null);
  await page.locator('[data-test=turning][data-paused=false]').waitFor();
});

it('stops only once at the same one, and no longer than it is in force', async () => {
  const { page } = wall;
  // Three of them are still in force. One more comes; were they new to the wall, they would stand before it.
  const { id } = await issue(QINGCHUAN, { event: '山洪灾害' });
  await held().getByText('山洪灾害 红色预警').waitFor({ timeout: COMES_WITHIN_MS });
  expect(await said()).not.toContain('另有');
  await city.inject({ kind: 'warning', cancel: id });
  await held().waitFor({ state: 'detached', timeout: COMES_WITHIN_MS });
  await scene('opinion');
  await page.locator('[data-test=turning][data-paused=false]').waitFor();
});
