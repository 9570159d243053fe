// The tablet's page in a browser: a light map by touch, without the globe, within its budget of bytes.
import { gzipSync } from 'node:zlib';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { FlatHook } from '../client/map/flat/flat-hook.ts';
import { lookAt, openBrowser, openPage, until, type Watched } from './kit/browser.ts';
import { RunningCity } from './kit/processes.ts';

declare global {
  interface Window {
    flatMap?: FlatHook;
  }
}

/** Budget of the page's scripts, gzip. */
const MOST_BYTES = 1_000_000;
const READY_MS = 60_000;

let city: RunningCity;
let browser: BrowserContext;
let tablet: Watched;
const scripts = new Map<string, number>();

const untilMap = (page: Page): Promise<unknown> => until(page, () => window.flatMap?.ready, null, READY_MS);

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.2 });
  browser = await openBrowser({ width: 1180, height: 820 });
  browser.on('response', (response) => {
    if (!response.url().endsWith('.js')) return;
    void response.body().then((body) => scripts.set(response.url(), gzipSync(body).length));
  });
  tablet = await openPage(browser, `${city.url}/tablet?e2e`);
  await untilMap(tablet.page);
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});
afterEach(() => expect(tablet.faults).toEqual([]));

it('draws the land on paper with its names', async () => {
  const land = await lookAt(tablet.page, { x: 250, y: 250, width: 250, height: 250 });
  expect(land.colours).toBeGreaterThan(30);
  const labels = await tablet.page.evaluate(() => window.flatMap?.labels() ?? []);
  expect(labels).toContain('city');
  expect(labels).toContain('river-jialing');
  expect(labels.length).toBeLessThanOrEqual(22);
});

