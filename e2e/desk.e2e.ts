// The desk by keyboard and mouse: find, ask, measure, share, list, help.
import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, until, untilReady, type Watched } from './kit/browser.ts';
import { RunningCity } from './kit/processes.ts';

let city: RunningCity;
let browser: BrowserContext;
let desk: Watched;

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.1 });
  browser = await openBrowser({ width: 1280, height: 800 });
  desk = await openPage(browser, `${city.url}/desk?e2e`);
  await untilReady(desk.page);
  await until(desk.page, () => (window.cockpit?.rows('river-gauge') ?? 0) > 0, null, 60_000);
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});
afterEach(() => expect(desk.faults).toEqual([]));

const test = (page: Page, name: string) => page.locator(`[data-test=${name}]`);
const near = (page: Page, heightM: number): Promise<unknown> =>
  until(page, (most) => (window.cockpit?.heightM ?? 1e9) < most, heightM);

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

describe('the list', () => {
  it('saves the last hour of its layer as a file, after it has said how large it will be', async () => {
    const { page } = desk;
    const sheet = test(page, 'export-range');
    await sheet.locator('summary').click();
    const size = test(page, 'export-size');
    const span = sheet.locator('select').first();
    await size.getByText(/约 .* 条观测/).waitFor();
    // A city that has just begun has kept nothing yet: it is asked again when another span is chosen.
    while (!/约 [1-9]/.test(await size.innerText())) {
      await span.selectOption({ index: 1 });
      await size.getByText(/约 .* 条观测/).waitFor();
      await span.selectOption({ index: 0 });
      await size.getByText(/约 .* 条观测/).waitFor();
    }
    const bounds = await sheet.locator('.sheet').boundingBox();
    expect((bounds?.y ?? -1) >= 0 && (bounds?.y ?? 0) + (bounds?.height ?? 0) <= 800).toBe(true);
    const download = page.waitForEvent('download');
    await sheet.getByRole('button', { name: '导出', exact: true }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^bus-position-1h-\d{8}T\d{4}Z\.csv$/);
    const [head = '', first = ''] = readFileSync(await file.path(), 'utf8').split('\r\n');
    expect(first.split(',').length).toBe(head.split(',').length);
    expect(first).not.toBe('');
    await page.keyboard.press('Escape');
    await sheet.locator('.sheet').waitFor({ state: 'hidden' });
  });
});

describe('the panes', () => {
  it('are resized by hand and by key, stay so after a reload, and follow the window again', async () => {
    const { page } = desk;
    const below = page.locator('.below');
    const height = async (): Promise<number> => (await below.boundingBox())?.height ?? 0;
    const edge = test(page, 'splitter-below');
    const before = await height();
    const box = await edge.boundingBox();
    if (!box) throw new Error('the edge of the list is not there');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 - 90, { steps: 3 });
    await page.mouse.up();
    expect(await height()).toBeCloseTo(before + 90, -1);
    await edge.focus();
    await page.keyboard.press('ArrowDown');
    expect(await height()).toBeCloseTo(before + 74, -1);
    await page.reload();
    await untilReady(page);
    expect(await height()).toBeCloseTo(before + 74, -1);
    await test(page, 'splitter-below').dblclick();
    expect(await height()).toBeCloseTo(before, -1);
  });
});

