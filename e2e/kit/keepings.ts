// What a page keeps: heap after a forced collection, listeners, nodes, workers, things on the map and on the GPU. Two of
// these, some time apart, tell whether something leaks.
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { collectGarbage, heapSharesOf } from './heap.ts';

declare global {
  interface Window {
    /** Objects of WebGL that were made and not deleted, by kind. */
    gpuObjects?: Record<string, number>;
    /** Tasks of the main thread of more than 50 ms. */
    longTasks?: { count: number; longestMs: number };
  }
}

export interface Keepings {
  /** Objects, arrays and strings on the heap of the page, MB. */
  readonly heapMb: number;
  /** What the engine compiled of its scripts, MB: more the longer they run, up to all of them. */
  readonly codeMb: number;
  /** What typed arrays and the like hold beside the heap, MB. */
  readonly buffersMb: number;
  readonly listeners: number;
  readonly nodes: number;
  /** Those of them that are on the page. */
  readonly shown: number;
  readonly workers: number;
  /** Primitives of the map, those inside collections included. */
  readonly primitives: number;
  readonly textures: number;
  readonly buffers: number;
  readonly programs: number;
  /** Rows of all layers. */
  readonly rows: number;
}

/** Call before a page is opened: counts what is made from the first line of script on. */
export async function countFromTheStart(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const counts: Record<string, number> = {};
    window.gpuObjects = counts;
    const methods = WebGL2RenderingContext.prototype as unknown as Record<
      string,
      (this: unknown, ...args: unknown[]) => unknown
    >;
    for (const kind of ['Texture', 'Buffer', 'Program', 'Framebuffer', 'VertexArray']) {
      const make = methods[`create${kind}`];
      const free = methods[`delete${kind}`];
      if (!make || !free) continue;
      counts[kind] = 0;
      methods[`create${kind}`] = function (...args) {
        counts[kind] = (counts[kind] ?? 0) + 1;
        return make.apply(this, args);
      };
      methods[`delete${kind}`] = function (...args) {
        if (args[0]) counts[kind] = (counts[kind] ?? 0) - 1;
        return free.apply(this, args);
      };
    }
    const tasks = { count: 0, longestMs: 0 };
    window.longTasks = tasks;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        tasks.count++;
        tasks.longestMs = Math.max(tasks.longestMs, duration);
      }
    }).observe({ type: 'longtask', buffered: true });
  });
}

export class Inspector {
  private readonly page: Page;
  private readonly session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.session = session;
  }

  static async of(page: Page): Promise<Inspector> {
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.enable');
    return new Inspector(page, session);
  }

  /** Nodes of the document and those that script still holds. */
  async nodes(): Promise<number> {
    await collectGarbage(this.session);
    return (await this.session.send('Memory.getDOMCounters')).nodes;
  }

  async look(): Promise<Keepings> {
    await collectGarbage(this.session);
    const { backingStorageSize = 0 } = (await this.session.send('Runtime.getHeapUsage')) as {
      backingStorageSize?: number;
    };
    const counters = await this.session.send('Memory.getDOMCounters');
    const { held, code } = await heapSharesOf(this.session);
    const inside = await this.page.evaluate(() => ({
      gpu: { ...window.gpuObjects },
      shown: document.evaluate('count(//node())', document, null, XPathResult.NUMBER_TYPE).numberValue,
      primitives: window.cockpit?.work().primitives ?? 0,
      rows: window.cockpit?.work().rows ?? 0,
    }));
    return {
      heapMb: held / 1e6,
      codeMb: code / 1e6,
      buffersMb: backingStorageSize / 1e6,
      listeners: counters.jsEventListeners,
      nodes: counters.nodes,
      shown: inside.shown,
      workers: this.page.workers().length,
      primitives: inside.primitives,
      textures: inside.gpu['Texture'] ?? 0,
      buffers: inside.gpu['Buffer'] ?? 0,
      programs: inside.gpu['Program'] ?? 0,
      rows: inside.rows,
    };
  }
}

/** The scenes of the wall, by the digit that shows them. */
const SCENES = ['overview', 'traffic', 'environment', 'emergency', 'opinion'] as const;
/** Shorter than a flight: each is cut off by the next. */
const CUT_AFTER_MS = 350;

/** Changes scene so many times, every flight cut off; ends at the first scene, at rest. */
export async function switchScenes(page: Page, times: number): Promise<void> {
  for (let i = 1; i <= times; i++) {
    const at = i === times ? 0 : i % SCENES.length;
    await page.keyboard.press(String(at + 1));
    await page.locator(`.wall[data-scene=${SCENES[at]}]`).waitFor();
    await page.waitForTimeout(CUT_AFTER_MS);
  }
  await untilAtRest(page);
}

/** Waits until the camera stands and the land under it is drawn. */
export async function untilAtRest(page: Page): Promise<void> {
  await page.waitForFunction(
    () => window.cockpit?.work().flying === false && window.cockpit.globeReady,
    null,
    {
      polling: 200,
      timeout: 60_000,
    },
  );
  // Columns that faded out are gone.
  await page.waitForFunction(() => document.querySelector('.swap-leave-active') === null, null, {
    polling: 100,
  });
}
