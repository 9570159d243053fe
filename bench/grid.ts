// grid: script until a new grid of 500 × 500 values is on the map, against an image of a canvas as a material.
// Fresh page for every case, 64 × 64 canvas, GPU drained outside the timed part, order alternated.
import { withPages } from './browser-pages.ts';
import type { Kind, Measured } from './grid/page.ts';
import {
  atLeast,
  atMost,
  check,
  median,
  reported,
  result,
  type BenchOptions,
  type BenchResult,
} from './result.ts';

const SIDE = 500;
const CHANGES = 40;
/** A difference of two frames is not read finer than this. */
const RESOLUTION_MS = 0.02;

export async function run(options: BenchOptions): Promise<BenchResult> {
  const seen: Record<Kind, Measured[]> = { own: [], 'data-url': [] };
  await withPages('grid', async (inPage) => {
    for (let round = 0; round < (options.long ? 5 : 3); round++) {
      for (const kind of round % 2 === 0 ? (['own', 'data-url'] as const) : (['data-url', 'own'] as const)) {
        const measured = await inPage((page) =>
          page.evaluate(
            ([kind, side, rounds]) => (window.measure as unknown as MeasureGrid)(kind, side, rounds),
            [kind, SIDE, CHANGES] as const,
          ),
        );
        seen[kind].push(measured);
      }
    }
  });
  const of = (kind: Kind, field: keyof Measured): number => median(seen[kind].map((one) => one[field]));
  const own = Math.max(of('own', 'changeMs'), RESOLUTION_MS);
  return result({
    name: 'grid',
    value: own,
    unit: 'ms a change',
    rival: { name: 'data-URL material', value: of('data-url', 'changeMs') },
    target: atLeast(40),
    valid: true,
    checks: [
      check('500 × 500 values handed over and drawn', [own, 'ms'], atMost(0.5)),
      reported('handing over alone', [of('own', 'callMs'), 'ms']),
      reported('handing over alone, data URL', [of('data-url', 'callMs'), 'ms']),
    ],
  });
}

type MeasureGrid = (kind: Kind, side: number, rounds: number) => Promise<Measured>;
