// client: what the page costs while a city lives on it, in one line: the moving layers, their groups, grids, memory, and a
// minute of the wall. Names, buildings and the first frame have lines of their own.
import { exactly, result, type BenchCheck, type BenchOptions, type BenchResult } from './result.ts';

type Run = (options: BenchOptions) => Promise<BenchResult>;

const parts: readonly (() => Promise<{ readonly run: Run }>)[] = [
  () => import('./moving-layer.ts'),
  () => import('./groups.ts'),
  () => import('./grid.ts'),
  () => import('./memory.ts'),
  () => import('./live-wall.ts'),
];

export async function run(options: BenchOptions): Promise<BenchResult> {
  const results: BenchResult[] = [];
  for (const part of parts) {
    const { run: runPart } = await part();
    results.push(await runPart(options));
    options.say(`client: ${results.at(-1)?.name} done`);
  }
  return result({
    name: 'client',
    value: results.filter(({ ok }) => !ok).length,
    unit: 'parts that miss a target',
    target: exactly(0),
    valid: results.every(({ valid }) => valid),
    checks: results.flatMap(linesOf),
  });
}

/** The headline of a part and its checks, by its name. */
function linesOf({ name, value, unit, rival, ratio, target, ok, checks }: BenchResult): BenchCheck[] {
  const head = {
    what: name,
    value,
    unit,
    target: rival === '' ? target : 'reported',
    ok: rival === '' ? ok : true,
  };
  const against = { what: `${name}, times less than ${rival}`, value: ratio ?? NaN, unit: '1', target, ok };
  return [
    head,
    ...(rival === '' ? [] : [against]),
    ...checks.map((one) => ({ ...one, what: `${name}: ${one.what}` })),
  ];
}
