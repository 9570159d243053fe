// Files dropped on the page: a recording that was saved from this very server is played from its file, and files with
// places become temporary layers that are seen, picked and removed.
import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, until, untilReady, type Watched } from './kit/browser.ts';
import { StandingCity } from './kit/standing-city.ts';

const LAYER = 'vehicle-position';
const PLACE = [105.83, 32.44] as const;
let city: StandingCity;
let browser: BrowserContext;
let desk: Watched;
let saved: Buffer;

beforeAll(async () => {
  city = await StandingCity.start();
  browser = await openBrowser({ width: 1280, height: 800 });
  desk = await openPage(browser, `${city.url}/desk?e2e`);
  await untilReady(desk.page);
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});
afterEach(() => expect(desk.faults).toEqual([]));

const test = (page: Page, name: string) => page.locator(`[data-test=${name}]`);
const cursor = (page: Page) =>
  page.evaluate(() => window.cockpit?.cursor ?? { state: '', at: 0, isWaiting: true });
const placesOf = (page: Page): Promise<(readonly [number, number] | null)[]> =>
  page.evaluate(
    (layer) =>
      (window.cockpit?.keys(layer) ?? []).sort().map((key) => window.cockpit?.lonLatOf(layer, key) ?? null),
    LAYER,
  );

/** As a hand does it: held over the page, then let go. */
async function drop(page: Page, files: readonly { name: string; content: Buffer }[]): Promise<void> {
  const told = files.map(({ name, content }) => ({ name, base64: content.toString('base64') }));
  await page.evaluate((list) => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of list) {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
    }
    for (const kind of ['dragover', 'drop'])
      document.body.dispatchEvent(
        new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }),
      );
  }, told);
}

/** Red, green, blue of one pixel of the picture, 0 to 255. */
async function pixelAt(page: Page, { x, y }: { x: number; y: number }): Promise<readonly number[]> {
  const png = await page.screenshot({ clip: { x: Math.round(x), y: Math.round(y), width: 1, height: 1 } });
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const drawing = new OffscreenCanvas(1, 1).getContext('2d');
    drawing?.drawImage(picture, 0, 0);
    return [...(drawing?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3);
  }, png.toString('base64'));
}

describe('a recording', () => {
  let before: Awaited<ReturnType<typeof placesOf>>;

  it('is saved from the time axis, with its progress, as one file', async () => {
    const { page } = desk;
    await page.keyboard.press('Control+s');
    const form = test(page, 'save-recording');
    await form.locator('input').first().fill('2026-07-16T18:17:00');
    await form.locator('input').nth(1).fill('2026-07-16T18:19:00');
    const download = page.waitForEvent('download');
    await form.getByRole('button', { name: '保存' }).click();
    saved = readFileSync(await (await download).path());
    await test(page, 'saved').getByText('guangyuan-20260716-1817.cockpit').waitFor();
    expect(saved.subarray(0, 7).toString('latin1')).toBe('COCKPIT');
    await form.getByRole('button', { name: '关闭' }).click();
  });

  it('is played from the file, and says whose it is', async () => {
    const { page } = desk;
    await until(page, (layer) => (window.cockpit?.rows(layer) ?? 0) > 20, LAYER);
    before = await placesOf(page);
    await drop(page, [{ name: 'evening.cockpit', content: saved }]);
    const chip = test(page, 'recording-chip');
    await chip.getByText('evening.cockpit').waitFor();
    expect(await chip.innerText()).toMatch(/录像[\s\S]*广元市[\s\S]*18:17:00—18:19:00[\s\S]*演示数据/);
    await until(
      page,
      () => window.cockpit?.cursor.state === 'paused' && !window.cockpit.cursor.isWaiting,
      null,
    );
    expect(await test(page, 'replay-chip').innerText()).toBe('录像');
    expect(Math.abs((await cursor(page)).at - Date.UTC(2026, 6, 16, 10, 17))).toBeLessThan(5000);
    await until(page, (layer) => (window.cockpit?.rows(layer) ?? 0) > 20, LAYER);
    const then = await placesOf(page);
    expect(then).not.toEqual(before);
    for (let turn = 0; turn < 4; turn++) await page.keyboard.press('.');
    await page.keyboard.press('Space');
    // At its end it stands.
    await until(page, (end) => window.cockpit?.cursor.state === 'paused' && window.cockpit.cursor.at === end, Date.UTC(2026, 6, 16, 10, 19)); // prettier-ignore
    expect(await placesOf(page)).not.toEqual(then);
    await page.keyboard.press('Home');
    await chip.waitFor({ state: 'detached' });
    await until(page, () => window.cockpit?.cursor.state === 'live', null);
    await until(page, (layer) => (window.cockpit?.rows(layer) ?? 0) > 20, LAYER);
    // All of them are back; how far each has run on since its last report is its own.
    expect((await placesOf(page)).length).toBe(before.length);
  });

  it('that is cut off opens as far as it goes, and what is none is refused in a sentence', async () => {
    const { page } = desk;
    await drop(page, [{ name: 'cut.cockpit', content: saved.subarray(0, saved.length - 200) }]);
    await test(page, 'recording-chip').getByText('文件不完整').waitFor();
    await page.keyboard.press('Home');
    await test(page, 'recording-chip').waitFor({ state: 'detached' });
    await drop(page, [{ name: 'none.cockpit', content: Buffer.from('hello') }]);
    const refused = test(page, 'recording-refused');
    await refused.getByText('不是驾驶舱的录像文件').waitFor();
    await refused.getByRole('button').click();
  });
});

