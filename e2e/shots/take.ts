// `npm run shots`: takes the pictures of the product, one after the other, out of one evening of one city.
// [--only <name or its beginning>] [--out <folder>] [--fast] [--city <address>]. Exit code 1: a picture could not be taken.
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { BrowserContext, Page } from 'playwright-core';
import { fileOf, pictureNames, withPictures } from '../../scripts/shots/document.ts';
import { besides, MOST_BYTES, pictures, qualityOf, type Picture } from '../../scripts/shots/pictures.ts';
import { openBrowser, openPage, type Watched } from '../kit/browser.ts';
import { takeBeside } from './beside.ts';
import { settle } from './settle.ts';
import { goIntoCrisis, startShotCity, type ShotCity } from './shot-city.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const DOCS = join(ROOT, 'docs/shots');
const PAGE = join(ROOT, 'docs/pictures.md');
/** Until a page has come to rest it is drawn at this part of the resolution. */
const DRAFT = 0.25;
/** A picture of 16 million pixels takes software rendering this long at most. */
const SHOT_MS = 240_000;

const say = (line: string): void => void process.stderr.write(`  … ${line}\n`);
const last = { said: '' };
/** Says a line of progress once. */
const progress = (line: string): void => {
  if (line !== last.said) say(line);
  last.said = line;
};

interface Asked {
  readonly names: ReadonlySet<string>;
  readonly out: string;
  readonly isFast: boolean;
  /** Address of a cockpit that runs already; null: one is started for the pictures. */
  readonly city: string | null;
}

/** @throws Error in words for the terminal */
function read(args: readonly string[]): Asked {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true },
      out: { type: 'string', default: DOCS },
      fast: { type: 'boolean', default: false },
      city: { type: 'string' },
    },
  });
  const only = values.only ?? [''];
  const unknown = only.filter((begin) => !pictureNames.some((name) => name.startsWith(begin)));
  if (unknown.length > 0)
    throw new Error(`--only ${unknown.join(', ')} is no picture: there are ${pictureNames.join(', ')}`);
  const names = pictureNames.filter((name) => only.some((begin) => name.startsWith(begin)));
  const city = values.city?.replace(/\/$/, '') ?? null;
  return { names: new Set(names), out: resolve(values.out), isFast: values.fast, city };
}

class Shooting {
  failed = 0;
  private taken = 0;
  private readonly asked: Asked;
  private readonly city: ShotCity;
  private readonly browser: BrowserContext;
  /** The page of the last picture. */
  private kept: (Watched & { readonly view: string }) | null = null;

  constructor(asked: Asked, { city, browser }: { city: ShotCity; browser: BrowserContext }) {
    this.asked = asked;
    this.city = city;
    this.browser = browser;
  }

  /** Pictures of one wall follow each other: it is loaded once, and turns from scene to scene. */
  async all(list: readonly Picture[]): Promise<void> {
    for (const view of new Set(list.map(viewOf)))
      for (const picture of list.filter((one) => viewOf(one) === view))
        await this.keep(picture.name, () => this.take(picture));
    await this.leave();
  }

