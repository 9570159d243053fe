// The close-up of a dam: found by search, opened from the card, drawn with what its row says, closed without a trace.
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Closeup } from '../client/map/closeups/dam/test-hook.ts';
import { openBrowser, openPage, until, untilLit, untilReady, type Watched } from './kit/browser.ts';
import { RunningCity } from './kit/processes.ts';

declare global {
  interface Window {
    closeup?: Closeup;
  }
}

let city: RunningCity;
let browser: BrowserContext;
let desk: Watched;

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.05, feeds: { reservoir: { periodS: 5 } } });
  browser = await openBrowser({ width: 1280, height: 800 });
  desk = await openPage(browser, `${city.url}/desk?e2e`);
  await untilReady(desk.page);
  const isThere = (): boolean =>
    ['river-gauge', 'reservoir'].every((layer) => (window.cockpit?.rows(layer) ?? 0) > 0);
  await until(desk.page, isThere, null, 60_000);
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});
afterEach(() => expect(desk.faults).toEqual([]));

const test = (page: Page, name: string) => page.locator(`[data-test=${name}]`);

async function find(page: Page, text: string, entry: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await test(page, 'search').locator('input').fill(text);
  await page.locator(`[data-entry^="${entry}"]`).first().click();
  await test(page, 'search').waitFor({ state: 'detached' });
}
async function open(page: Page): Promise<void> {
  await test(page, 'closeup-open').click();
  await until(page, () => (window.closeup?.drawings() ?? 0) > 0, null);
}
async function close(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await test(page, 'closeup').waitFor({ state: 'detached' });
}
const drawings = (page: Page): Promise<number> => page.evaluate(() => window.closeup?.drawings() ?? 0);

describe('the way there', () => {
  it('leads from a gauge at the dam, whose card names what else stands there', async () => {
    const { page } = desk;
    await find(page, '宝珠寺坝上', 'row:river-gauge/');
    const card = test(page, 'pick-card');
    await card.waitFor();
    await test(page, 'closeup-open').waitFor();
    await until(page, () => (window.cockpit?.heightM ?? 1e9) < 20_000, null);
    await test(page, 'also-here').locator('[data-layer=reservoir]').click();
    await until(page, () => window.cockpit?.selection?.layer === 'reservoir', null);
    await test(page, 'map').focus();
    const seen = new Set<string>();
    for (let press = 0; press < 12 && !seen.has('river-gauge'); press++) {
      const before = await page.evaluate(() => JSON.stringify(window.cockpit?.selection));
      await page.keyboard.press('.');
      await until(page, (was) => JSON.stringify(window.cockpit?.selection) !== was, before);
      seen.add((await page.evaluate(() => window.cockpit?.selection?.layer)) ?? '');
    }
    expect([...seen]).toContain('river-gauge');
  });

  it('leads from the place itself', async () => {
    const { page } = desk;
    await find(page, '宝珠寺大坝', 'place:dam/');
    await test(page, 'here').locator('[data-test=closeup-open]').waitFor();
  });
});

describe('the close-up', () => {
  it('draws the dam and says what its row says', async () => {
    const { page } = desk;
    await find(page, '宝珠寺水库', 'row:reservoir/');
    await open(page);
    const key = await page.evaluate(() => window.cockpit?.selection?.key ?? '');
    const answer = await fetch(`${city.url}/api/layers/reservoir/rows/${encodeURIComponent(key)}`);
    const { row } = (await answer.json()) as { row: { values: { levelM: number; gates: string[] } } };
    const level = await test(page, 'closeup-level').innerText();
    expect(Number.parseFloat(level)).toBeCloseTo(row.values.levelM, 2);
    expect(await test(page, 'closeup-margin').innerText()).toMatch(/汛限水位/);
    expect(await test(page, 'closeup-gate').count()).toBe(row.values.gates.length);
    expect(await test(page, 'closeup').innerText()).toMatch(/演示数据[\s\S]*示意/);
    const box = await test(page, 'closeup').locator('canvas').boundingBox();
    if (!box) throw new Error('no canvas');
    const middle = { x: box.x + box.width * 0.2, y: box.y + box.height * 0.35, width: 400, height: 250 };
    const { lit, colours } = await untilLit(page, middle, 0.4);
    expect(lit).toBeGreaterThan(0.4);
    expect(colours).toBeGreaterThan(20);
  });

  it('draws on request only, turns by keys and keeps the focus inside', async () => {
    const { page } = desk;
    const canvas = test(page, 'closeup').locator('canvas');
    await canvas.focus();
    const before = await drawings(page);
    // Sixty frames of the page: a loop would have drawn as often.
    await page.evaluate(async () => {
      for (let frame = 0; frame < 60; frame++)
        await new Promise((next) => requestAnimationFrame(() => next(null)));
    });
    expect((await drawings(page)) - before).toBeLessThan(3);
    const still = await drawings(page);
    await page.keyboard.press('ArrowLeft');
    await until(page, (was) => (window.closeup?.drawings() ?? 0) > was, still);
    for (let press = 0; press < 8; press++) await page.keyboard.press('Tab');
    const isInside = (): boolean =>
      document.activeElement === document.body || document.activeElement?.closest('dialog') !== null;
    expect(await page.evaluate(isInside)).toBe(true);
  });

  it('comes back on a new canvas when the browser took the old one', async () => {
    const { page } = desk;
    await page.evaluate(() => {
      document.querySelector('[data-test=closeup] canvas')?.setAttribute('data-lost', '');
      window.closeup?.loseContext();
    });
    await until(page, () => document.querySelector('[data-lost]') === null, null);
    await until(page, () => (window.closeup?.drawings() ?? 0) > 0, null);
    expect(await test(page, 'closeup').getByRole('alert').count()).toBe(0);
  });

  it('gives the focus back to what opened it', async () => {
    const { page } = desk;
    await close(page);
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('data-test'));
    expect(focused).toBe('closeup-open');
  });

  it('leaves nothing on the graphics card, ten times over', async () => {
    const { page } = desk;
    const held: number[] = [];
    for (let turn = 0; turn < 10; turn++) {
      await open(page);
      held.push(await page.evaluate(() => window.closeup?.memory().geometries ?? -1));
      await close(page);
      expect(await page.evaluate(() => window.closeup?.memory())).toEqual({ geometries: 0, textures: 0 });
      await page.evaluate(() => delete window.closeup);
    }
    expect(held[0]).toBeGreaterThan(5);
    expect(new Set(held).size).toBe(1);
  });

  it('says when its data falls silent, and since when', async () => {
    const { page } = desk;
    await city.silence('reservoir');
    await open(page);
    const trouble = test(page, 'closeup-trouble');
    await trouble.waitFor({ timeout: 150_000 });
    expect(await trouble.innerText()).toMatch(/\d\d:\d\d 起无新值/);
    expect(await test(page, 'closeup').locator('[data-state=down]').count()).toBe(1);
    await close(page);
  });
});
