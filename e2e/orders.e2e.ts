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
  const unit = form.locator('[name=order-unit]');
  await unit.pressSequentially('yjgl');
  await form.locator('[role=option]').getByText('应急管理局').waitFor();
  await page.keyboard.press('Enter');
  await form.locator('[data-test=order-to] [data-unit="dept:emergency"]').waitFor();
  expect(await unit.inputValue()).toBe('');
  await form.locator('[name=order-what]').fill('立即封闭下河堤步道');
  const place = form.locator('[name=order-place]');
  await place.pressSequentially('baolun');
  await form.locator('[role=option]').getByText('宝轮镇').first().waitFor();
  await page.keyboard.press('Enter');
  expect(await place.inputValue()).toContain('宝轮');
  await form.locator('[data-test=order-at]').waitFor();
  await form.locator('[name=order-incident]').selectOption({ index: 1 });
  await form.locator('[name=order-clause]').selectOption('flood-city 5.2');
  await test(page, 'order-confirm').click();
  const order = page.locator('[data-order]').first();
  await order.waitFor();
  expect(await order.getAttribute('data-state')).toBe('issued');
  await order.getByText(/预案条款 广元市防汛应急预案.*5\.2/).waitFor();
  await order.locator('[data-verb=acknowledge]').click();
  await page.locator('[data-order][data-state=acknowledged]').waitFor();
  await order.locator('[data-test=knew]').click();
  await test(page, 'pack-title').waitFor();
  expect(await test(page, 'pack-title').textContent()).toContain('立即封闭下河堤步道');
  await test(page, 'leave-recording').click();
  await test(page, 'recording-chip').waitFor({ state: 'detached' });
});

it('gives an order for the incident that is open with three presses, and keeps what is known by hand', async () => {
  const { page } = desk;
  await page.getByRole('tab', { name: '待办' }).click();
  await page.getByText('江水漫堤').first().click();
  await test(page, 'order-incident').click();
  const form = test(page, 'order-form');
  await form.locator('[data-template=verify]').waitFor();
  expect(await form.locator('[name=order-place]').inputValue()).toBe('下河堤');
  await form.locator('[data-template=close-bank]').click();
  await test(page, 'order-confirm').click();
  await form.waitFor({ state: 'detached' });
  const given = page.locator('[data-order]').filter({ hasText: '立即封闭下河堤沿江步道' });
  await given.first().waitFor();
  await test(page, 'incident-orders').getByText('立即封闭下河堤沿江步道').first().waitFor();
  const packs = test(page, 'incident-packs');
  await packs.locator('[data-cause=order]').first().waitFor();
  await packs.locator('[data-test=keep-pack]').click();
  await packs.locator('[name=pack-title]').fill('会商前留存');
  await page.keyboard.press('Enter');
  const kept = packs.locator('[data-cause=hand]');
  await kept.getByText('会商前留存').waitFor();
  await kept.locator('[data-test=open-pack]').click();
  await test(page, 'pack-title').getByText('会商前留存').waitFor();
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
