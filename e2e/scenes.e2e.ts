// The wall shows scenes: by digit, menu and address, in turn when nobody is there, and laid out for 战时 by the mode.
import { gunzipSync, gzipSync } from 'node:zlib';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  wall = await openPage(browser, `${city.url}/wall?e2e&scene=traffic`);
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

it('lays the wall out for a crisis as soon as the mode says so', async () => {
  // Once a minute the server keeps its state; a slow machine may cut off what it does on the way down.
  const kept = join(city.stateFolder, 'live.jsonl.gz');
  await expect.poll(() => existsSync(kept), { timeout: 120_000 }).toBe(true);
  await city.stopServer();
  putInCrisis(kept);
  await city.startServer();
  await wall.page.locator('[data-test=mode].crisis').waitFor({ timeout: 60_000 });
  await wall.page.locator('[data-slot=left] [data-test=not-connected]').first().waitFor();
  await panel('sign-shapes').waitFor();
  expect(await wall.page.locator('[data-test=sentence]').innerText()).toMatch(/T\+\d\d:\d\d/);
  await wall.page.locator('[data-slot=left] [data-panel=vital-signs]').waitFor({ state: 'detached' });
  expect(await wall.page.locator('[data-test=turning]').count()).toBe(0);
});

/** One county goes into crisis in what the server kept: what people decided before a restart stands after it. */
function putInCrisis(file: string): void {
  let layer = '';
  let done = false;
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
  const after = lines.map((line) => {
    const said = line.startsWith('{"layer"') ? (JSON.parse(line) as { layer: string }) : null;
    layer = said?.layer ?? layer;
    if (done || layer !== 'mode' || !line.startsWith('[') || !line.includes('"peace"')) return line;
    if (line.startsWith('["510800"')) return line;
    done = true;
    return line.replace('"peace",null', '"crisis","III"');
  });
  expect(done).toBe(true);
  writeFileSync(file, gzipSync(after.join('\n')));
}
