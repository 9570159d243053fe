// An order over the real pages: given by key from the desk with what is known frozen, acknowledged, and the screen of the moment
// it was given shown again; then options, and a report of it.
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { leaveMapOut, openBrowser, openPage, type Watched } from './kit/browser.ts';
import { post, RunningCity } from './kit/processes.ts';

let city: RunningCity;
let browser: BrowserContext;
let desk: Watched;

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.01 });
  browser = await openBrowser({ width: 1280, height: 800 });
  await leaveMapOut(browser);
  const said = { action: 'orders-e2e-report', kind: 'flood', title: '江水漫堤', place: '下河堤' };
  const { incident } = (await post(`${city.url}/api/incidents`, said)) as {
    incident: { id: number; seq: number };
  };
  const asked = { action: 'orders-e2e-accept', seen: incident.seq };
  await post(`${city.url}/api/incidents/${incident.id}/accept`, asked);
  desk = await openPage(browser, `${city.url}/desk`);
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});

const test = (page: Page, name: string): Locator => page.locator(`[data-test=${name}]`);

it('gives an order by key, acknowledges it, and shows again what was known when it was given', async () => {
  const { page } = desk;
  await page
    .locator('main')
    .focus()
    .catch(() => undefined);
  await page.keyboard.press('u');
  const form = test(page, 'order-form');
  await form.waitFor();
  await form.locator('[name=order-unit]').selectOption('dept:emergency');
  await form.locator('[name=order-what]').fill('立即封闭下河堤步道');
  await form.locator('[name=order-incident]').selectOption({ index: 1 });
  await test(page, 'order-confirm').click();
  const order = page.locator('[data-order]').first();
  await order.waitFor();
  expect(await order.getAttribute('data-state')).toBe('issued');
  await order.locator('[data-verb=acknowledge]').click();
  await page.locator('[data-order][data-state=acknowledged]').waitFor();
  await order.locator('[data-test=knew]').click();
  await test(page, 'pack-title').waitFor();
  expect(await test(page, 'pack-title').textContent()).toContain('立即封闭下河堤步道');
  await test(page, 'leave-recording').click();
  await test(page, 'recording-chip').waitFor({ state: 'detached' });
});

it('lays options side by side and issues a report out of the log', async () => {
  const { page } = desk;
  await page.getByRole('tab', { name: '待办' }).click();
  await page.getByText('江水漫堤').first().click();
  const options = test(page, 'options');
  await options.waitFor();
  await options.locator('[data-option=none] summary').click();
  await options.locator('[data-option=none] button').first().click();
  await options.locator('[name=option-reason]').fill('先行处置，继续研判');
  await test(page, 'option-confirm').click();
  await test(page, 'choice').waitFor();
  await test(page, 'situation-write').click();
  await page.locator('[name=situation-text]').fill('下河堤步道已封闭，水位继续上涨。');
  await test(page, 'situation-sign').click();
  await page.locator('[data-report]').waitFor();
  expect(desk.faults).toEqual([]);
});
