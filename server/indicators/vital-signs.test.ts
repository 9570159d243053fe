import { expect, it } from 'vitest';
import type { SignPart } from './vital-signs.ts';
import { freshnessOf, operationIndex, signIndex, signWeights } from './vital-signs.ts';

const part = (fields: Partial<SignPart>): SignPart => ({
  weight: 1,
  freshness: 1,
  score: 100,
  level: 'normal',
  key: false,
  ...fields,
});
const absent = (weight = 1): SignPart => part({ weight, freshness: 0, score: NaN, level: null });

it('weighs scores by weight and freshness', () => {
  // (2·1·90 + 1·0.5·60) / (2 + 0.5) = 84; coverage 2.5 / 3
  const index = signIndex([part({ weight: 2, score: 90 }), part({ freshness: 0.5, score: 60 })]);
  expect(index.value).toBeCloseTo(84, 9);
  expect(index.coveragePct).toBeCloseTo(250 / 3, 9);
});

it('caps at 59 for a red and 79 for an orange key indicator, and only for key ones', () => {
  const good = part({ weight: 8 });
  const red = { level: 'red', score: 0 } as const;
  expect(signIndex([good, part({ ...red, key: true })]).value).toBe(59);
  expect(signIndex([good, part({ level: 'orange', score: 50, key: true })]).value).toBe(79);
  expect(
    signIndex([good, part({ level: 'orange', score: 50, key: true }), part({ ...red, key: true })]).value,
  ).toBe(59);
  expect(signIndex([good, part(red)]).value).toBeCloseTo(800 / 9, 9);
  expect(signIndex([part({ ...red, key: true })]).value).toBe(0);
});

it('does not cap by a key indicator that is stale', () => {
  expect(signIndex([part({}), part({ level: 'red', score: NaN, freshness: 0, key: true })]).value).toBe(100);
});

it('has no value below half of the weights', () => {
  expect(signIndex([part({}), absent()]).value).toBe(100);
  expect(signIndex([part({ freshness: 0.5 }), absent()])).toEqual({ value: null, coveragePct: 25 });
  expect(signIndex([part({}), absent(2)]).value).toBeNull();
  expect(signIndex([])).toEqual({ value: null, coveragePct: 0 });
});

it('is fresh up to two periods, half up to four', () => {
  expect([0, 120_000, 120_001, 240_000, 240_001].map((age) => freshnessOf(age, 60))).toEqual([
    1, 1, 0.5, 0.5, 0,
  ]);
});

it('makes the city index of the signs that have a value', () => {
  expect(Object.values(signWeights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  const values = [
    { weight: 0.15, value: 90 },
    { weight: 0.15, value: 60 },
    { weight: 0.2, value: 80 },
    { weight: 0.5, value: null },
  ];
  expect(operationIndex(values).value).toBeCloseTo((0.15 * 90 + 0.15 * 60 + 0.2 * 80) / 0.5, 9);
  expect(operationIndex(values.slice(1)).value).toBeNull();
});
