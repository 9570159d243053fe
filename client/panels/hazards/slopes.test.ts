import { expect, test } from 'vitest';
import { geohazardScore } from '../../../contracts/layers/geohazard-score.ts';
import type { HazardLevel } from '../../../contracts/records/geohazard.ts';
import { LayerTable } from '../../../contracts/table.ts';
import { slopeSum, slopeTowns } from './slopes.ts';

interface Said {
  readonly score: number;
  readonly level: HazardLevel | null;
  readonly patrolPoints: number;
  readonly movePeople?: number;
}

function table(rows: Readonly<Record<string, Said>>) {
  const made = new LayerTable(geohazardScore);
  for (const [key, said] of Object.entries(rows))
    made.put({
      ...{ key, validAt: 0, source: 'test' },
      values: { name: key, effectiveFrom: 'gauge', effectiveMm: 40, ...said },
    });
  return made;
}

test('the worst town is first, and a calm one is left out', () => {
  const towns = slopeTowns(
    table({
      calm: { score: 0.4, level: null, patrolPoints: 0 },
      blue: { score: 0.72, level: 'blue', patrolPoints: 20 },
      red: { score: 1.6, level: 'red', patrolPoints: 33, movePeople: 1133 },
      steep: { score: 0.71, level: 'blue', patrolPoints: 4, movePeople: 12 },
    }),
  );
  expect(towns.map(({ key }) => key)).toEqual(['red', 'blue', 'steep']);
  expect(slopeSum(towns)).toEqual({ towns: 3, patrolPoints: 57, preparePeople: 0, movePeople: 1145 });
});

test('nothing is known without the layer', () => {
  expect(slopeTowns(null)).toEqual([]);
});
