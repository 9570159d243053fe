// memory: bytes the page holds for one moving object after a forced collection, against an entity of Cesium. Pages with many
// objects and pages with one, so that what does not grow with them is taken off.
import type { Page } from 'playwright-core';
import { RECORD_BYTES } from '../client/map/glyphs/record.ts';
import { withPages } from './browser-pages.ts';
import type { Kind, Measured } from './moving-layer/page.ts';
import { atLeast, atMost, check, reported, result, type BenchOptions, type BenchResult } from './result.ts';

const MANY = { own: 200_000, entities: 10_000 } as const;

export async function run(options: BenchOptions): Promise<BenchResult> {
  const held = { own: 0, entities: 0 };
  await withPages('moving-layer', async (inPage) => {
    for (const kind of ['own', 'entities'] as const) {
      const bytes: number[] = [];
      for (const count of [1, MANY[kind]]) bytes.push(await inPage((page) => bytesWith(page, kind, count)));
      held[kind] = ((bytes[1] ?? NaN) - (bytes[0] ?? NaN)) / (MANY[kind] - 1);
      options.say(`memory: ${kind} ${held[kind].toFixed(1)} B an object`);
    }
  });
  // The vertex buffer lies with the GPU, where the page cannot look: a record for each object.
  const own = held.own + RECORD_BYTES;
  return result({
    name: 'memory',
    value: own,
    unit: 'B a moving object',
    rival: { name: 'entities', value: held.entities },
    target: atLeast(100),
    valid: true,
    checks: [
      check('heap, arrays and vertex buffer', [own, 'B'], atMost(100)),
      reported('of these in the page', [held.own, 'B']),
    ],
  });
}

/** Heap and arrays of the page with so many objects on the map, bytes. */
async function bytesWith(page: Page, kind: Kind, count: number): Promise<number> {
  await page.evaluate(([kind, count]) => (window.measure as unknown as MeasureLayer)(kind, count, 0), [
    kind,
    count,
  ] as const);
  const session = await page.context().newCDPSession(page);
  // What weak references hold goes with the second collection.
  for (let i = 0; i < 2; i++) await session.send('HeapProfiler.collectGarbage');
  const usage: { usedSize: number; backingStorageSize?: number } = await session.send('Runtime.getHeapUsage');
  return usage.usedSize + (usage.backingStorageSize ?? 0);
}

type MeasureLayer = (kind: Kind, count: number, pairs: number) => Promise<Measured>;