it('loads no globe and stays within its budget', () => {
  const names = [...scripts.keys()].map((url) => url.split('/').at(-1) ?? '');
  expect(names.some((name) => name.startsWith('FlatMap'))).toBe(true);
  expect(names.filter((name) => /^(globe|MapStage)/.test(name))).toEqual([]);
  expect([...scripts.values()].reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(MOST_BYTES);
});

it('shows the card of what was tapped', async () => {
  const { page } = tablet;
  const box = await page.locator('[data-test=flat-map]').boundingBox();
  const handle = await page.waitForFunction(
    () => {
      for (const key of ['宝珠寺', '亭子口']) {
        const at = window.flatMap?.placeNamed('reservoir', key);
        if (at) return at;
      }
      return null;
    },
    null,
    { polling: 200, timeout: READY_MS },
  );
  const at = (await handle.jsonValue()) as { x: number; y: number };
  await page.mouse.click((box?.x ?? 0) + at.x, (box?.y ?? 0) + at.y);
  const card = page.locator('[data-test=pick-card]');
  await card.waitFor();
  expect(await card.innerText()).toMatch(/\d\s*m/);
  await page.keyboard.press('Escape');
  await card.waitFor({ state: 'detached' });
});

it('counts groups, opens one by a tap, and writes beside rows', async () => {
  const { page } = tablet;
  const handle = await page.waitForFunction(() => window.flatMap?.groups()[0], null, {
    polling: 200,
    timeout: READY_MS,
  });
  const group = (await handle.jsonValue()) as { count: number; x: number; y: number };
  expect(group.count).toBeGreaterThan(1);
  await until(page, () => (window.flatMap?.marks().length ?? 0) > 0, null, READY_MS);
  const height = await page.evaluate(() => window.flatMap?.heightM ?? 0);
  const box = await page.locator('[data-test=flat-map]').boundingBox();
  await page.mouse.click((box?.x ?? 0) + group.x, (box?.y ?? 0) + group.y);
  await until(page, (before) => (window.flatMap?.heightM ?? Infinity) < before * 0.7, height);
  await page.locator('[data-test=flat-map]').focus();
  await page.keyboard.press('Home');
  await until(page, (before) => (window.flatMap?.heightM ?? 0) > before * 0.95, height);
});

it('lets no group lie over a name', async () => {
  const { page } = tablet;
  const covered = await page.evaluate(() => {
    const names = window.flatMap?.names() ?? [];
    return (window.flatMap?.groups() ?? []).filter(({ x, y, radius }) =>
      names.some(
        ({ left, top, width, height }) =>
          left < x + radius && top < y + radius && left + width > x - radius && top + height > y - radius,
      ),
    );
  });
  expect(covered).toEqual([]);
});

it('shows a scene by touch, and leaves it by another', async () => {
  const { page } = tablet;
  await page.locator('[data-scene=traffic]').click();
  await page.locator('[data-test=question]').waitFor();
  await page.locator('[data-panel=road-events]').waitFor();
  expect(new URL(page.url()).searchParams.get('scene')).toBe('traffic');
  await page.locator('[data-scene=traffic]').click();
  await page.locator('[data-test=question]').waitFor({ state: 'detached' });
});

it('says what is at a place that is pressed for long', async () => {
  const { page } = tablet;
  const box = await page.locator('[data-test=flat-map]').boundingBox();
  const at = { x: (box?.x ?? 0) + 350, y: (box?.y ?? 0) + 350 };
  const finger = {
    pointerType: 'touch',
    pointerId: 7,
    isPrimary: true,
    bubbles: true,
    clientX: at.x,
    clientY: at.y,
  };
  await page.dispatchEvent('[data-test=flat-map]', 'pointerdown', finger);
  const here = page.locator('[data-test=here]');
  await here.waitFor();
  await page.dispatchEvent('[data-test=flat-map]', 'pointerup', finger);
  expect(await here.innerText()).toMatch(/10\d\.\d+/);
  await page.keyboard.press('Escape');
  await here.waitFor({ state: 'detached' });
});

it('tilts and comes back, moves by keys', async () => {
  const { page } = tablet;
  await page.locator('[data-test=tilt]').click();
  await until(page, () => window.flatMap?.tilted === true, null);
  await page.locator('[data-test=tilt]').click();
  await until(page, () => window.flatMap?.tilted === false, null);
  const before = await page.evaluate(() => window.flatMap?.heightM ?? 0);
  await page.locator('[data-test=flat-map]').focus();
  await page.keyboard.press('+');
  await until(page, (height) => (window.flatMap?.heightM ?? Infinity) < height * 0.8, before);
  await page.keyboard.press('Home');
  await until(page, (height) => (window.flatMap?.heightM ?? 0) > height * 0.95, before);
});

it('builds the map anew when the WebGL context is lost', async () => {
  await tablet.page.evaluate(() => window.flatMap?.loseContext());
  await until(tablet.page, () => window.flatMap?.rebuilt === 1, null);
  await untilMap(tablet.page);
});

it('fits an upright tablet without a sideways scroll', async () => {
  const { page } = tablet;
  await page.setViewportSize({ width: 820, height: 1180 });
  await until(page, () => document.documentElement.scrollWidth <= innerWidth, null);
  const overflowing = await page.$$eval('.brief, .bar, .foot', (parts) =>
    parts.filter((part) => part.scrollWidth > part.clientWidth + 1).map((part) => part.className),
  );
  expect(overflowing).toEqual([]);
});

it('goes back in time by a touch of the axis, says so, and comes back with one button', async () => {
  const { page } = tablet;
  const axis = page.locator('[data-test=time-axis]');
  await axis.waitFor();
  const box = await axis.boundingBox();
  await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) * 0.3, (box?.y ?? 0) + 50);
  await page.locator('[data-test=replay-frame]').waitFor({ state: 'attached' });
  await page.locator('.foot').getByText('回放').waitFor();
  const bar = page.locator('[data-test=transport]');
  const at = await bar.boundingBox();
  expect((at?.x ?? -1) >= 0 && (at?.x ?? 0) + (at?.width ?? 0) <= (page.viewportSize()?.width ?? 0)).toBe(
    true,
  );
  await page.locator('[data-test=go-live]').click();
  await page.locator('[data-test=replay-frame]').waitFor({ state: 'detached' });
  await page.locator('.foot').getByText('实时').waitFor();
});

it('shows one thing at a time on a phone, and the map on its own page', async () => {
  const { page } = tablet;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator('[data-test=page-map]').waitFor();
  await page.locator('[data-test=flat-map]').waitFor({ state: 'hidden' });
  await page.locator('[data-test=page-map]').click();
  await page.locator('[data-test=flat-map]').waitFor();
  await untilMap(page);
  const overflowing = await page.$$eval('.bar, .foot', (parts) =>
    parts.filter((part) => part.scrollWidth > part.clientWidth + 1).map((part) => part.className),
  );
  expect(overflowing).toEqual([]);
});
