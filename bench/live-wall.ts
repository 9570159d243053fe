// live-wall: a minute of the wall with everything live, after loading: tasks that hold the page up, and requests that leave it.
// Ten minutes with --long. Software draws the picture here, so the count of long tasks is told, not judged.
import type { Page } from 'playwright-core';
import { openBrowser, openPage } from '../e2e/kit/browser.ts';
import { withProduct } from './product.ts';
import { check, exactly, reported, result, type BenchOptions, type BenchResult } from './result.ts';

const QUIET_MS = 5000;
const LOADING_MS = 180_000;

interface Held {
  readonly count: number;
  readonly longestMs: number;
  readonly sumMs: number;
}

interface Watching {
  longTasks: number[];
  frames: number;
}

export async function run(options: BenchOptions): Promise<BenchResult> {
  const minutes = options.minutes ?? (options.long ? 10 : 1);
  return withProduct(async (url) => {
    const browser = await openBrowser({ width: 960, height: 540 });
    try {
      const { page, faults } = await openPage(browser, `${url}/wall`);
      await untilLoaded(page);
      options.say(`live-wall: loaded, watching for ${minutes} min`);
      const seen = await watch(page, minutes * 60_000);
      return judge({ ...seen, minutes, faults });
    } finally {
      await browser.close();
    }
  });
}

/** Until nothing was fetched for a while: terrain and names are all there. */
async function untilLoaded(page: Page): Promise<void> {
  await page.waitForSelector('.map canvas', { timeout: LOADING_MS });
  await page.waitForFunction(
    (quietMs) => {
      const last = Math.max(
        ...performance.getEntriesByType('resource').map((one) => one.startTime + one.duration),
      );
      return performance.now() - last > quietMs;
    },
    QUIET_MS,
    { polling: 500, timeout: LOADING_MS },
  );
}

async function watch(page: Page, spanMs: number): Promise<Held & { frames: number }> {
  const began = await page.evaluate(() => {
    const watching: Watching = { longTasks: [], frames: 0 };
    Object.assign(window, { watching });
    const seen = new PerformanceObserver((list) =>
      watching.longTasks.push(...list.getEntries().map(({ duration }) => duration)),
    );
    seen.observe({ type: 'longtask' });
    const beat = (): void => {
      watching.frames++;
      requestAnimationFrame(beat);
    };
    requestAnimationFrame(beat);
    return performance.now();
  });
  await page.waitForFunction((end) => performance.now() > end, began + spanMs, {
    polling: 1000,
    timeout: spanMs + LOADING_MS,
  });
  const { longTasks, frames } = await page.evaluate(
    () => (window as unknown as { watching: Watching }).watching,
  );
  return {
    count: longTasks.length,
    longestMs: Math.max(0, ...longTasks),
    sumMs: longTasks.reduce((sum, one) => sum + one, 0),
    frames,
  };
}

function judge(seen: Held & { frames: number; minutes: number; faults: readonly string[] }): BenchResult {
  const outside = seen.faults.filter((fault) => fault.startsWith('request to'));
  return result({
    name: 'live-wall',
    value: outside.length,
    unit: 'requests outside the own origin',
    target: exactly(0),
    valid: true,
    checks: [
      check('errors of the page', [seen.faults.length - outside.length, '1'], exactly(0)),
      reported('tasks over 50 ms, a minute', [seen.count / seen.minutes, '1']),
      reported('the longest of them', [seen.longestMs, 'ms']),
      reported('of a minute they take', [seen.sumMs / seen.minutes / 600, '%']),
      reported('frames drawn, a second', [seen.frames / seen.minutes / 60, '1']),
    ],
  });
}
