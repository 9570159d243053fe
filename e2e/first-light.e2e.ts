// A browser against the real server and the simulated city: the land is drawn, the city moves, and people can ask it.
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { lookAt, openBrowser, openPage, until, untilLit, untilReady, type Watched } from './kit/browser.ts';
import type { Written } from '../client/map/stage/writing.ts';
import { untilAtRest } from './kit/keepings.ts';
import { RunningCity } from './kit/processes.ts';

let city: RunningCity;
let browser: BrowserContext;
let wall: Watched;

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.2, feeds: { noise: { periodS: 5 } } });
  browser = await openBrowser();
  wall = await openPage(browser, `${city.url}/?e2e`);
  await untilReady(wall.page);
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});
afterEach(() => expect(wall.faults).toEqual([]));

/** Clicks a row where it is displayed, after flying there. */
async function pick(page: Page, layer: string): Promise<string> {
  await until(page, (slug) => (window.cockpit?.keys(slug).length ?? 0) > 0, layer);
  const key = await page.evaluate((slug) => {
    const shown = window.cockpit?.keys(slug).find((one) => {
      const at = window.cockpit?.placeOf(slug, one);
      return at && at.x > 400 && at.x < 800 && at.y > 120 && at.y < 480;
    });
    return shown ?? '';
  }, layer);
  const at = await page.evaluate(
    ([slug, one]) => window.cockpit?.placeOf(slug ?? '', one ?? ''),
    [layer, key],
  );
  if (!at) throw new Error(`no ${layer} in view`);
  await page.mouse.click(at.x, at.y);
  return key;
}

/** From far away what moves is only counted: the camera goes where one of them is. */
async function comeNear(page: Page, layer: string): Promise<void> {
  await page.evaluate((slug) => {
    const [key = ''] = window.cockpit?.keys(slug) ?? [];
    const at = window.cockpit?.lonLatOf(slug, key);
    if (at) window.cockpit?.look({ lon: at[0], lat: at[1], rangeM: 6000 });
  }, layer);
  await until(page, () => (window.cockpit?.heightM ?? Infinity) < 12_000, null);
}

const tickOf = (page: Page): Promise<number> => page.evaluate(() => window.cockpit?.stats().lastTick ?? 0);

/** Pairs of boxes that overlap by more than a pixel's rounding; instruments lie where the page puts them. */
function overlapsAmong(written: readonly Written[]): string[] {
  return written.flatMap((a, index) =>
    written.slice(index + 1).flatMap((b) => {
      const same = a.as === b.as && (a.id === b.id || a.as === 'instrument');
      const [l, t, r, d] = a.box;
      const over = l + 1 < b.box[2] && b.box[0] + 1 < r && t + 1 < b.box[3] && b.box[1] + 1 < d;
      return over && !same ? [`${a.as} ${a.id} over ${b.as} ${b.id}`] : [];
    }),
  );
}

