// When a page draws its first globe, and what script it had fetched until then; the same way for any page with a globe.
import type { Page } from 'playwright-core';
import { openBrowser } from '../e2e/kit/browser.ts';

export interface FirstGlobe {
  /** Since the navigation began, ms. */
  readonly atMs: number;
  /** Addresses of the scripts that had arrived by then, in order; workers are among them. */
  readonly scripts: readonly string[];
  /** Requests that left the origin of the page. */
  readonly outside: readonly string[];
}

/** A tile of a globe has more indices than anything that is drawn without one. */
const TILE_INDICES = 1000;
const PATIENCE_MS = 120_000;

/** Opens the page in a browser of its own: nothing is cached, nothing compiled. */
export async function firstGlobe(url: string): Promise<FirstGlobe> {
  const browser = await openBrowser({ width: 1280, height: 720 });
  try {
    const page = await browser.newPage();
    const outside: string[] = [];
    const scripts = new Map<string, number>();
    const began = performance.now();
    page.on('request', (request) => {
      const asked = new URL(request.url());
      if (asked.protocol.startsWith('http') && asked.origin !== new URL(url).origin) outside.push(asked.href);
    });
    page.on('requestfinished', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.endsWith('.js')) scripts.set(pathname, performance.now() - began);
    });
    await page.addInitScript(watchGlobe, TILE_INDICES);
    await page.goto(url, { waitUntil: 'commit' });
    const atMs = await drawnAt(page);
    const until = performance.now() - began;
    const before = [...scripts].filter(([, at]) => at <= until).map(([path]) => path);
    return { atMs, scripts: before, outside };
  } finally {
    await browser.close();
  }
}

async function drawnAt(page: Page): Promise<number> {
  const seen = await page.waitForFunction(() => (window as unknown as Watched).firstGlobeMs, null, {
    polling: 50,
    timeout: PATIENCE_MS,
  });
  return (await seen.jsonValue()) ?? NaN;
}

interface Watched {
  firstGlobeMs?: number;
}

/** Runs in the page before anything else: notes the frame after the first draw call of a globe's size. */
function watchGlobe(indices: number): void {
  const draw = WebGL2RenderingContext.prototype.drawElements;
  let noted = false;
  WebGL2RenderingContext.prototype.drawElements = function (mode, count, type, offset) {
    draw.call(this, mode, count, type, offset);
    if (noted || count < indices) return;
    noted = true;
    WebGL2RenderingContext.prototype.drawElements = draw;
    requestAnimationFrame(() => ((window as unknown as Watched).firstGlobeMs = performance.now()));
  };
}
