// The wall shows scenes: by digit, menu and address, in turn when nobody is there; and fits every shape of picture.
import type { BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openBrowser, openPage, until, type Watched } from './kit/browser.ts';
import { RunningCity } from './kit/processes.ts';

let city: RunningCity;
let browser: BrowserContext;
let wall: Watched;

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.1 });
  browser = await openBrowser({ width: 1280, height: 720 });
  wall = await openPage(browser, `${city.url}/wall?e2e=0.25&scene=traffic`);
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});
afterEach(() => expect(wall.faults).toEqual([]));

const scene = (slug: string) => wall.page.locator(`.wall[data-scene=${slug}]`).waitFor();
const panel = (slug: string) => wall.page.locator(`[data-panel=${slug}]`).first();

it('shows the scene of the address, with its question, sentence and panels', async () => {
  await scene('traffic');
  await wall.page.locator('[data-test=question]').waitFor();
  await panel('road-events').waitFor();
  await panel('indicator-list').waitFor();
});

it('changes scene by digit and by menu, and the address with it', async () => {
  await wall.page.keyboard.press('4');
  await scene('emergency');
  await panel('gauge-list').waitFor();
  await until(wall.page, () => location.search.includes('scene=emergency'), null);
  await wall.page.locator('button[data-scene=opinion]').click();
  await scene('opinion');
  await panel('hot-topics').waitFor();
  await panel('gauge-list').waitFor({ state: 'detached' });
});

it('turns scenes once the screen is set to, and says so; a key pauses it', async () => {
  await wall.page.locator('[data-test=wall-settings]').click();
  await wall.page.locator('input[name=rotates]').check();
  await wall.page.locator('input[name=stand]').fill('20');
  await wall.page.locator('input[name=stand]').press('Enter');
  await wall.page.locator('[data-test=settings-dialog] button.primary').click();
  await wall.page.locator('[data-test=turning][data-paused=true]').waitFor();
  await wall.page.reload();
  await wall.page.locator('[data-test=turning][data-paused=false]').waitFor();
  await wall.page.locator('.wall[data-scene=overview]').waitFor({ timeout: 60_000 });
  await wall.page.keyboard.press('Shift');
  await wall.page.locator('[data-test=turning][data-paused=true]').waitFor();
});

/** Slots that reach out of the picture or over each other, and texts that are cut off. */
function misplaced(): string[] {
  const found: string[] = [];
  const slots = [...document.querySelectorAll<HTMLElement>('[data-slot], .top')];
  const boxes = slots.map((slot) => ({
    name: slot.dataset['slot'] ?? 'top',
    box: slot.getBoundingClientRect(),
  }));
  for (const { name, box } of boxes) {
    if (box.left < 0 || box.top < 0 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
      found.push(`${name} reaches out of the picture`);
    for (const other of boxes) {
      if (other.name <= name) continue;
      const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const tall = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
      if (wide > 1 && tall > 1) found.push(`${name} and ${other.name} overlap`);
    }
  }
  return found;
}

it.each([
  ['16:9', 1280, 720],
  ['4:3', 1024, 768],
  ['32:9', 1920, 540],
] as const)('takes the layout of %s when the window is resized to it', async (_, width, height) => {
  await wall.page.keyboard.press('1');
  await scene('overview');
  await wall.page.setViewportSize({ width, height });
  const hasInner = width / height > 3;
  await wall.page.locator('[data-slot=left-inner]').waitFor({ state: hasInner ? 'attached' : 'detached' });
  await expect.poll(() => wall.page.evaluate(misplaced), { timeout: 60_000 }).toEqual([]);
  await until(
    wall.page,
    () => {
      const canvas = document.querySelector<HTMLCanvasElement>('.map canvas');
      return canvas !== null && Math.abs(canvas.clientWidth - innerWidth) < 2;
    },
    null,
  );
});

it('is steered by keys alone: into the menu of scenes, along it, and to the settings and back', async () => {
  const { page } = wall;
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.keyboard.press('Shift');
  await page.locator('button[data-scene=traffic]').focus();
  await page.keyboard.press('Enter');
  await scene('traffic');
  for (let i = 0; i < 8; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement?.getAttribute('data-test') === 'wall-settings'))
      break;
  }
  await page.keyboard.press('Enter');
  await page.locator('[data-test=settings-dialog]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('[data-test=settings-dialog]').waitFor({ state: 'detached' });
});
