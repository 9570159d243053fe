// Buildings on the desk: chosen by a click, lit, coloured, left out; asserted on the pixels of one tall house.
import { readFileSync } from 'node:fs';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseBuildingTable, placeOf, type BuildingTable } from '../client/stores/building-table.ts';
import { uses } from '../client/looks/building-look.ts';
import { openBrowser, openPage, until, untilReady, type Watched } from './kit/browser.ts';
import { RunningCity } from './kit/processes.ts';

interface House {
  readonly number: number;
  /** CSS pixels of the map. */
  readonly x: number;
  readonly y: number;
}
type Rgb = readonly [number, number, number];

let city: RunningCity;
let browser: BrowserContext;
let desk: Watched;
let table: BuildingTable;
let house: House;

const CENTRE = { lon: 105.8296, lat: 32.4354 };
const test = (page: Page, name: string): Locator => page.locator(`[data-test=${name}]`);

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.05 });
  browser = await openBrowser({ width: 1280, height: 800 });
  // Nothing but houses and dams: a warning in force lays its hatch and its colour over a house.
  desk = await openPage(browser, `${city.url}/desk?e2e=1&v.solo=reservoir`);
  table = parseBuildingTable(
    new Uint8Array(readFileSync(new URL('../.tiles/guangyuan/buildings/table.bin', import.meta.url))).buffer,
  );
  await untilReady(desk.page);
  house = await nearTallHouse(desk.page);
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});
afterEach(() => expect(desk.faults).toEqual([]));

/** Flies low over the tallest home near the centre, and finds where on the screen it is drawn. */
async function nearTallHouse(page: Page): Promise<House> {
  let number = -1;
  for (let row = 0; row < table.count; row++) {
    const [lon, lat] = placeOf(table, row) ?? [0, 0];
    const isNear = Math.abs(lon - CENTRE.lon) < 0.02 && Math.abs(lat - CENTRE.lat) < 0.02;
    if (!isNear || uses[table.use[row] ?? 0] !== 'residential') continue;
    if (number < 0 || (table.heightM[row] ?? 0) > (table.heightM[number] ?? 0)) number = row;
  }
  const [lon, lat] = placeOf(table, number) ?? [0, 0];
  await page.evaluate(([lon, lat]) => window.cockpit?.look({ lon, lat, rangeM: 900 }), [lon, lat] as const);
  await until(page, () => window.cockpit?.buildings?.shown, null, 60_000);
  await untilReady(page);
  const found = await page.evaluate(
    async ({ lon, lat, number }) => {
      const at = window.cockpit?.project(lon, lat);
      // Its foot stands in the middle of the picture and its body above it.
      for (let up = 0; at && up < 160; up += 8) {
        const hit = await window.cockpit?.buildings?.pick(at.x, at.y - up);
        if (hit?.number === number) return { x: at.x, y: at.y - up - 4 };
      }
      return null;
    },
    { lon, lat, number },
  );
  if (!found) throw new Error(`house ${number} at ${lon}, ${lat}: not drawn where it stands`);
  return { number, ...found };
}

/** Where the house is on the page. */
async function spot(page: Page): Promise<{ x: number; y: number }> {
  const box = await test(page, 'map').boundingBox();
  if (!box) throw new Error('no map');
  return { x: box.x + house.x, y: box.y + house.y };
}

/** The pixels around the house, and the middle one of them by each channel. */
async function pixels(page: Page, half = 24): Promise<{ median: Rgb; white: number }> {
  const { x, y } = await spot(page);
  const png = await page.screenshot({
    clip: { x: x - half, y: y - half, width: 2 * half, height: 2 * half },
  });
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const drawing = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    if (!drawing) throw new Error('no 2D canvas');
    drawing.drawImage(picture, 0, 0);
    const whole = drawing.getImageData(0, 0, picture.width, picture.height).data;
    let white = 0;
    for (let i = 0; i < whole.length; i += 4) if (Math.min(...whole.subarray(i, i + 3)) > 190) white++;
    const near = drawing.getImageData(picture.width / 2 - 2, picture.height / 2 - 2, 5, 5).data;
    const middle = (channel: number): number =>
      [...near].filter((_, i) => i % 4 === channel).sort((a, b) => a - b)[12] ?? 0;
    return { median: [middle(0), middle(1), middle(2)] as const, white };
  }, png.toString('base64'));
}

