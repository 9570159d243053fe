// Each scene of the wall against its picture and its words in baselines/, of the same simulated evening. A scene that
// changed on purpose: remove its files, run again, look at what was written.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openPage, until, untilReady, type Watched } from './kit/browser.ts';
import { coarsePicture, differenceOf } from './kit/coarse-picture.ts';
import { untilAtRest } from './kit/keepings.ts';
import { StandingCity } from './kit/standing-city.ts';

const SCENES = ['overview', 'traffic', 'environment', 'emergency', 'opinion'] as const;
const FOLDER = join(import.meta.dirname, 'baselines');
/** Of the mean colour of a cell, 0–255: names and glyphs may stand a little elsewhere. */
const TOLERANCE = 16;
/** Share of cells that may differ by more. A missing column is 15 %, a missing legend 4 %, a warning on the map 3 %. */
const MOST = 0.02;
const MOST_BYTES = 150_000;

let city: StandingCity;
let browser: BrowserContext;
let wall: Watched;

beforeAll(async () => {
  city = await StandingCity.start();
  browser = await openBrowser({ width: 1280, height: 720 });
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});

/** Slot by slot, panel by panel: words as they stand, digits as #: what was measured is tested elsewhere. */
function wordsOnScreen(): string {
  const linesOf = (element: HTMLElement): string =>
    element.innerText
      .replaceAll(/[\d.,:+−–]*\d/g, '#')
      // The screen reckons its clock up to half a minute ahead: a minute may have become full.
      .replaceAll(/# ?(秒|分钟|分)前/g, '# 前')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .join(' | ');
  const parts = [...document.querySelectorAll<HTMLElement>('[data-slot]')].flatMap((slot) => [
    `[${slot.dataset['slot']}]`,
    // How much past the axis shows depends on how long the server has run.
    ...[...slot.querySelectorAll<HTMLElement>('[data-panel]:not([data-panel=time-axis])')].map(
      (panel) => `${panel.dataset['panel']}: ${linesOf(panel)}`,
    ),
  ]);
  return [linesOf(document.querySelector<HTMLElement>('[data-test=sentence]') as HTMLElement), ...parts].join(
    '\n',
  );
}

it.each(SCENES)('%s looks and reads as before', async (scene) => {
  wall = await openPage(browser, `${city.url}/wall?e2e&scene=${scene}`);
  const { page, faults } = wall;
  await untilReady(page);
  await page.locator('[data-slot=right] [data-panel]').first().waitFor();
  await until(page, () => (window.cockpit?.rows('indicator-value') ?? 0) > 0, null, 60_000);
  await page.evaluate(() => document.fonts.ready);
  await untilAtRest(page);
  // Names and signs have settled when two pictures in a row are alike.
  let picture = await coarsePicture(page);
  await expect
    .poll(
      async () => {
        const before = picture;
        await page.waitForTimeout(700);
        picture = await coarsePicture(page);
        return (await differenceOf(page, [before, picture], TOLERANCE)).share;
      },
      { timeout: 60_000 },
    )
    .toBeLessThan(0.001);
  const words = await page.evaluate(wordsOnScreen);
  expect(picture.byteLength).toBeLessThan(MOST_BYTES);

  const files = { png: join(FOLDER, `${scene}.png`), txt: join(FOLDER, `${scene}.txt`) };
  if (!existsSync(files.png)) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(files.png, picture);
    writeFileSync(files.txt, `${words}\n`);
    expect.fail(`there was no baseline of ${scene}: it is written now, look at it and run again`);
  }
  const difference = await differenceOf(page, [readFileSync(files.png), picture], TOLERANCE);
  expect(words).toBe(readFileSync(files.txt, 'utf8').trimEnd());
  expect(difference.share, JSON.stringify(difference)).toBeLessThanOrEqual(MOST);
  expect(faults).toEqual([]);
  await page.close();
});
