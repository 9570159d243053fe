// The past on the screen: a vehicle stands where it stood, everything says so, and one key leads back to now.
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, until, untilReady, type Watched } from './kit/browser.ts';
import { RunningCity } from './kit/processes.ts';

let city: RunningCity;
let browser: BrowserContext;
let desk: Watched;

const LAYER = 'vehicle-position';
/** Degrees: about 500 m, and about 150 m. */
const FAR = 0.005;
const NEAR = 0.0015;

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.1 });
  browser = await openBrowser({ width: 1280, height: 800 });
  desk = await openPage(browser, `${city.url}/desk?e2e`);
  await untilReady(desk.page);
  await until(desk.page, (layer) => (window.cockpit?.rows(layer) ?? 0) > 20, LAYER, 60_000);
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});
afterEach(() => expect(desk.faults).toEqual([]));

const test = (page: Page, name: string) => page.locator(`[data-test=${name}]`);
const cursor = (page: Page) =>
  page.evaluate(() => window.cockpit?.cursor ?? { state: '', at: 0, isWaiting: true });
/** The cursor stands, and what stands at it has been drawn. */
async function settled(page: Page): Promise<void> {
  await until(
    page,
    () => window.cockpit?.cursor.state === 'paused' && !window.cockpit.cursor.isWaiting,
    null,
  );
  const drawn = await page.evaluate(() => {
    window.cockpit?.render();
    return window.cockpit?.stats().frames ?? 0;
  });
  await until(page, (before) => (window.cockpit?.stats().frames ?? 0) > before, drawn);
}
const apart = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot((a[0] ?? 0) - (b[0] ?? 0), (a[1] ?? 0) - (b[1] ?? 0));

/** Where everything of the layer is displayed at the moment of the cursor. */
const places = (page: Page): Promise<{ at: number; of: Record<string, readonly [number, number]> }> =>
  page.evaluate((layer) => {
    const of: Record<string, readonly [number, number]> = {};
    for (const key of window.cockpit?.keys(layer) ?? []) {
      const at = window.cockpit?.lonLatOf(layer, key);
      if (at) of[key] = at;
    }
    return { at: window.cockpit?.cursor.at ?? 0, of };
  }, LAYER);

/** By keys alone: whole minutes, then seconds. */
async function stepTo(page: Page, at: number): Promise<void> {
  const offMs = at - (await cursor(page)).at;
  const [minutes, seconds] = [Math.trunc(offMs / 60_000), Math.round((offMs % 60_000) / 1000)];
  const side = offMs < 0 ? 'ArrowLeft' : 'ArrowRight';
  for (let turn = 0; turn < Math.abs(minutes); turn++) await page.keyboard.press(`Shift+${side}`);
  for (let turn = 0; turn < Math.abs(seconds); turn++) await page.keyboard.press(side);
  await settled(page);
}

/** Where one place of the land stands in this page's map: CSS pixels, drawn just now. */
const standing = (of: Pick<Page, 'evaluate'>): Promise<{ x: number; y: number; heightM: number } | null> =>
  of.evaluate(() => {
    window.cockpit?.renderNow();
    const at = window.cockpit?.project(105.84, 32.44);
    return at ? { ...at, heightM: window.cockpit?.heightM ?? 0 } : null;
  });

/** How far apart the two halves show it, near the ground; Infinity where one does not. */
async function apartPx(a: Pick<Page, 'evaluate'>, b: Pick<Page, 'evaluate'>): Promise<number> {
  const [one, other] = await Promise.all([standing(a), standing(b)]);
  if (!one || !other || one.heightM > 20_000) return Infinity;
  return Math.hypot(one.x - other.x, one.y - other.y);
}

