import { describe, expect, it } from 'vitest';
import { isNormal, limitsInWords, normalInWords } from './indicator-definition.ts';
import { parseIndicatorFacts, withLimits } from './indicator-facts.ts';

const tpi = {
  slug: 'tpi',
  version: 1,
  title: { zh: '交通运行指数', en: 'Traffic performance index' },
  unit: { zh: '', en: '' },
  direction: 'down',
  limits: [
    { from: '2020-01-01', to: '2023-12-31', code: [3, 5, 7] },
    { from: '2024-01-01', to: null, code: [4, 6, 8] },
  ],
  periodS: 300,
  inputs: ['road-speed'],
  systems: ['smart-transport'],
  formula: { zh: '式', en: 'formula' },
};

describe('facts of indicators', () => {
  it('take the thresholds in force', () => {
    expect(parseIndicatorFacts([tpi]).get('tpi')).toMatchObject({
      limits: [4, 6, 8],
      periodS: 300,
      version: 1,
    });
  });
  it('leave out what has no title, and survive nonsense', () => {
    expect(parseIndicatorFacts([{ slug: 'x' }, 5, null]).size).toBe(0);
    expect(parseIndicatorFacts('<!doctype html>').size).toBe(0);
    expect(parseIndicatorFacts({ indicators: [tpi] }).size).toBe(1);
  });
});

describe('thresholds in words', () => {
  it.each([
    ['down', [4, 6, 8], '≤ 4 正常，≤ 6 黄，≤ 8 橙，其余红', '正常 ≤ 4'],
    ['up', [0, -5, -10], '≥ 0 正常，≥ −5 黄，≥ −10 橙，其余红', '正常 ≥ 0'],
    ['band', [50, 150], '50–150 正常', '正常 50–150'],
    ['down', [], null, null],
  ] as const)('%s %j', (direction, limits, all, normal) => {
    expect(limitsInWords({ direction, limits }, 'zh')).toBe(all);
    expect(normalInWords({ direction, limits }, 'zh')).toBe(normal);
  });
});

describe('a value where nothing is wrong', () => {
  it.each([
    ['down', [8, 12, 15], 6.6, true],
    ['down', [8, 12, 15], 8.1, false],
    ['up', [1, 0.3, 0], -0.25, false],
    ['band', [50, 150], 150, true],
    ['band', [50, 150], 151, false],
    ['down', [], 0, false],
  ] as const)('%s %j: %d is %s', (direction, limits, value, normal) => {
    expect(isNormal(value, { direction, limits })).toBe(normal);
  });
});

describe('thresholds of a row', () => {
  const facts = parseIndicatorFacts([tpi]);
  it('stand before those of the facts: people change them, and the past had its own', () => {
    expect(withLimits(facts, new Map([['tpi', { limits: [1, 2, 3] }]])).get('tpi')?.limits).toEqual([
      1, 2, 3,
    ]);
  });
  it.each([
    ['the same', [4, 6, 8]],
    ['none', null],
  ])('leave the facts as they are where they are %s', (_, limits) => {
    expect(withLimits(facts, new Map([['tpi', { limits }]]))).toBe(facts);
  });
});
