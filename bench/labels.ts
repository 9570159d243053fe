// labels: script a frame of a moving map with 2,000 decluttered names, against 1,500 of Cesium's LabelCollection as they come.
// Fresh page for every case, 64 × 64 canvas, GPU drained outside the timed part, order alternated.
import { withPages } from './browser-pages.ts';
import type { Kind, Measured } from './labels/page.ts';
import { median, rounded, type BenchOptions, type BenchResult } from './result.ts';

const OURS = 2000;
const THEIRS = 1500;
/** A difference of two frames is not read finer than this. */
const RESOLUTION_MS = 0.02;
/** A name is read for about this long before the map moves on: what its making costs is shared by so many frames. */
const FRAMES_OF_A_LOOK = 60;

export async function run(options: BenchOptions): Promise<BenchResult> {
  const own: Measured[] = [];
  const theirs: Measured[] = [];
  await withPages('labels', async (inPage) => {
    const ask = (kind: Kind, count: number): Promise<Measured> =>
      inPage((page) =>
        page.evaluate(([kind, count]) => (window.measure as unknown as MeasureNames)(kind, count, 60), [
          kind,
          count,
        ] as const),
      );
    for (let round = 0; round < (options.long ? 5 : 3); round++) {
      own.push(await ask('own', OURS));
      theirs.push(await ask('collection', THEIRS));
    }
  });
  const of = (list: readonly Measured[], field: keyof Measured): number =>
    median(list.map((measured) => measured[field]));
  const perFrame = (list: readonly Measured[]): number =>
    Math.max(of(list, 'marginalMs'), RESOLUTION_MS) + of(list, 'readyMs') / FRAMES_OF_A_LOOK;
  const [value, rivalValue] = [perFrame(own), perFrame(theirs)];
  const overlaps = own.reduce((sum, measured) => sum + measured.overlaps, 0);
  const shown = of(own, 'shown');
  const moving = of(own, 'marginalMs');
  return {
    name: 'labels',
    value: rounded(value),
    unit: 'ms a frame',
    rival: `LabelCollection, ${THEIRS} labels`,
    rivalValue: rounded(rivalValue),
    ratio: rounded(rivalValue / value, 1),
    target: '≥ 10',
    ok: rivalValue / value >= 10 && overlaps === 0 && shown > 20,
    valid: true,
    checks: [
      {
        what: 'names that overlap, all frames',
        value: overlaps,
        unit: '1',
        target: '=0',
        ok: overlaps === 0,
      },
      { what: 'names shown', value: shown, unit: '1', target: '>20', ok: shown > 20 },
      {
        what: 'placing alone, camera moving',
        value: rounded(moving),
        unit: 'ms',
        target: '<=1',
        ok: moving <= 1,
      },
      {
        what: 'their moving frame alone',
        value: rounded(of(theirs, 'marginalMs')),
        unit: 'ms',
        target: 'reported',
        ok: true,
      },
      {
        what: 'our texts ready / theirs',
        value: rounded(of(own, 'readyMs') / of(theirs, 'readyMs'), 3),
        unit: '1',
        target: '<=0.2',
        ok: of(own, 'readyMs') / of(theirs, 'readyMs') <= 0.2,
      },
    ],
  };
}

type MeasureNames = (kind: Kind, count: number, pairs: number) => Promise<Measured>;