describe('search', () => {
  it('finds by initials, flies there and says what is there', async () => {
    const { page } = desk;
    await page.keyboard.press('Control+k');
    await test(page, 'search').locator('input').fill('jgx');
    await page
      .getByRole('option', { name: /剑阁县/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await test(page, 'search').waitFor({ state: 'detached' });
    await test(page, 'here').getByText('剑阁县').first().waitFor();
    await near(page, 90_000);
  });

  it('selects a row of a layer, and remembers what was chosen', async () => {
    const { page } = desk;
    await page.keyboard.press('/');
    await test(page, 'search').locator('input').fill('宝珠寺坝上');
    await page.locator('[data-entry^="row:river-gauge/"]').first().click();
    await test(page, 'pick-card').waitFor();
    expect(await page.evaluate(() => window.cockpit?.selection?.layer)).toBe('river-gauge');
    await page.keyboard.press('Control+k');
    const last = test(page, 'search').getByRole('option');
    await last.first().waitFor();
    expect(await last.first().innerText()).toContain('宝珠寺坝上');
    await page.keyboard.press('Escape');
    await test(page, 'search').waitFor({ state: 'detached' });
  });

  it('says so when nothing fits', async () => {
    const { page } = desk;
    await page.keyboard.press('/');
    await test(page, 'search').locator('input').fill('qqqqzzzz');
    await page.getByText('没有找到').waitFor();
    await page.keyboard.press('Escape');
    await test(page, 'search').waitFor({ state: 'detached' });
  });
});

describe('asking a place', () => {
  it('answers a right click with county, height, coordinates and what is near', async () => {
    const { page } = desk;
    await clickMap(page, [0.4, 0.6], 'right');
    const here = test(page, 'here');
    await here.waitFor();
    expect(await test(page, 'height').innerText()).toMatch(/\d+\s*m/);
    const [wgs = '', gcj = ''] = await Promise.all(
      ['wgs84', 'gcj02'].map((name) => here.locator(`[data-test=${name}]`).innerText()),
    );
    expect(wgs).toMatch(/^10\d\.\d{6}, 3\d\.\d{6}$/);
    expect(gcj).not.toBe(wgs);
    await here.getByRole('button', { name: '10 km', exact: true }).click();
    await here.getByRole('button', { name: '10 km', exact: true, pressed: true }).waitFor();
    await page.keyboard.press('Escape');
    await here.waitFor({ state: 'detached' });
  });

  it('answers the menu key for the middle of the map', async () => {
    const { page } = desk;
    await test(page, 'map').focus();
    await page.keyboard.press('Shift+F10');
    await test(page, 'here').waitFor();
    await page.keyboard.press('Escape');
  });
});

describe('measuring', () => {
  it('measures by mouse, takes back by key, ends by Enter', async () => {
    const { page } = desk;
    await test(page, 'map').focus();
    await page.keyboard.press('d');
    for (const at of [
      [0.3, 0.5],
      [0.5, 0.4],
      [0.7, 0.6],
    ] as const)
      await clickMap(page, at);
    const panel = test(page, 'measure');
    const length = panel.locator('dd').first();
    await panel.getByText('3 点').waitFor();
    const whole = Number.parseFloat(await length.innerText());
    await page.keyboard.press('Control+z');
    await panel.getByText('2 点').waitFor();
    await test(page, 'map').focus();
    await page.keyboard.press('Enter');
    await panel.getByText('已完成').waitFor();
    expect(Number.parseFloat(await length.innerText())).toBeLessThan(whole);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
  });

  it('draws a terrain profile from the keyboard alone', async () => {
    const { page } = desk;
    await test(page, 'map').focus();
    await page.keyboard.press('t');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await until(page, () => window.cockpit?.globeReady, null);
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    const profile = test(page, 'profile');
    await profile.waitFor();
    await profile.focus();
    await page.keyboard.press('ArrowRight');
    await until(page, () => /\d+ m · /.test(document.querySelector('.said')?.textContent ?? ''), null);
    await test(page, 'map').focus();
    await page.keyboard.press('Escape');
    await test(page, 'measure').waitFor({ state: 'detached' });
  });
});

describe('sharing', () => {
  it('opens the same place, layers and selection from a link', async () => {
    const { page } = desk;
    await page.keyboard.press('Control+k');
    await test(page, 'search').locator('input').fill('宝珠寺坝上');
    await page.locator('[data-entry^="row:river-gauge/"]').first().click();
    await near(page, 20_000);
    await page.keyboard.press('b');
    const field = test(page, 'share-link');
    // The link follows the camera: it is taken when the camera has arrived at what was chosen.
    await until(
      page,
      () => {
        const link = document.querySelector<HTMLInputElement>('[data-test=share-link]')?.value;
        const chosen = window.cockpit?.selection;
        const seen = chosen && window.cockpit?.placeOf(chosen.layer, chosen.key);
        if (!link || !seen || !link.includes('v.object=')) return false;
        const [lon = 0, lat = 0] = (new URL(link).searchParams.get('v') ?? '').split(',').map(Number);
        const aimed = window.cockpit?.project(lon, lat);
        return aimed && Math.hypot(aimed.x - seen.x, aimed.y - seen.y) < 60;
      },
      null,
    );
    const link = await field.inputValue();
    const selection = await page.evaluate(() => window.cockpit?.selection);
    await test(page, 'map').focus();
    await page.keyboard.press('Escape');

    const other = await openPage(browser, link);
    // Close to, no name may be in sight: the place itself says when the map is there.
    await until(
      other.page,
      (key) => {
        const at = window.cockpit?.placeOf('river-gauge', key);
        const box = document.querySelector('[data-test=map]')?.getBoundingClientRect();
        const height = window.cockpit?.heightM ?? 0;
        if (!at || !box || height <= 0 || height > 20_000) return false;
        return Math.hypot(at.x - box.width / 2, at.y - box.height / 2) < 120;
      },
      selection?.key ?? '',
      60_000,
    );
    await until(other.page, (key) => window.cockpit?.selection?.key === key, selection?.key);
    await test(other.page, 'pick-card').waitFor();
    expect(other.faults).toEqual([]);
    await other.page.close();
  });
});

describe('layers', () => {
  it('go back and forth by key, and travel in a link with their filters', async () => {
    const { page } = desk;
    await page.locator('#tab-left-layers').click();
    const box = page.locator('[data-layer="ticket"]');
    const before = await box.isChecked();
    await box.click();
    await page.keyboard.press('Control+z');
    expect(await box.isChecked()).toBe(before);
    await page.keyboard.press('Control+y');
    expect(await box.isChecked()).toBe(!before);

    const link = new URL(page.url());
    link.searchParams.set('v.off', 'ticket');
    link.searchParams.append('v.filter', 'reservoir/name:宝珠寺');
    link.searchParams.set('v.list', 'reservoir');
    link.searchParams.set('v.layers', 'of-an-older-version');
    const other = await openPage(browser, link.href);
    await test(other.page, 'link-notes').getByText('v.layers').waitFor();
    await test(other.page, 'list-grid').getByText('宝珠寺').first().waitFor();
    expect(await other.page.locator('[data-test=list-grid] tbody tr[id]').count()).toBe(1);
    expect(other.faults).toEqual([]);
    await other.page.close();
    await page.keyboard.press('Control+z');
    await page.locator('#tab-left-tasks').click();
  });
});

describe('the list', () => {
  it('sorts, filters and is walked by keys, linked with the map', async () => {
    const { page } = desk;
    await page.getByRole('combobox', { name: '列表图层' }).selectOption('reservoir');
    const grid = test(page, 'list-grid');
    await grid.getByRole('columnheader', { name: '水位' }).first().getByRole('button').click();
    await grid.locator('th[aria-sort=ascending]').waitFor();
    const names = (): Promise<string[]> => grid.locator('tbody tr[id] td:first-child').allInnerTexts();
    const rising = await names();
    await grid.getByRole('columnheader', { name: '水位' }).first().getByRole('button').click();
    await grid.locator('th[aria-sort=descending]').waitFor();
    expect(await names()).not.toEqual(rising);
    await test(page, 'list-filter').fill('宝珠寺');
    await until(
      page,
      () => document.querySelectorAll('[data-test=list-grid] tbody tr[id]').length === 1,
      null,
    );
    await grid.focus();
    await page.keyboard.press('Space');
    await until(page, () => window.cockpit?.selection?.layer === 'reservoir', null);
    await grid.locator('tr[aria-selected=true]').waitFor();
  });
});

it('lists every key on request, keeps the focus inside and closes by Escape', async () => {
  const { page } = desk;
  await test(page, 'map').focus();
  await page.keyboard.press('?');
  const help = test(page, 'help');
  await help.getByText('地形剖面').waitFor();
  for (let press = 0; press < 4; press++) await page.keyboard.press('Tab');
  expect(
    await page.evaluate(
      () => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null,
    ),
  ).toBe(true);
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-test'))).toBe('map');
});

it('turns flat and back without losing the place', async () => {
  const { page } = desk;
  const isFlat = (wanted: string): boolean =>
    document.querySelector('[data-test=flat]')?.getAttribute('aria-pressed') === wanted;
  await test(page, 'flat').click();
  await until(page, isFlat, 'true');
  await near(page, 20_000);
  await test(page, 'map').focus();
  await page.keyboard.press('v');
  await until(page, isFlat, 'false');
  await near(page, 20_000);
});

it('says who cannot operate, in a sentence', async () => {
  const { page } = desk;
  await test(page, 'operate-open').click();
  const form = test(page, 'operate');
  await form.getByLabel('原因').fill('探头检修');
  await page.route('**/api/operations/silence', (route) =>
    route.fulfill({ status: 403, json: { code: 'request/forbidden', message: '' } }),
  );
  await form.getByRole('button', { name: '提交' }).click();
  await form.getByText('没有操作权限').waitFor();
  await page.unroute('**/api/operations/silence');
});
