// Gas at the desk: an incident at a hazard source is modelled by itself, a source is set by right click, who is in an area is said.
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openPage, untilReady, type Watched } from './kit/browser.ts';
import { RunningCity } from './kit/processes.ts';

let city: RunningCity;
let browser: BrowserContext;
let desk: Watched;

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.01 });
  browser = await openBrowser({ width: 1280, height: 800 });
  desk = await openPage(browser, `${city.url}/desk?e2e`);
  await untilReady(desk.page);
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});

const test = (page: Page, name: string): Locator => page.locator(`[data-test=${name}]`);

/** A click on a part of the map. */
async function clickMap(
  page: Page,
  at: readonly [number, number],
  button: 'left' | 'right' = 'left',
): Promise<void> {
  const box = await test(page, 'map').boundingBox();
  if (!box) throw new Error('no map');
  await page.mouse.click(box.x + box.width * at[0], box.y + box.height * at[1], { button });
}

it('an incident at a hazard source is modelled by itself, and says whom it holds', async () => {
  const { page } = desk;
  const answer = await page.request.post(`${city.url}/api/incidents`, {
    data: { action: 'e2e-leak-1', kind: 'hazmat', title: '液氨泄漏', position: [105.786, 32.386] },
  });
  expect(answer.status()).toBe(201);
  await page.getByRole('tab', { name: '险情', exact: true }).click();
  const plume = page.locator('[data-plume^="incident/"]');
  await plume.waitFor();
  await expect.poll(() => plume.textContent()).toMatch(/AEGL-2 [\d,]+ m · [\d,]+ \([\d,]+–[\d,]+\) 人/);
  expect(await test(page, 'hazards').textContent()).toContain('按平坦地形');
  await plume.getByRole('button').first().click();
  await expect.poll(() => test(page, 'pick-card').textContent()).toMatch(/区域内（估算）/);
  await expect.poll(() => test(page, 'exposure-people').textContent()).toMatch(/^\d/);
});

it('what is known better takes the place of what was assumed, and the end takes it off', async () => {
  const { page } = desk;
  const plume = page.locator('[data-plume^="incident/"]');
  await plume.getByRole('spinbutton').fill('2');
  await plume.getByRole('textbox').fill('企业报告');
  await plume.getByRole('button', { name: '修正' }).click();
  await expect.poll(() => plume.textContent()).toContain('速率为现场报告');
  await plume.getByRole('button', { name: '泄漏已止' }).click();
  await expect.poll(() => plume.count()).toBe(0);
});

it('a source is set at the place of a right click', async () => {
  const { page } = desk;
  await page.keyboard.press('Escape');
  await clickMap(page, [0.5, 0.5], 'right');
  await test(page, 'gas-here').click();
  await test(page, 'plume-gas').selectOption('chlorine');
  await test(page, 'plume-reason').fill('现场目击');
  await page.getByRole('button', { name: '推演扩散' }).click();
  const plume = page.locator('[data-plume^="hand/"]');
  await plume.waitFor();
  expect(await plume.textContent()).toContain('氯');
  expect(await plume.textContent()).toContain('速率为假定');
});

it('an area that was measured says who is in it', async () => {
  const { page } = desk;
  await test(page, 'map').focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('a');
  for (const at of [
    [0.35, 0.35],
    [0.65, 0.35],
    [0.65, 0.65],
    [0.35, 0.65],
  ] as const)
    await clickMap(page, at);
  await test(page, 'map').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => test(page, 'measure').textContent()).toMatch(/区域内（估算）.*常住人口/);
  expect(desk.faults).toEqual([]);
});
