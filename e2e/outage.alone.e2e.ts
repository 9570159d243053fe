// The server dies and comes back: every page says so within two seconds and is live again within five.
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openPage, until, untilReady, type Watched } from './kit/browser.ts';
import { RunningCity } from './kit/processes.ts';

let city: RunningCity;
let browser: BrowserContext;

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.1 });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});

const banner = (page: Page) => page.locator('[data-test=link-lost]');

it('says that the server is gone, and since when; comes back by itself with nothing wrong', async () => {
  const wall = await openPage(browser, `${city.url}/wall?e2e`);
  await untilReady(wall.page);
  await until(wall.page, () => (window.cockpit?.rows('vehicle-position') ?? 0) > 100, null, 60_000);
  const data = await openPage(browser, `${city.url}/data`);
  await data.page.locator('tr[data-feed]').first().waitFor();
  const desk = await openPage(browser, `${city.url}/desk?e2e`);
  await untilReady(desk.page);
  const gallery = await openPage(browser, `${city.url}/gallery`);
  await gallery.page.locator('main').waitFor();
  // What it shows is drawn, and it has time to listen.
  await gallery.page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
  const pages = [wall, data, desk, gallery];
  // A page behind another is not drawn.
  await wall.page.bringToFront();

  await city.killServer();
  await Promise.all(pages.map(({ page }) => banner(page).waitFor({ timeout: 2000 })));
  for (const { page } of pages) expect(await banner(page).innerText()).toMatch(/\d\d:\d\d:\d\d/);

  // Two cores draw the map without a graphics card: how soon a page is live is measured while none is drawn.
  await data.page.bringToFront();
  await city.startServer();
  const gone = ({ page }: Watched, timeout: number) => banner(page).waitFor({ state: 'detached', timeout });
  await Promise.all([gone(data, 5000), ...[wall, desk, gallery].map((one) => gone(one, 30_000))]);
  await wall.page.bringToFront();
  await until(wall.page, () => (window.cockpit?.rows('vehicle-position') ?? 0) > 50, null, 60_000);
  const keys = await wall.page.evaluate(() => window.cockpit?.keys('vehicle-position') ?? []);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { faults } of pages) expect(faults).toEqual([]);
});