describe('first light', () => {
  it('draws the land: lit relief in the middle, dark around it, names placed', async () => {
    const middle = await untilLit(wall.page, { x: 470, y: 220, width: 200, height: 200 }, 0.5);
    const corner = await lookAt(wall.page, { x: 860, y: 520, width: 120, height: 80 });
    expect(middle.lit).toBeGreaterThan(0.5);
    expect(middle.colours).toBeGreaterThan(40);
    expect(corner.lit).toBeLessThan(0.2);
    // Names give way to severity signs, and those are where the city puts them: some counties always find a place.
    await until(
      wall.page,
      () => (window.cockpit?.labels() ?? []).filter((id) => id.startsWith('county-')).length >= 3,
      null,
    );
    const labels = await wall.page.evaluate(() => window.cockpit?.labels() ?? []);
    expect(labels.length).toBeLessThanOrEqual(22);
  });

  it('lets nothing that is read cover another, nor stand under an instrument: from the county down to the street', async () => {
    const { page } = wall;
    await page.keyboard.press('l');
    for (const layer of ['vehicle-position', 'ticket'])
      await page.locator(`input[data-layer=${layer}]`).setChecked(true);
    await page.keyboard.press('l');
    const seen = new Set<string>();
    for (const rangeM of [150_000, 30_000, 7000]) {
      await page.evaluate(
        (range) => window.cockpit?.look({ lon: 105.84, lat: 32.44, rangeM: range }),
        rangeM,
      );
      await until(
        page,
        (range) => {
          const there = window.cockpit?.written() ?? [];
          const near = Math.abs((window.cockpit?.heightM ?? 0) / range - 0.83) < 0.1;
          // Vehicles are groups at the second height only.
          const grouped = range !== 30_000 || there.some(({ as }) => as === 'group');
          return near && window.cockpit?.globeReady && grouped && there.length > 8;
        },
        rangeM,
        90_000,
      );
      // What rows do in the meantime must not make anything overlap either.
      for (let look = 0; look < 3; look++) {
        const written = await page.evaluate(() => {
          window.cockpit?.render();
          return window.cockpit?.written() ?? [];
        });
        for (const { as } of written) seen.add(as);
        expect(overlapsAmong(written)).toEqual([]);
        await until(
          page,
          (tick) => (window.cockpit?.stats().lastTick ?? 0) > tick,
          await tickOf(page),
          60_000,
        );
      }
    }
    expect([...seen].sort()).toEqual(['group', 'instrument', 'mark', 'name']);
    await page.keyboard.press('l');
    for (const layer of ['vehicle-position', 'ticket'])
      await page.locator(`input[data-layer=${layer}]`).setChecked(false);
    await page.keyboard.press('l');
    await page.locator('[data-test=map]').focus();
    await page.keyboard.press('Home');
    await until(page, () => (window.cockpit?.heightM ?? 0) > 200_000, null);
    await untilAtRest(page);
  });

  it.each([
    ...[
      'air-station',
      'bus-position',
      'feed-health',
      'flow-station',
      'noise-station',
      'outfall',
      'radiation-station',
    ],
    ...['rain-gauge', 'rain-grid', 'reservoir', 'river-gauge', 'road-event', 'road-speed', 'roadside-point'],
    ...[
      'slope-monitor',
      'ticket',
      'vehicle-position',
      'vessel-position',
      'warning',
      'water-section',
      'weather-station',
    ],
    ...['mode', 'opinion-post', 'dispatch-order'],
  ])('has rows of %s', async (layer) => {
    await until(wall.page, (slug) => (window.cockpit?.rows(slug) ?? 0) > 0, layer, 60_000);
  });

  it('moves: a vehicle under way is displayed elsewhere two seconds later, without a report in between being needed', async () => {
    const places = (): Promise<Record<string, { x: number; y: number } | null>> =>
      wall.page.evaluate(() => {
        window.cockpit?.renderNow();
        const keys = window.cockpit?.keys('vehicle-position').slice(0, 300) ?? [];
        return Object.fromEntries(
          keys.map((key) => [key, window.cockpit?.placeOf('vehicle-position', key) ?? null]),
        );
      });
    const before = await places();
    await wall.page.waitForTimeout(2500);
    const after = await places();
    const moved = Object.keys(before).filter((key) => {
      const [a, b] = [before[key], after[key]];
      return a && b && Math.hypot(a.x - b.x, a.y - b.y) > 0.01;
    });
    const jumped = moved.filter((key) => {
      const [a, b] = [before[key], after[key]];
      return a && b && Math.hypot(a.x - b.x, a.y - b.y) > 6;
    });
    expect(moved.length).toBeGreaterThan(20);
    expect(jumped).toEqual([]);
  });

  it('shows the picked row with units, source, region, reported place and age, and the whole row on request', async () => {
    const key = await pick(wall.page, 'river-gauge');
    const card = wall.page.locator('[data-test=pick-card]');
    await card.waitFor();
    expect(await wall.page.evaluate(() => window.cockpit?.selection)).not.toBeNull();
    expect(key).not.toBe('');
    const text = await card.innerText();
    expect(text).toMatch(/水位/);
    expect(text).toMatch(/\d\s*m/);
    expect(text).toMatch(/来源/);
    expect(text).toMatch(/前/);
    expect(await card.locator('[data-test=reported]').innerText()).toMatch(/10\d\.\d{5}, 3\d\.\d{5}/);
    await card.locator('[data-test=detail]').click();
    await wall.page.locator('[data-test=row-detail]').getByText(/协议/).waitFor();
  });

  it('follows a vehicle from close by until Escape', async () => {
    await wall.page.keyboard.press('Escape');
    // The scene shows none: people ask for them.
    await wall.page.keyboard.press('l');
    await wall.page.locator('input[data-layer=vehicle-position]').check();
    await wall.page.keyboard.press('l');
    await comeNear(wall.page, 'vehicle-position');
    await pick(wall.page, 'vehicle-position');
    await wall.page.locator('[data-test=pick-card]').waitFor();
    await wall.page.locator('[data-test=map]').focus();
    await wall.page.keyboard.press('f');
    await until(
      wall.page,
      () => window.cockpit?.following === true && (window.cockpit?.heightM ?? 1e9) < 35_000,
      null,
    );
    await wall.page.keyboard.press('Escape');
    await until(
      wall.page,
      () => window.cockpit?.following === false && window.cockpit.selection === null,
      null,
    );
    await wall.page.keyboard.press('Home');
    await until(wall.page, () => (window.cockpit?.heightM ?? 0) > 200_000, null);
  });

  it('answers to the keyboard: help, layers, arrows', async () => {
    const { page } = wall;
    await page.keyboard.press('?');
    await page.locator('[data-test=help]').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('[data-test=help]').waitFor({ state: 'detached' });
    await page.keyboard.press('l');
    await page.locator('[data-test=layer-tree]').waitFor();
    await page.keyboard.press('l');
    await page.locator('[data-test=layer-tree]').waitFor({ state: 'detached' });
    await page.keyboard.press('l');
    const seat = (): Promise<{ x: number; y: number } | null | undefined> =>
      page.evaluate(() => window.cockpit?.project(105.82, 32.43));
    const before = await seat();
    await page.locator('[data-test=map]').focus();
    await page.keyboard.press('ArrowRight');
    await until(
      page,
      (x) => Math.abs((window.cockpit?.project(105.82, 32.43)?.x ?? 0) - (x ?? 0)) > 20,
      before?.x ?? 0,
    );
    await page.keyboard.press('Home');
  });

  it('hides and shows a layer from the list', async () => {
    const box = wall.page.locator('input[data-layer=warning]');
    await box.uncheck();
    expect(await box.isChecked()).toBe(false);
    await box.check();
  });

  it('is in English on request, and back', async () => {
    const { page } = wall;
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Buses', { exact: true }).first().waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByText('公交车', { exact: true }).first().waitFor();
  });

  it('writes Chinese with the shipped font, not with one of the machine', async () => {
    const proof = await wall.page.evaluate(async () => {
      await document.fonts.load('420 20px "Noto Sans SC Variable"', '广元');
      await document.fonts.load('600 20px "Noto Serif SC"', '嘉陵江');
      const faces = [...document.fonts]
        .filter((face) => face.status === 'loaded')
        .map((face) => face.family.replaceAll('"', ''));
      const canvas = document.createElement('canvas');
      canvas.width = 60;
      canvas.height = 60;
      const context = canvas.getContext('2d');
      const draw = (font: string): string => {
        context?.clearRect(0, 0, 60, 60);
        if (context) context.font = font;
        context?.fillText('广', 10, 45);
        return canvas.toDataURL();
      };
      return {
        faces: [...new Set(faces)],
        sans: draw('40px "Noto Sans SC Variable", monospace'),
        fallback: draw('40px "No Such Face", monospace'),
        song: draw('600 40px "Noto Serif SC", monospace'),
      };
    });
    expect(proof.faces).toEqual(
      expect.arrayContaining(['Noto Sans SC Variable', 'Noto Serif SC', 'Barlow Condensed']),
    );
    expect(proof.sans).not.toBe(proof.fallback);
    expect(proof.song).not.toBe(proof.sans);
  });

  it('builds the map anew when the WebGL context is lost', async () => {
    const { page } = wall;
    await page.evaluate(() => window.cockpit?.loseContext());
    await until(page, () => window.cockpit?.rebuilt === 1, null);
    await untilReady(page);
    const middle = await untilLit(page, { x: 470, y: 220, width: 200, height: 200 }, 0.5);
    expect(middle.lit).toBeGreaterThan(0.5);
  });
});