describe('the past', () => {
  let then: Awaited<ReturnType<typeof places>>;
  let mover = '';

  it('shows a vehicle where it stood, in a white frame, with the word and the clock of then', async () => {
    const { page } = desk;
    then = await places(page);
    await until(
      page,
      ({ layer, of, far }) =>
        Object.entries(of).some(([key, [lon, lat]]) => {
          const now = window.cockpit?.lonLatOf(layer, key);
          return now && Math.hypot(now[0] - lon, now[1] - lat) > far;
        }),
      { layer: LAYER, of: then.of, far: FAR },
      120_000,
    );
    const later = await places(page);
    mover =
      Object.keys(then.of).find((key) => apart(later.of[key] ?? [0, 0], then.of[key] ?? [0, 0]) > FAR) ?? '';
    await page.keyboard.press('p');
    await test(page, 'replay-frame').waitFor({ state: 'attached' });
    await settled(page);
    await stepTo(page, then.at);
    expect(Math.abs((await cursor(page)).at - then.at)).toBeLessThan(1000);
    const shown = await places(page);
    expect(apart(shown.of[mover] ?? [0, 0], then.of[mover] ?? [0, 0])).toBeLessThan(NEAR);
    expect(await test(page, 'replay-chip').innerText()).toBe('回放');
    const clock = await page.evaluate((at) => new Date(at).toLocaleTimeString('en-GB', { timeZone: 'Asia/Shanghai' }), (await cursor(page)).at); // prettier-ignore
    expect(await test(page, 'cursor-flag').innerText()).toContain(clock);
    await until(page, (wanted) => document.querySelector('[data-test=status-bar] time')?.textContent === wanted, clock); // prettier-ignore
  });

  it('stands still while it is paused, and moves when it plays', async () => {
    const { page } = desk;
    const still = await places(page);
    const frames = await page.evaluate(() => window.cockpit?.stats().frames ?? 0);
    await page.evaluate(() => window.cockpit?.render());
    await until(page, (before) => (window.cockpit?.stats().frames ?? 0) > before, frames);
    expect(await places(page)).toEqual(still);
    for (let turn = 0; turn < 3; turn++) await page.keyboard.press('.');
    await page.keyboard.press('Space');
    await until(page, (from) => (window.cockpit?.cursor.at ?? 0) > from + 15_000, still.at);
    await page.keyboard.press('Space');
    await settled(page);
    const moved = await places(page);
    expect(Object.keys(still.of).some((key) => apart(moved.of[key] ?? [0, 0], still.of[key] ?? [0, 0]) > NEAR / 2)).toBe(true); // prettier-ignore
  });

  it('shows the moment by the other clock with one key, and says so', async () => {
    const { page } = desk;
    await page.keyboard.press('e');
    await until(page, () => document.querySelector('[data-test=replay-chip]')?.textContent?.includes('更正后'), null); // prettier-ignore
    await settled(page);
    const { rows } = await page.evaluate((layer) => ({ rows: window.cockpit?.rows(layer) ?? 0 }), LAYER);
    expect(rows).toBeGreaterThan(0);
    await page.keyboard.press('x');
    await test(page, 'differences').waitFor();
    await page.keyboard.press('x');
    await page.keyboard.press('e');
    await until(page, () => document.querySelector('[data-test=replay-chip]')?.textContent === '回放', null);
    await settled(page);
  });

  it('lays the day of a bus on the map as a track, with a list that leads to each part of it', async () => {
    const { page } = desk;
    await test(page, 'list-grid').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await test(page, 'pick-card').waitFor();
    await page.keyboard.press('y');
    const legs = test(page, 'track').locator('li');
    await legs.first().waitFor();
    expect(await test(page, 'track').innerText()).toMatch(/全程/);
    await legs.first().locator('button').click();
    await settled(page);
    await page.keyboard.press('y');
    expect(await legs.count()).toBe(0);
    await page.keyboard.press('Escape');
  });

  it('follows the hand along the axis, closer where the wheel says so', async () => {
    const { page } = desk;
    const box = await test(page, 'time-axis').boundingBox();
    if (!box) throw new Error('no axis');
    const now = (await cursor(page)).at;
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2);
    for (let turn = 0; turn < 6; turn++) await page.mouse.wheel(0, -100);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.55, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await settled(page);
    expect((await cursor(page)).at).toBeLessThan(now);
    // Long before the server ran: nothing is recorded, and that is said.
    await test(page, 'transport').getByText('此刻无记录').waitFor();
    expect(await page.evaluate((layer) => window.cockpit?.rows(layer), LAYER)).toBe(0);
  });

  it('says so when history cannot be had, and goes on as soon as it can', async () => {
    const { page } = desk;
    await city.stopServer();
    await page.keyboard.press('ArrowLeft');
    await test(page, 'transport').getByText('历史没有取到').waitFor();
    await city.startServer();
    await settled(page);
    await until(page, () => window.cockpit?.link === 'live', null, 60_000);
    await test(page, 'replay-frame').waitFor({ state: 'attached' });
  });

  it('ends with one key: everything is of now again, and moves on', async () => {
    const { page } = desk;
    await page.keyboard.press('Home');
    await test(page, 'replay-frame').waitFor({ state: 'detached' });
    expect(await test(page, 'replay-chip').count()).toBe(0);
    expect((await cursor(page)).state).toBe('live');
    await until(page, (layer) => (window.cockpit?.rows(layer) ?? 0) > 20, LAYER, 60_000);
    const tick = await page.evaluate(() => window.cockpit?.stats().lastTick ?? 0);
    await until(page, (before) => (window.cockpit?.stats().lastTick ?? 0) > before + 1, tick);
    const place = await page.evaluate(({ layer, key }) => window.cockpit?.lonLatOf(layer, key), { layer: LAYER, key: mover }); // prettier-ignore
    expect(apart(place ?? [0, 0], then.of[mover] ?? [0, 0])).toBeGreaterThan(NEAR);
  });

  it('lays two moments beside each other, cameras in step, lists what differs, and leaves nothing behind', async () => {
    const { page } = desk;
    await page.keyboard.press('k');
    const half = test(page, 'half');
    await half.waitFor();
    const frame = await (await half.elementHandle())?.contentFrame();
    if (!frame) throw new Error('the half has no page');
    await frame.waitForFunction(() => window.cockpit?.cursor.state === 'paused' && !window.cockpit.cursor.isWaiting, null, { timeout: 60_000 }); // prettier-ignore
    expect(await frame.locator('[data-test=half-moment]').innerText()).toContain('回放');
    expect(await test(page, 'own-moment').innerText()).toContain('实时');
    await page.evaluate(() => window.cockpit?.look({ lon: 105.84, lat: 32.44, rangeM: 9000 }));
    await expect.poll(() => apartPx(page, frame), { timeout: 60_000 }).toBeLessThan(4);
    await test(page, 'compared').locator('section[data-layer]').first().waitFor();
    await test(page, 'divider').focus();
    await page.keyboard.press('ArrowLeft');
    expect(await test(page, 'divider').getAttribute('aria-valuenow')).toBe('45');
    await page.keyboard.press('k');
    await half.waitFor({ state: 'detached' });
    expect(page.frames()).toHaveLength(1);
  });

  it('lists its keys', async () => {
    const { page } = desk;
    await page.keyboard.press('?');
    await test(page, 'help').getByText('回到实时').waitFor();
    await page.keyboard.press('Escape');
  });
});
