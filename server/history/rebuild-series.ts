// Fills the series of an earlier run in, in the background: a start waits for nothing.
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Logger } from '../kit/log.ts';
import type { SeriesIndex } from './series-index.ts';
import type { RebuildNews, RebuildOrder } from './series-worker.ts';

/** Resolves when all is in, or could not be; `stop` gives up. */
export interface Rebuild {
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

export function rebuildSeries(index: SeriesIndex, order: RebuildOrder, log: Logger): Rebuild {
  if (!existsSync(order.journal)) {
    index.isLoaded = true;
    return { done: Promise.resolve(), stop: () => Promise.resolve() };
  }
  const worker = new Worker(new URL('series-worker.ts', import.meta.url), { workerData: order });
  let isStopped = false;
  worker.unref();
  worker.on('message', (news: RebuildNews) => {
    if ('done' in news) return log.info('series.loaded', { batches: news.batches, skipped: news.skipped });
    const series = index.layers.get(news.layer);
    for (const [key, columns] of news.keys) series?.adopt(key, columns);
  });
  const done = new Promise<void>((resolve) => {
    worker.on('error', (error) => log.error('series.not-loaded', { error: String(error) }));
    worker.on('exit', () => {
      if (!isStopped) index.isLoaded = true;
      resolve();
    });
  });
  return {
    done,
    stop: async () => {
      isStopped = true;
      await worker.terminate();
    },
  };
}
