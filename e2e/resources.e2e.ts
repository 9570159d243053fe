// A flood at the desk: what is near by road, boats called for it, a cut that isolates a town seen before and after, and areas
// in time on the map.
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RoadsView } from '../contracts/records/road.ts';
import { leaveMapOut, openBrowser, openPage, type Watched } from './kit/browser.ts';
import { RunningCity } from './kit/processes.ts';

let city: RunningCity;
let browser: BrowserContext;
let desk: Watched;

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.01 });
  browser = await openBrowser({ width: 1280, height: 800 });
  await leaveMapOut(browser);
  desk = await openPage(browser, `${city.url}/desk`);
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});

const test = (page: Page, name: string): Locator => page.locator(`[data-test=${name}]`);

/** By the server of this page, as whoever the page is. */
const post = async (path: string, body: object): Promise<unknown> => {
  const answer = await desk.page.request.post(`${city.url}${path}`, { data: body });
  expect([path, answer.status(), answer.status() === 201 ? '' : await answer.text()]).toEqual([
    path,
    201,
    '',
  ]);
  return answer.json();
};

it('lists what there is, by kind and by what it holds, each with its age and source', async () => {
  const { page } = desk;
  await page.getByRole('tab', { name: '资源' }).click();
  const rows = page.locator('[data-resource]');
  await rows.first().waitFor();
  expect(await rows.count()).toBeGreaterThan(60);
  await test(page, 'resource-item').selectOption('boats');
  await expect.poll(() => rows.count()).toBe(9);
  expect(await rows.first().textContent()).toMatch(/冲锋舟 \d+\/\d+/);
  expect(await rows.first().textContent()).toContain('演示数据');
  await test(page, 'resource-item').selectOption({ label: '全部' });
});

it('boats are called for an incident from its card, what is more than free is said, and they are released', async () => {
  const { page } = desk;
  await post('/api/incidents', {
    ...{ action: 'e2e-report-1', kind: 'flood', title: '白龙湖水位上涨', position: [105.64, 32.49] },
  });
  await test(page, 'incident-queue').getByText('白龙湖水位上涨').first().click();
  await test(page, 'near-incident').click();
  await test(page, 'near-head').waitFor();
  await test(page, 'resource-item').selectOption('boats');
  const nearest = page.locator('[data-resource]').first();
  await expect.poll(() => nearest.textContent()).toMatch(/公路 [\d.]+ km，约 \d+ 分钟/);
  await nearest.getByRole('button').first().click();
  const form = test(page, 'book-form');
  await form.locator('[data-amount=boats]').fill('999');
  expect(await form.textContent()).toContain('超出可调数量');
  expect(await form.getByRole('button', { name: '调用' }).isDisabled()).toBe(true);
  await form.locator('[data-amount=boats]').fill('2');
  await form.getByRole('button', { name: '调用' }).click();
  const booking = nearest.locator('[data-state=held]');
  await booking.waitFor();
  await expect.poll(() => test(page, 'incident-resources').textContent()).toContain('冲锋舟 2');
  await booking.getByRole('textbox').fill('归队');
  await booking.locator('[data-test=release]').click();
  await expect.poll(() => nearest.locator('[data-booking]').count()).toBe(0);
});

it('the fewest that are enough in time are found', async () => {
  const { page } = desk;
  const form = test(page, 'enough-form');
  await form.getByRole('spinbutton').first().fill('20');
  await form.getByRole('button').click();
  await expect.poll(() => test(page, 'near-head').textContent()).toMatch(/最晚到达|时限内全部只有/);
});

it('a cut around a town isolates it, with its residents and the reason; opened again it is not', async () => {
  const { page } = desk;
  const ring = [
    [104.83, 32.4],
    [104.92, 32.4],
    [104.92, 32.47],
    [104.83, 32.47],
  ];
  await post('/api/roads/closures', { action: 'e2e-cut-00001', ring, reason: '山体滑坡，道路中断' });
  await page.getByRole('tab', { name: '断路' }).click();
  const board = test(page, 'roads');
  await expect.poll(() => board.textContent()).toContain('山体滑坡，道路中断');
  await expect.poll(() => board.locator('[data-town]').count()).toBeGreaterThan(0);
  const line = board.locator('[data-closure^="hand/"]');
  await line.getByRole('textbox').fill('抢通');
  await line.getByRole('button', { name: '恢复通行' }).click();
  await expect.poll(() => board.locator('[data-closure^="hand/"]').count()).toBe(0);
  const { isolated } = (await (await page.request.get(`${city.url}/api/roads`)).json()) as RoadsView;
  expect(isolated.filter(({ cuts }) => cuts.some((cut) => cut.startsWith('hand/')))).toEqual([]);
});
