// A script on the screen: captions in their order, chapters, the marks of its world, live one press away, and a world that
// ends when nobody watches it.
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, until, type Watched } from './kit/browser.ts';
import { RunningCity } from './kit/processes.ts';

/** Minutes, not hours: its alarm comes eleven of them after its start. */
const SLUG = 'ammonia-leak';
const START_MS = 120_000;

interface Told {
  readonly chapters: readonly {
    readonly id: string;
    readonly atS: number;
    readonly title: { readonly zh: string };
  }[];
  readonly captions: readonly { readonly atS: number; readonly text: { readonly zh: string } }[];
}

let city: RunningCity;
let browser: BrowserContext;
let play: Watched;
let story: Told;

const test = (page: Page, name: string) => page.locator(`[data-test=${name}]`);
const worlds = async (): Promise<{ id: string; kind: string; state: string }[]> =>
  (await fetch(`${city.url}/api/worlds`)).json() as Promise<{ id: string; kind: string; state: string }[]>;
const uncovered = (page: Page): Promise<unknown> =>
  until(page, () => document.querySelector('[data-test=play-cover]') === null, null, START_MS);
/** Waits for a caption. → its index in the script */
async function caption(page: Page, after: number): Promise<number> {
  const texts = story.captions.map(({ text }) => text.zh);
  const shown = await page.waitForFunction(
    ([all, least]) => {
      const text = document.querySelector('[data-test=caption] p')?.textContent ?? '';
      const at = all.indexOf(text);
      return at > least ? { at } : null;
    },
    [texts, after] as const,
    { polling: 100, timeout: START_MS },
  );
  return (await shown.jsonValue())?.at ?? -1;
}

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.02, playsScenarios: true });
  story = (await (await fetch(`${city.url}/api/scenarios/${SLUG}`)).json()) as Told;
  browser = await openBrowser({ width: 1280, height: 720 });
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});
afterEach(() => expect(play.faults).toEqual([]));

describe('a script', () => {
  it('is chosen from the list, and starts in a world of its own', async () => {
    play = await openPage(browser, `${city.url}/play`);
    const card = play.page.locator(`[data-scenario=${SLUG}]`);
    await card.waitFor();
    await card.locator('[data-test=play]').click();
    await play.page.waitForURL(/world=demo-/, { timeout: START_MS });
    await play.page.goto(`${play.page.url()}&e2e=0.1`);
    await test(play.page, 'play').waitFor({ timeout: START_MS });
    await uncovered(play.page);
    expect((await worlds()).map(({ kind }) => kind)).toEqual(['live', 'demo']);
  });

  it('says that it is a demonstration, and nothing of the live city', async () => {
    const { page } = play;
    await test(page, 'world-chip').waitFor();
    expect(await test(page, 'world-chip').getAttribute('data-kind')).toBe('demo');
    await until(
      page,
      () => document.querySelector('[data-test=play-t]')?.textContent?.startsWith('T−'),
      null,
    );
  });

  it('tells its captions in their order', async () => {
    const { page } = play;
    expect(await caption(page, -1)).toBe(0);
    // In the page is not yet in the picture.
    const box = await test(page, 'caption').boundingBox();
    const controls = await test(page, 'chapter-track').boundingBox();
    expect(box?.y ?? -1).toBeGreaterThan(360);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(controls?.y ?? 0);
    await page.keyboard.press('PageDown');
    await uncovered(page);
    const first = await caption(page, 0);
    expect(first).toBe(1);
    expect(await caption(page, first)).toBe(2);
  });

  it('goes to a chapter by key and says which it is', async () => {
    const { page } = play;
    await page.keyboard.press('Space');
    await until(page, () => document.querySelector('[data-test=play-state]') !== null, null);
    await page.keyboard.press('PageDown');
    const isolate = story.chapters[2];
    await until(
      page,
      (name) => document.querySelector('[data-test=chapter]')?.textContent === name,
      isolate?.title.zh,
      START_MS,
    );
    await uncovered(page);
  });

  it('has its keys in the list of keys', async () => {
    const { page } = play;
    await page.keyboard.press('?');
    await test(page, 'help').getByText('下一章').waitFor();
    await page.keyboard.press('Escape');
  });

  it('leads back to live with one press, and its world ends with its last screen', async () => {
    const { page } = play;
    await page.mouse.move(600, 300);
    await test(page, 'play-live').click();
    await page.waitForURL(/\/wall$/);
    expect(await test(page, 'world-chip').count()).toBe(0);
    await expect.poll(async () => (await worlds()).length, { timeout: START_MS, interval: 500 }).toBe(1);
  });

  it('that is gone says so to who comes back to it, and starts anew', async () => {
    const { page } = play;
    await page.goto(`${city.url}/desk?world=demo-1`);
    await test(page, 'world-gone').waitFor();
    await test(page, 'world-gone').getByText('回到实时').click();
    await page.waitForURL(/\/wall$/);
  });
});
