// moving-layer: script a frame of 50,000 moving objects, ours against Cesium's points, its entities and deck.gl.
// Fresh page for every case, 64 × 64 canvas, GPU drained outside the timed part, order alternated.
import { withPages, type InPage } from './browser-pages.ts';
import type { Kind, Measured } from './moving-layer/page.ts';
import { median, rounded, type BenchCheck, type BenchOptions, type BenchResult } from './result.ts';

const MANY = 50_000;
const MOST = 200_000;
/** A difference of two frames is not read finer than this: script time below it is called 0. */
const RESOLUTION_MS = 0.02;

export async function run(options: BenchOptions): Promise<BenchResult> {
  return withPages('moving-layer', (inPage) =>
    compare((kind, count, pairs) => once(inPage, { kind, count, pairs }), options.long ? 5 : 3),
  );
}

interface Case {
  readonly kind: Kind;
  readonly count: number;
  readonly pairs: number;
}

function once(inPage: InPage, one: Case): Promise<Measured> {
  return inPage((page) =>
    page.evaluate(
      ({ kind, count, pairs }) => (window.measure as unknown as MeasureLayer)(kind, count, pairs),
      one,
    ),
  );
}

type Ask = (kind: Kind, count: number, pairs: number) => Promise<Measured>;

/** Medians over fresh pages, the kinds taken in turn. */
async function compare(ask: Ask, rounds: number): Promise<BenchResult> {
  const seen = new Map<string, Measured[]>();
  const note = async (kind: Kind, count: number, pairs: number): Promise<void> => {
    const name = `${kind} ${count}`;
    seen.set(name, [...(seen.get(name) ?? []), await ask(kind, count, pairs)]);
  };
  for (let round = 0; round < rounds; round++) {
    await note('own', MANY, 60);
    await note('points', MANY, 24);
    await note('own', 1000, 60);
    await note('own', MOST, 24);
  }
  // Both are an order of magnitude dearer to draw in software: one page each tells enough.
  await note('deck', MANY, 8);
  await note('entities', MANY, 4);
  const of = (name: string, field: keyof Measured): number =>
    median((seen.get(name) ?? []).map((measured) => measured[field] ?? NaN));
  return judge(of);
}

function judge(of: (name: string, field: keyof Measured) => number): BenchResult {
  const own = Math.max(of(`own ${MANY}`, 'marginalMs'), RESOLUTION_MS);
  const points = of(`points ${MANY}`, 'marginalMs');
  const entity = of(`entities ${MANY}`, 'marginalMs');
  const deck = of(`deck ${MANY}`, 'marginalMs');
  const growth = of(`own ${MOST}`, 'marginalMs') - of('own 1000', 'marginalMs');
  const check = (
    what: string,
    value: number,
    unit: string,
    limit: readonly [target: string, ok: boolean],
  ): BenchCheck => ({
    what,
    value: rounded(value),
    unit,
    target: limit[0],
    ok: limit[1],
  });
  const update = of(`own ${MANY}`, 'updateMs');
  const updateMost = of(`own ${MOST}`, 'updateMs');
  const pick = of(`own ${MOST}`, 'pickMs');
  const checks = [
    check('times less than PointPrimitiveCollection', points / own, '1', ['≥ 30', points / own >= 30]),
    check('times less than entities', entity / own, '1', ['≥ 200', entity / own >= 200]),
    check('deck.gl Scatterplot, marginal', deck, 'ms', [
      'not below ours + 0.1',
      own <= Math.max(deck, 0) + 0.1,
    ]),
    check('growth from 1,000 to 200,000 objects', growth, 'ms', ['≤ 0.3', growth <= 0.3]),
    check('one 1 Hz update of 50,000, page side', update, 'ms', ['≤ 0.5', update <= 0.5]),
    check('one 1 Hz update of 200,000, page side', updateMost, 'ms', ['≤ 1', updateMost <= 1]),
    check('pick among 200,000', pick, 'ms', ['≤ 3', pick <= 3]),
  ];
  return {
    name: 'moving-layer',
    value: rounded(own),
    unit: 'ms a frame',
    rival: 'PointPrimitiveCollection',
    rivalValue: rounded(points),
    ratio: rounded(points / own, 1),
    target: '≤ 0.3 ms, ≤ 1/30 of points',
    ok: own <= 0.3 && checks.every(({ ok }) => ok),
    valid: true,
    checks,
  };
}

type MeasureLayer = (kind: Kind, count: number, pairs: number) => Promise<Measured>;