  /** Takes one picture, or says why not and goes on. */
  async keep(name: string, take: () => Promise<Buffer>): Promise<void> {
    const startedAt = performance.now();
    try {
      const picture = await take();
      writeFileSync(join(this.asked.out, fileOf(name)), picture);
      this.taken++;
      const seconds = Math.round((performance.now() - startedAt) / 1000);
      say(
        `${this.taken} of ${this.asked.names.size}: ${name}, ${Math.round(picture.length / 1024)} kB, ${seconds} s`,
      );
    } catch (error) {
      this.failed++;
      say(`${name} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async take(picture: Picture): Promise<Buffer> {
    const { name, map, width, closeUp, press } = picture;
    const { page, faults } = await this.pageOf(picture);
    try {
      const tell = (what: string): void => say(`${name} waits for ${what}`);
      let { moving, count } = await settle(page, map, { tell });
      if (!moving && map === 'globe') {
        await drawAt(page, 1);
        ({ moving, count } = await settle(page, map, { tell, again: count }));
      }
      if (moving) throw new Error(`did not come to rest: ${moving}`);
      if (closeUp) await openCloseUp(page, closeUp);
      if (press) await pressed(page, press);
      const errors = faults.splice(0).filter((fault) => !fault.startsWith('request to'));
      if (errors.length > 0) say(`${name}: ${errors.join(' · ')}`);
      return await page.screenshot({ type: 'jpeg', quality: qualityOf(width), timeout: SHOT_MS });
    } catch (error) {
      await this.leave();
      throw error;
    }
  }

  private async pageOf(picture: Picture): Promise<Watched> {
    const { path, width, height, map, turn } = picture;
    if (this.kept?.view === viewOf(picture) && turn) {
      const { page } = this.kept;
      await drawAt(page, DRAFT);
      await page.keyboard.press(turn.key);
      await page.locator(`.wall[data-scene=${turn.scene}]`).waitFor({ timeout: SHOT_MS });
      // The menus go when the hands are off it.
      await page.locator('[data-test=question]').waitFor({ timeout: SHOT_MS });
      return this.kept;
    }
    await this.leave();
    const watched = await openPage(this.browser, 'about:blank');
    this.kept = { view: viewOf(picture), ...watched };
    await watched.page.setViewportSize({ width, height });
    await watched.page.goto(`${this.city.url}${path}`, { timeout: SHOT_MS });
    if (map === 'globe') await drawAt(watched.page, DRAFT);
    return watched;
  }

  private async leave(): Promise<void> {
    const { kept } = this;
    this.kept = null;
    await kept?.page.close();
  }
}

/** What two pictures must have in common to be taken of one page. */
const viewOf = ({ path, width, height }: Picture): string =>
  `${width}x${height} ${path.replace(/&scene=[a-z-]+/, '')}`;

/** Waits for the map, and draws it at this part of the resolution. */
async function drawAt(page: Page, scale: number): Promise<void> {
  await page.waitForFunction(() => (window.cockpit?.heightM ?? 0) > 0, null, {
    polling: 200,
    timeout: SHOT_MS,
  });
  await page.evaluate((part) => window.cockpit?.drawAt(part), scale);
}

/** Finds the dam, opens what its card offers, and waits until it is drawn. */
async function openCloseUp(page: Page, dam: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.locator('[data-test=search] input').fill(dam);
  await page.locator('[data-entry^="row:reservoir/"]').first().click({ timeout: SHOT_MS });
  await page.locator('[data-test=closeup-open]').click({ timeout: SHOT_MS });
  await page.waitForFunction(() => (window.closeup?.drawings() ?? 0) > 0, null, {
    polling: 200,
    timeout: SHOT_MS,
  });
  await settle(page, 'none');
}

async function pressed(page: Page, what: string): Promise<void> {
  await page.locator(what).first().click({ timeout: SHOT_MS });
  await settle(page, 'none');
}

async function main(): Promise<number> {
  const asked = read(process.argv.slice(2));
  const chosen = pictures.filter(({ name }) => asked.names.has(name));
  mkdirSync(asked.out, { recursive: true });
  const city: ShotCity = asked.city
    ? { url: asked.city, stop: () => Promise.resolve() }
    : await startShotCity(progress, asked.isFast);
  const browser = await openBrowser();
  try {
    const shooting = new Shooting(asked, { city, browser });
    await shooting.all(chosen.filter(({ inCrisis }) => !inCrisis));
    if (asked.names.has(besides.name)) await shooting.keep(besides.name, () => takeBeside(browser, city.url));
    const crisis = chosen.filter(({ inCrisis }) => inCrisis);
    if (crisis.length > 0) await goIntoCrisis(city);
    await shooting.all(crisis);
    return finish(asked, shooting.failed);
  } finally {
    await browser.close();
    await city.stop();
  }
}

/** In docs/shots nothing is left that is not in the list, and the page lists what is there. */
function finish({ out }: Asked, failed: number): number {
  if (out === DOCS) {
    const known = new Set(pictureNames.map(fileOf));
    for (const file of readdirSync(out)) if (!known.has(file)) rmSync(join(out, file));
    writeFileSync(PAGE, withPictures(readFileSync(PAGE, 'utf8'), readdirSync(out)));
  }
  const bytes = readdirSync(out).reduce((sum, file) => sum + statSync(join(out, file)).size, 0);
  say(`${(bytes / 2 ** 20).toFixed(1)} MB in ${out}`);
  if (bytes > MOST_BYTES) say(`more than the ${MOST_BYTES / 2 ** 20} MB that docs/shots may hold`);
  return failed === 0 && bytes <= MOST_BYTES ? 0 : 1;
}

process.exitCode = await main();
