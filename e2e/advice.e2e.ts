// A flood over the real pages: a model is run at the desk out of live feeds, its options stand on the wall and lift off the time axis,
// and one of them is adopted: its tasks are those of the incident.
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { leaveMapOut, openBrowser, openPage, type Watched } from './kit/browser.ts';
import { post, RunningCity } from './kit/processes.ts';

let city: RunningCity;
let browser: BrowserContext;
let desk: Watched;
let incident = 0;

/** The flood of the playbook, nine hours in. */
const FORECASTS = {
  baozhusi: [
    [0, 5350],
    [1, 6000],
    [3, 7100],
    [5, 7600],
    [7, 7100],
    [11, 5200],
    [15, 3600],
    [21, 2200],
    [39, 1200],
  ],
  'g-shangshipan': [
    [0, 2875],
    [1, 3200],
    [5, 4900],
    [8, 5900],
    [11, 5600],
    [15, 4300],
    [21, 2900],
    [39, 1600],
  ],
  'g-xiasi': [
    [0, 2100],
    [2, 2450],
    [5, 1900],
    [9, 1100],
    [15, 600],
    [27, 300],
  ],
} as const;
const SCHEMES = {
  甲: {
    name: '甲 错峰拦洪',
    outflow: [
      [0, 2000],
      [4, 1500],
      [11, 3500],
      [15, 4500],
      [21, 4000],
    ],
  },
  乙: {
    name: '乙 后期敞泄',
    outflow: [
      [0, 900],
      [1, 3500],
      [4, 5500],
      [7, 7000],
      [13, 5000],
      [19, 3000],
    ],
  },
} as const;

const inject = (body: Readonly<Record<string, unknown>>): Promise<unknown> =>
  post(`${city.feedsUrl}/control/inject`, body);
const test = (page: Page, name: string): Locator => page.locator(`[data-test=${name}]`);
const rowsOf = async (layer: string): Promise<number> => {
  const answer = await fetch(`${city.url}/api/layers/${layer}?format=json`);
  return ((await answer.json()) as { total: number }).total;
};
/** Feeds that would otherwise be asked minutes later. */
const OFTEN = { periodS: 3 };

beforeAll(async () => {
  city = await RunningCity.start({
    scale: 0.01,
    feeds: { 'flow-forecast': OFTEN, 'release-plan': OFTEN, reservoir: OFTEN },
  });
  for (const [id, flow] of Object.entries(FORECASTS)) await inject({ kind: 'flow-forecast', id, flow });
  for (const [scheme, said] of Object.entries(SCHEMES))
    await inject({ kind: 'release-plan', reservoir: 'baozhusi', scheme, ...said });
  const said = { action: 'advice-e2e-report', kind: 'flood', title: '嘉陵江洪水', place: '昭化' };
  const reported = (await post(`${city.url}/api/incidents`, said)) as {
    incident: { id: number; seq: number };
  };
  incident = reported.incident.id;
  const asked = { action: 'advice-e2e-accept', seen: reported.incident.seq };
  await post(`${city.url}/api/incidents/${incident}/accept`, asked);
  browser = await openBrowser({ width: 1280, height: 800 });
  await leaveMapOut(browser);
  desk = await openPage(browser, `${city.url}/desk`);
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});

it('is run at the desk, and lays its options side by side with what each costs', async () => {
  const { page } = desk;
  // The schemes have come over their feed.
  await expect.poll(() => rowsOf('release-plan'), { timeout: 60_000 }).toBe(2);
  await expect.poll(() => rowsOf('reservoir'), { timeout: 60_000 }).toBeGreaterThan(2);
  await page.getByRole('tab', { name: '推演' }).click();
  const acts = test(page, 'advice-acts');
  await acts.locator('[data-run=flood-routing]').click();
  const table = test(page, 'advice-table');
  await table.waitFor();
  await expect.poll(() => table.locator('thead [data-option]').count()).toBe(3);
  const heads = await table.locator('thead [data-option]').allTextContents();
  expect(heads.map((text) => text.trim().split(/\s+/)[0])).toEqual(['现行调度', '甲', '乙']);
  expect(await table.locator('thead .advised').getAttribute('data-option')).toBe('a');
  // 1,210 residents, more or less of them there by the hour of the crest.
  expect(await table.locator('tbody tr').first().textContent()).toMatch(/1,(150|210|271) 人/);
  expect(await table.textContent()).toContain('超保证');
  await page.locator('[data-course] svg').first().waitFor();
});

it('lifts off the time axis, and says what it holds at a moment ahead', async () => {
  const { page } = desk;
  const peak = page.locator('[data-branch=b]');
  await peak.waitFor();
  expect(await peak.textContent()).toMatch(/乙 465\.\d\d/);
  await peak.scrollIntoViewIfNeeded();
  const axis = await test(page, 'time-axis').boundingBox();
  if (!axis) throw new Error('no axis');
  await page.mouse.move(axis.x + axis.width * 0.8, axis.y + axis.height / 2);
  // Said with the next frame.
  await test(page, 'axis-ahead')
    .getByText(/甲 46\d\.\d\d m/)
    .waitFor();
  await page.mouse.move(0, 0);
});

it('is adopted for the incident that is open, with a reason, and its tasks are given', async () => {
  const { page } = desk;
  await page.getByRole('tab', { name: '待办' }).click();
  await page.getByText('嘉陵江洪水').first().click();
  const acts = test(page, 'advice-acts');
  await acts.getByRole('button', { name: '采纳', exact: true }).click();
  expect(await acts.locator('[name=advice-option]').inputValue()).toBe('a');
  await acts.locator('[name=advice-reason]').fill('先保古城，按甲方案报省调度');
  const stale = acts.locator('input[type=checkbox]');
  if (await stale.isVisible()) await stale.check();
  await test(page, 'advice-confirm').click();
  await test(page, 'advice-adopted').waitFor();
  expect(await test(page, 'advice-adopted').locator('li').count()).toBe(3);
  const tasks = (await (await fetch(`${city.url}/api/tasks?incident=${incident}`)).json()) as {
    tasks: { task: { unit: { id: string }; text: string } }[];
  };
  const given = tasks.tasks.map(({ task }) => task.unit.id).sort();
  expect(given).toEqual(['dept:hydropower', 'dept:water', 'town:510811108']);
  expect(desk.faults).toEqual([]);
});
