// A duty officer puts a county into 战时 from the desk; the wall is laid out for it, dims the land around, and comes back.
import { randomUUID } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { CrisisView } from '../contracts/records/crisis.ts';
import { openBrowser, openPage, until, untilReady, type Watched } from './kit/browser.ts';
import { untilAtRest } from './kit/keepings.ts';
import { post, RunningCity } from './kit/processes.ts';

const CANGXI = '510824';
/** Hills of 剑阁, outside the county in crisis: nothing is drawn there but the land. */
const BESIDE = { lon: 105.33, lat: 31.98, rangeM: 20_000 } as const;

let city: RunningCity;
let browser: BrowserContext;
let wall: Watched;

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.1 });
  browser = await openBrowser({ width: 1280, height: 720 });
  wall = await openPage(browser, `${city.url}/wall?e2e&scene=overview`);
  await untilReady(wall.page);
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});
afterEach(() => expect(wall.faults).toEqual([]));

/** Widths move for 600 ms, where frames are few for longer. */
const PATIENTLY = { timeout: 60_000 };

const slotWidthU = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const box = document.querySelector('[data-slot=right]')?.getBoundingClientRect();
    return (box?.width ?? 0) / Number.parseFloat(getComputedStyle(document.body).fontSize);
  });

/** Light of the land beside the county, 0–255, once the relief of that place is there: two looks in a row are alike. */
async function lightBeside(page: Page): Promise<number> {
  await page.evaluate((to) => window.cockpit?.look(to), BESIDE);
  let light = NaN;
  await expect
    .poll(
      async () => {
        const before = light;
        await page.waitForTimeout(800);
        await untilAtRest(page);
        light = await page.evaluate(medianLight);
        return light === before;
      },
      { timeout: 60_000 },
    )
    .toBe(true);
  return light;
}

/** Of the middle of the map, from its own canvas: a name or a road more or less does not move the median. */
function medianLight(): number {
  const map = document.querySelector<HTMLCanvasElement>('.map canvas');
  const drawing = new OffscreenCanvas(64, 36).getContext('2d');
  if (!map || !drawing) throw new Error('no map to look at');
  window.cockpit?.renderNow();
  drawing.drawImage(map, 0, 0, 64, 36);
  const { data } = drawing.getImageData(16, 9, 32, 18);
  const lights = Array.from(
    { length: data.length / 4 },
    (_, i) => (data[i * 4] ?? 0) + (data[i * 4 + 1] ?? 0) + (data[i * 4 + 2] ?? 0),
  ).sort((a, b) => a - b);
  return (lights[lights.length >> 1] ?? 0) / 3;
}

it('is begun by one person at the desk, after a look at what it changes', async () => {
  const before = await lightBeside(wall.page);
  const desk = await openPage(browser, `${city.url}/desk?e2e=0.25`);
  await desk.page.locator('[data-test=mode]').waitFor();
  await desk.page.keyboard.press('z');
  const form = desk.page.locator('[data-test=crisis-form]');
  await form.locator('select[name=area]').selectOption(CANGXI);
  await form.locator('select[name=level]').selectOption('III');
  await form.locator('input[name=minutes]').fill('20');
  await form.locator('input[name=reason]').fill('嘉陵江苍溪段超警，转移群众');
  await form.locator('[data-test=look]').click();
  await desk.page.locator('[data-test=switch-preview] [data-part=feed]').first().waitFor();
  await form.locator('[data-test=alone]').click();
  await desk.page.locator('[data-test=crisis]').getByText('嘉陵江苍溪段超警').first().waitFor();
  await desk.page.locator('[data-test=mode].crisis').waitFor();
  expect(desk.faults).toEqual([]);
  await desk.page.close();

  await wall.page.locator('[data-test=mode].crisis').waitFor();
  await wall.page.locator('.wall[data-scene=overview]').waitFor();
  await wall.page.locator('[data-slot=left] [data-test=crisis-figures]').waitFor();
  await wall.page.locator('[data-slot=left] [data-test=command-tree]').waitFor();
  await wall.page.locator('[data-panel=sign-shapes]').waitFor();
  await wall.page.locator('[data-panel=vital-signs]').waitFor({ state: 'detached' });
  const sentence = await wall.page.locator('[data-test=sentence]').innerText();
  // Written out where there is room for it.
  const named = wall.page.locator('[data-test=sentence] [title]');
  expect(await named.getAttribute('title')).toMatch(/苍溪县/);
  expect(sentence).toMatch(/T\+00:0\d/);
  expect(sentence).toMatch(/嘉陵江苍溪段超警/);
  expect(sentence).toMatch(/洪涝灾害Ⅲ级/);
  await expect.poll(() => slotWidthU(wall.page), PATIENTLY).toBeCloseTo(31.8, 0);
  const dimmed = await lightBeside(wall.page);
  const seen = `${before} → ${dimmed}`;
  expect(dimmed / before, seen).toBeGreaterThan(0.83);
  expect(dimmed / before, seen).toBeLessThan(0.93);
});

it('ends by the word of the officer, and the wall is as before', async () => {
  const { crises } = (await (await fetch(`${city.url}/api/crisis`)).json()) as CrisisView;
  expect(crises).toMatchObject([{ area: CANGXI, isAlone: true, level: 'III' }]);
  const dimmed = await lightBeside(wall.page);
  const change = { verb: 'end', area: CANGXI };
  await post(`${city.url}/api/crisis/alone`, { action: randomUUID(), reason: '水位已退', change });
  await wall.page.locator('[data-test=mode]:not(.crisis)').waitFor();
  await wall.page.locator('[data-panel=vital-signs]').waitFor();
  await expect.poll(() => slotWidthU(wall.page), PATIENTLY).toBeCloseTo(19.6, 0);
  await until(wall.page, () => window.cockpit?.work().flying === false, null);
  const after = await lightBeside(wall.page);
  expect(dimmed / after, `${dimmed} → ${after}`).toBeGreaterThan(0.83);
  expect(dimmed / after, `${dimmed} → ${after}`).toBeLessThan(0.93);
});
