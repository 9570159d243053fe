// axe-core finds nothing on any page, with dialogs open too; no text is cut, in either language.
import axe from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, until, untilReady, type Watched } from './kit/browser.ts';
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

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

/** Every text on every tab, at each size. Afterwards the page is as it was. */
async function expectNothingCut(page: Page): Promise<void> {
  const tabs = await page.getByRole('tab').all();
  const chosen = await page.$$eval('[role=tab][aria-selected=true]', (open) => open.map(({ id }) => id));
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const tab of tabs.length > 0 ? tabs : [null]) {
      await tab?.click();
      // A frame later everything has its place.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
      expect(await clippedTexts(page), `at ${size.width} × ${size.height}`).toEqual([]);
    }
  }
  await page.setViewportSize(SIZES[0]);
  for (const id of chosen) await page.locator(`#${id}`).click();
}

describe.each([
  ['/desk?e2e=0.25', ['q', '?', 'b', 'd']],
  ['/wall?e2e=0.25', []],
  ['/data?', []],
  ['/gallery?', []],
] as const)('%s', (path, keys) => {
  let watched: Watched;
  const opened = async (lang: 'zh' | 'en'): Promise<Page> => {
    watched = await openPage(browser, `${city.url}${path}&lang=${lang}`);
    const { page } = watched;
    if (path.includes('e2e')) await untilReady(page);
    else await page.locator('main').waitFor();
    if (path === '/data?')
      await until(page, () => document.querySelectorAll('tr[data-feed]').length > 5, null);
    return page;
  };
  /** A map is long in coming: where there is one, it stays while the language changes. */
  const inEnglish = async (): Promise<Page> => {
    const { page } = watched;
    if (!path.includes('e2e')) return page.close().then(() => opened('en'));
    await page.locator('[data-test=map]').focus();
    for (const _ of keys) await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'English' }).click();
    await until(page, () => document.documentElement.lang === 'en', null);
    return page;
  };
  afterEach(() => expect(watched.faults).toEqual([]));

  it('axe finds nothing', async () => {
    expect(await findings(await opened('zh'))).toEqual([]);
  });

  it('no text is cut in Chinese', () => expectNothingCut(watched.page));

  it('axe finds nothing with dialogs open', async () => {
    const { page } = watched;
    for (const key of keys) {
      await page.locator('[data-test=map]').focus();
      await page.keyboard.press(key);
      await page.waitForFunction(() => document.readyState === 'complete');
      expect(await findings(page), `after ${key}`).toEqual([]);
      if (await page.locator('dialog').count()) await page.keyboard.press('Escape');
    }
  });

  it('no text is cut in English', async () => {
    await expectNothingCut(await inEnglish());
    await watched.page.close();
  });
});
