// One Chromium for a test file, drawn without a graphics card; every page fails its test on errors and on requests beyond the server.
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import type { Cockpit } from '../../client/map/stage/test-hook.ts';

declare global {
  interface Window {
    cockpit?: Cockpit;
  }
}

const FLAGS = [
  // The map is drawn by software; a page put together by the graphics process too costs 8 s of shaders in every browser.
  '--disable-gpu-compositing',
  '--headless=new',
  '--no-sandbox',
  // What the machine draws with: without a card Mesa's renderer, at half of what the browser's own one costs; else that one.
  '--use-gl=angle',
  '--use-angle=gl-egl',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];
/** A renderer without a graphics card may starve for a minute on a busy machine: that is no reason to fail. */
const READY_MS = 150_000;
const PATIENCE_MS = 60_000;

export async function openBrowser(viewport = { width: 1000, height: 640 }): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext('', {
    executablePath: '/usr/bin/chromium',
    headless: false,
    ignoreDefaultArgs: ['--headless'],
    args: FLAGS,
    viewport,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** For what is not done on the map: a machine without a graphics card would draw it most of the time. */
export async function leaveMapOut(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const whole = HTMLCanvasElement.prototype.getContext as (...of: unknown[]) => unknown;
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...of: unknown[]) {
      return of[0] === '2d' ? whole.apply(this, of) : null;
    } as typeof HTMLCanvasElement.prototype.getContext;
  });
}

export interface Watched {
  readonly page: Page;
  /** Requests that left the server's origin, and script errors. */
  readonly faults: string[];
}

/** Opens a page of the cockpit and notes what it must not do. */
export async function openPage(context: BrowserContext, url: string): Promise<Watched> {
  const page = await context.newPage();
  const faults: string[] = [];
  const origin = new URL(url).origin;
  page.on('request', (request) => {
    const asked = request.url();
    const own = asked.startsWith(origin) || asked.startsWith(origin.replace('http', 'ws'));
    if (!own && !asked.startsWith('data:') && !asked.startsWith('blob:')) faults.push(`request to ${asked}`);
  });
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
  await page.goto(url);
  return { page, faults };
}

/** Waits until the globe is drawn and data streams. */
export async function untilReady(page: Page): Promise<void> {
  const ready = (): boolean => {
    if (window.cockpit?.failure) throw new Error(`the map: ${window.cockpit.failure}`);
    return window.cockpit?.globeReady === true && window.cockpit.link === 'live';
  };
  await page.waitForFunction(ready, null, { polling: 100, timeout: READY_MS });
}

/** Polls a question to the page until the answer is true. */
export function until<T>(
  page: Page,
  question: (argument: T) => unknown,
  argument: T,
  timeout = PATIENCE_MS,
): Promise<unknown> {
  return page.waitForFunction(question as (argument: unknown) => unknown, argument, {
    polling: 100,
    timeout,
  });
}

/** Waits until more than `share` of a part of the picture is clearly lit: the relief comes tile by tile. → what is seen then */
export async function untilLit(
  page: Page,
  clip: { x: number; y: number; width: number; height: number },
  share: number,
): Promise<{ lit: number; colours: number; hash: number }> {
  const patience = performance.now() + 60_000;
  for (;;) {
    const seen = await lookAt(page, clip);
    if (seen.lit > share || performance.now() > patience) return seen;
    await page.waitForTimeout(500);
  }
}

/** Shares of clearly lit pixels and of different colours in a part of the picture, from a screenshot. */
export async function lookAt(
  page: Page,
  clip: { x: number; y: number; width: number; height: number },
): Promise<{ lit: number; colours: number; hash: number }> {
  const png = await page.screenshot({ clip });
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const drawing = canvas.getContext('2d');
    if (!drawing) throw new Error('no 2D canvas');
    drawing.drawImage(picture, 0, 0);
    const { data } = drawing.getImageData(0, 0, picture.width, picture.height);
    const seen = new Set<number>();
    let lit = 0;
    let hash = 0;
    for (let i = 0; i < data.length; i += 4) {
      const [r = 0, g = 0, b = 0] = data.subarray(i, i + 3);
      if (r + g + b > 90) lit++;
      seen.add(((r >> 4) << 8) | ((g >> 4) << 4) | (b >> 4));
      hash = (Math.imul(hash, 31) + r * 65_536 + g * 256 + b) | 0;
    }
    return { lit: lit / (data.length / 4), colours: seen.size, hash };
  }, png.toString('base64'));
}