/** Draws once more and gives the picture until it looks as asked. */
async function untilSeen(page: Page, fits: (seen: { median: Rgb; white: number }) => boolean): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await page.evaluate(() => window.cockpit?.render());
    const seen = await pixels(page);
    if (fits(seen)) return;
    await page.waitForTimeout(250);
  }
  expect.unreachable(`the house never looked so: ${JSON.stringify(await pixels(page))}`);
}

describe('a building', () => {
  it('opens its card by a click, is lit, and lets go by Escape', async () => {
    const { page } = desk;
    const before = await pixels(page);
    const { x, y } = await spot(page);
    await page.mouse.click(x, y);
    const card = test(page, 'building-card');
    await card.waitFor();
    const text = await card.innerText();
    for (const part of ['住宅', `${table.floors[house.number]}`, '层', 'm', '示意'])
      expect(text).toContain(part);
    expect(text).toContain(`${table.residents[house.number]}`);
    expect(await test(page, 'building-source').innerText()).toContain('示意建筑');
    await untilSeen(page, ({ white }) => white > before.white + 20);
    await page.mouse.move(5, 5);
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    await untilSeen(page, ({ white }) => white <= before.white + 5);
  });

  it('is named where somebody asks what is here', async () => {
    const { page } = desk;
    const { x, y } = await spot(page);
    await page.mouse.click(x, y, { button: 'right' });
    await test(page, 'here-building').waitFor();
    expect(await test(page, 'here-building').innerText()).toContain(`${table.floors[house.number]} 层`);
    await page.keyboard.press('Escape');
    await test(page, 'here').waitFor({ state: 'detached' });
  });
});

describe('all buildings', () => {
  it('take the colour of an attribute, with counts in the legend', async () => {
    const { page } = desk;
    const plain = (await pixels(page)).median;
    await page.getByRole('tab', { name: '图层' }).click();
    await test(page, 'building-colour').selectOption('use');
    // Homes are celadon: green and blue well above red, brighter than stone.
    await untilSeen(page, ({ median: [r, g, b] }) => g > r + 12 && b > r + 8 && g > plain[1] + 20);
    // On a desk this narrow the legend gives way; its lines are there all the same.
    const legend = (await test(page, 'legend').textContent()) ?? '';
    expect(legend).toContain('住宅');
    const homes = table.use.reduce((sum, use) => sum + (uses[use] === 'residential' ? 1 : 0), 0);
    expect(legend.replaceAll(',', '')).toContain(String(homes));
    await test(page, 'building-colour').selectOption('floors');
    const floors = table.floors[house.number] ?? 0;
    expect(floors).toBeGreaterThan(15);
    await untilSeen(page, ({ median: [r, g] }) => g > r && r > plain[0]);
  });

  it('go by a filter: they are not drawn, not picked, not counted', async () => {
    const { page } = desk;
    const coloured = (await pixels(page)).median;
    await page.locator('[data-use=residential]').uncheck();
    await untilSeen(page, ({ median }) =>
      median.some((value, k) => Math.abs(value - (coloured[k] ?? 0)) > 12),
    );
    const behind = await page.evaluate(
      async ({ x, y }) => (await window.cockpit?.buildings?.pick(x, y))?.number ?? null,
      house,
    );
    expect(behind).not.toBe(house.number);
    const counts = (await test(page, 'building-counts').innerText()).replaceAll(',', '');
    const others = table.use.reduce((sum, use) => sum + (uses[use] === 'residential' ? 0 : 1), 0);
    expect(counts).toContain(`${others} / ${table.count}`);
    await test(page, 'building-clear').click();
    await untilSeen(page, ({ median }) =>
      median.every((value, k) => Math.abs(value - (coloured[k] ?? 0)) <= 12),
    );
  });
});