describe('the data page', () => {
  it('greys a feed whose source stopped, and that one alone', async () => {
    const { page, faults } = await openPage(browser, `${city.url}/data`);
    await page.locator('tr[data-feed=noise]').waitFor();
    const troubled = (): Promise<string[]> =>
      page.$$eval('tr[data-feed]', (rows) =>
        rows
          .filter((row) => ['down', 'stale'].includes(row.getAttribute('data-state') ?? ''))
          .map((row) => row.getAttribute('data-feed') ?? ''),
      );
    await until(
      page,
      () => document.querySelector('tr[data-feed=noise]')?.getAttribute('data-state') === 'live',
      null,
      60_000,
    );
    const before = await troubled();
    expect(before).not.toContain('noise');
    await city.silence('noise');
    await until(
      page,
      () =>
        ['late', 'stale', 'down'].includes(
          document.querySelector('tr[data-feed=noise]')?.getAttribute('data-state') ?? '',
        ),
      null,
      60_000,
    );
    const live = await page.$$eval('tr[data-feed][data-state=live]', (rows) => rows.length);
    expect(live).toBeGreaterThan(5);
    expect((await troubled()).filter((feed) => feed !== 'noise' && !before.includes(feed))).toEqual([]);
    expect(faults).toEqual([]);
    await page.close();
  });
});
