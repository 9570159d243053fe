// buildings: the longest wait while 30,000 buildings load, and script until all of them have another colour, against a style
// of Cesium3DTileStyle on the same tiles. Fresh page for every case, 64 × 64 canvas, GPU drained outside the timed part.
import { withPages, type InPage } from './browser-pages.ts';
import type { Kind, Measured } from './buildings/page.ts';
import { writeTown } from './buildings/town.ts';
import {
  atLeast,
  atMost,
  check,
  exactly,
  median,
  reported,
  result,
  type BenchOptions,
  type BenchResult,
} from './result.ts';

const MANY = 30_000;
/** Software needs a second to draw 30,000 whole buildings, and each change is drawn with its pair. */
const CHANGES = 10;
/** A difference of two frames is not read finer than this. */
const RESOLUTION_MS = 0.02;

export async function run(options: BenchOptions): Promise<BenchResult> {
  const seen: Record<Kind, Measured[]> = { own: [], style: [] };
  const ask = (inPage: InPage, kind: Kind): Promise<Measured> =>
    inPage((page) =>
      page.evaluate(([kind, rounds]) => (window.measure as unknown as MeasureTown)(kind, rounds), [
        kind,
        CHANGES,
      ] as const),
    );
  await withPages(
    'buildings',
    async (inPage) => {
      for (let round = 0; round < (options.long ? 5 : 2); round++) {
        for (const kind of round % 2 === 0 ? (['own', 'style'] as const) : (['style', 'own'] as const)) {
          seen[kind].push(await ask(inPage, kind));
          options.say(`buildings: ${kind}, page ${round + 1}: ${JSON.stringify(seen[kind].at(-1))}`);
        }
      }
    },
    (outDir) => writeTown(outDir, MANY),
  );
  const of = (kind: Kind, field: keyof Measured): number => median(seen[kind].map((one) => one[field]));
  return judge(of);
}

function judge(of: (kind: Kind, field: keyof Measured) => number): BenchResult {
  const recolour = Math.max(of('own', 'recolourMs'), RESOLUTION_MS);
  return result({
    name: 'buildings',
    value: recolour,
    unit: 'ms to recolour all',
    rival: { name: 'Cesium3DTileStyle', value: of('style', 'recolourMs') },
    target: atLeast(10),
    valid: true,
    checks: [
      check('recolour all, with the frame after it', [recolour, 'ms'], atMost(1)),
      check('recolour all, the call alone', [of('own', 'callMs'), 'ms'], atMost(1)),
      check(
        'filter all, with the frame after it',
        [Math.max(of('own', 'filterMs'), RESOLUTION_MS), 'ms'],
        atMost(1),
      ),
      check('buildings loaded and drawn whole', [of('own', 'loaded'), '1'], exactly(MANY)),
      check('buildings of the rival', [of('style', 'loaded'), '1'], exactly(MANY)),
      check('worst frame while loading, after the first tile', [of('own', 'worstMs'), 'ms'], atMost(50)),
      reported('worst frame while loading, rival', [of('style', 'worstMs'), 'ms']),
      reported('first tile, shader made', [of('own', 'firstMs'), 'ms']),
      reported('filter all by a style', [of('style', 'filterMs'), 'ms']),
    ],
  });
}

type MeasureTown = (kind: Kind, rounds: number) => Promise<Measured>;
