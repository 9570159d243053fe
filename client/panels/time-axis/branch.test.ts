import { describe, expect, it } from 'vitest';
import type { BranchCourse } from '../../stores/advice.ts';
import { axisOf } from './axis.ts';
import { aheadWords, branchSources, lastPeak, valueAt } from './branch.ts';
import { usualRange } from './range.ts';

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 6, 17, 1);
const course = (
  option: string,
  name: string,
  [crest, hour]: readonly [crest: number, hour: number],
): BranchCourse => ({
  ...{ option, name: { zh: name, en: option }, unit: 'm' },
  points: [
    [NOW, 460],
    [NOW + hour * HOUR_MS, crest],
    [NOW + 20 * HOUR_MS, 458],
  ],
  peak: [NOW + hour * HOUR_MS, crest],
});
const all = [
  course('ordered', '现行调度', [463.6, 8]),
  course('b', '乙 后期敞泄', [465.73, 10]),
  course('a', '甲 错峰拦洪', [463.23, 7]),
];

describe('branches of the axis', () => {
  it('are the schemes before what is ordered now, each with its dash and the name of its crest', () => {
    expect(branchSources(all, 'zh').map(({ option, dash, peak }) => [option, dash, peak?.text])).toEqual([
      ['b', 'dot', '乙 465.73'],
      ['a', 'dash', '甲 463.23'],
      ['ordered', 'thin', '现行调度 463.60'],
    ]);
  });

  it('lift off where they begin and end with the axis; two at most, crests only where they are in sight', () => {
    const [from, to] = usualRange(NOW, lastPeak(all));
    expect(to).toBe(NOW + 13 * HOUR_MS);
    const sources = {
      ...{ from, to, now: NOW, cursor: null, loop: null, timeZone: 'Asia/Shanghai', widthEm: 40 },
      ...{ warnings: [], marks: [], past: null },
    };
    const { branches } = axisOf({ ...sources, branches: branchSources(all, 'zh') });
    expect(branches.map(({ option }) => option)).toEqual(['b', 'a']);
    expect(branches[0]).toMatchObject({ from: 12 / 25, to: 1, peak: { share: 22 / 25 } });
    const near = axisOf({ ...sources, to: NOW + 6 * HOUR_MS, branches: branchSources(all, 'zh') });
    expect(near.branches.map(({ peak }) => peak)).toEqual([null, null]);
  });

  it('say what they hold at a moment ahead, on straight lines, and nothing outside', () => {
    const [, b] = all as [BranchCourse, BranchCourse];
    expect(valueAt(b, NOW + 5 * HOUR_MS)).toBeCloseTo((460 + 465.73) / 2);
    expect(valueAt(b, NOW - 1)).toBeNull();
    expect(aheadWords(all.slice(1), NOW + 7 * HOUR_MS, { locale: 'zh', clock: '16:00' })).toBe(
      '16:00 乙 464.01 m · 甲 463.23 m',
    );
    expect(aheadWords(all, NOW + 30 * HOUR_MS, { locale: 'zh', clock: '15:00' })).toBe('');
  });

  it('the axis shows a day ahead at most, and six hours where nothing is worked out', () => {
    expect(usualRange(NOW, NOW + 90 * HOUR_MS)[1]).toBe(NOW + 24 * HOUR_MS);
    expect(usualRange(NOW, lastPeak([]))[1]).toBe(NOW + 6 * HOUR_MS);
  });
});
