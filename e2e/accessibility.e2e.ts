// axe-core finds nothing on any page, with dialogs open too; no text is cut, in either language; and each page says within two seconds that the server is gone.
import axe from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openPage, until, untilReady } from './kit/browser.ts';
import { clippedTexts } from './kit/clipping.ts';
import { RunningCity } from './kit/processes.ts';

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}
interface AxeOnPage {
  run(context: unknown, options: unknown): Promise<{ violations: Violation[] }>;
}

let city: RunningCity;
let browser: BrowserContext;

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.1 });
  browser = await openBrowser({ width: 1280, height: 800 });
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});

/** The gallery shows a panel once for every state: there landmarks of one name are meant. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const repeats = new URL(page.url()).pathname === '/gallery';
  const violations = await page.evaluate(async (once) => {
    const { axe: tool } = globalThis as unknown as { axe: AxeOnPage };
    const result = await tool.run(document, {
      resultTypes: ['violations'],
      rules: { 'landmark-unique': { enabled: once } },
    });
    return result.violations;
  }, !repeats);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 160)} ${failureSummary?.slice(0, 200)}`,
    ),
  );
}

it.each([
  ['/desk?e2e', ['q', '?', 'b', 'd']],
  ['/wall?e2e', []],
  ['/data', []],
  ['/sign-in', []],
  ['/gallery', []],
] as const)('nothing on %s', async (path, keys) => {
  const { page, faults } = await openPage(browser, `${city.url}${path}`);
  if (path.includes('e2e')) await untilReady(page);
  else await page.locator('main').waitFor();
  if (path === '/data')
    await until(page, () => document.querySelectorAll('tr[data-feed]').length > 5, null, 30_000);
  expect(await findings(page)).toEqual([]);
  for (const key of keys) {
    await page.locator('[data-test=map]').focus();
    await page.keyboard.press(key);
    await page.waitForFunction(() => document.readyState === 'complete');
    expect(await findings(page), `after ${key}`).toEqual([]);
    if (await page.locator('dialog').count()) await page.keyboard.press('Escape');
  }
  expect(faults).toEqual([]);
  await page.close();
});

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

it.each(
  ['/desk?e2e', '/wall?e2e', '/data?', '/gallery?'].flatMap((path) =>
    (['zh', 'en'] as const).map((lang) => [`${path}&lang=${lang}`] as const),
  ),
)('no text is cut on %s', async (path) => {
  const { page, faults } = await openPage(browser, `${city.url}${path}`);
  if (path.includes('e2e')) await untilReady(page);
  else await page.locator('main').waitFor();
  const tabs = await page.getByRole('tab').all();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const tab of tabs.length > 0 ? tabs : [null]) {
      await tab?.click();
      // A frame later everything has its place.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
      expect(await clippedTexts(page), `at ${size.width} × ${size.height}`).toEqual([]);
    }
  }
  expect(faults).toEqual([]);
  await page.close();
});

it('every page says that the server is gone, and since when', async () => {
  const pages = await Promise.all(
    ['/desk?e2e', '/data', '/gallery'].map((path) => openPage(browser, `${city.url}${path}`)),
  );
  for (const { page } of pages)
    await until(page, () => document.querySelector('#app')?.children.length, null, 30_000);
  const [{ page: desk }] = pages as [(typeof pages)[0]];
  // A page behind another is not drawn.
  await desk.bringToFront();
  await untilReady(desk);
  await city.killServer();
  await Promise.all(
    pages.map(({ page }) => page.locator('[data-test=link-lost]').waitFor({ timeout: 2000 })),
  );
  for (const { page } of pages)
    expect(await page.locator('[data-test=link-lost]').innerText()).toMatch(/\d\d:\d\d:\d\d/);
});