describe('a file with places', () => {
  it('becomes a temporary layer that is seen, picked and removed', async () => {
    const { page } = desk;
    const [lon, lat] = PLACE;
    const ring = [[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]].map(([x = 0, y = 0]) => [lon + x * 0.02, lat + y * 0.02]); // prettier-ignore
    const zone = { type: 'Feature', properties: { 名称: '演练区', 等级: '三级' }, geometry: { type: 'Polygon', coordinates: [ring] } }; // prettier-ignore
    const csv = `站名,经度,纬度\n集合点,${lon + 0.01},${lat}\n`;
    await page.getByRole('tab', { name: '图层' }).click();
    await drop(page, [
      { name: 'zone.geojson', content: Buffer.from(JSON.stringify(zone)) },
      { name: 'points.csv', content: Buffer.from(csv) },
      { name: 'plan.dwg', content: Buffer.from('AC1032') },
    ]);
    const list = test(page, 'temporary-layers');
    await list.getByText('zone.geojson').waitFor();
    await list.getByText('points.csv').waitFor();
    await test(page, 'dropped-notes').getByText('不认识 .dwg 文件').waitFor();
    await test(page, 'dropped-notes').getByRole('button').click();
    await page.evaluate(([east, north]) => {
      window.cockpit?.look({ lon: east, lat: north, rangeM: 12_000, pitchDeg: -89 });
      window.cockpit?.renderNow();
    }, PLACE);
    await until(page, () => window.cockpit?.globeReady, null, 60_000);
    // What is projected is as of the last frame.
    await page.evaluate(() => window.cockpit?.renderNow());
    const corner = [lon - 0.012, lat + 0.012] as const;
    const at = await page.evaluate((place) => window.cockpit?.project(place[0], place[1]) ?? null, corner);
    if (!at) throw new Error('the corner is out of sight');
    const box = await test(page, 'map').boundingBox();
    const spot = { x: at.x + (box?.x ?? 0), y: at.y + (box?.y ?? 0) };
    const filled = await pixelAt(page, spot);
    await page.mouse.click(spot.x, spot.y);
    const card = test(page, 'temporary-card');
    await card.getByText('演练区').first().waitFor();
    expect(await card.innerText()).toMatch(/临时图层 · zone\.geojson[\s\S]*等级\s*三级/);
    await page.keyboard.press('Escape');
    await list.getByRole('button', { name: 'zone.geojson 图层选项' }).click();
    await list.getByRole('button', { name: '移除' }).click();
    await list.getByText('zone.geojson').waitFor({ state: 'detached' });
    await page.evaluate(() => window.cockpit?.renderNow());
    const bare = await pixelAt(page, spot);
    expect(Math.max(...filled.map((value, index) => Math.abs(value - (bare[index] ?? 0))))).toBeGreaterThan(
      8,
    );
  });
});
