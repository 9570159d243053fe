import { describe, expect, it } from 'vitest';
import { countClasses } from './classes.ts';
import { sectionsOf } from './section.fixture.ts';

const NOW = Date.UTC(2026, 6, 15);
const list = [
  ['甲', 'I', 'II'],
  ['乙', 'III', 'II'],
  ['丙', 'II', 'II'],
  ['丁', null, 'II'],
] as const;

describe('sections by class', () => {
  it('are counted where they have one; worse than the target is named, better and equal is not', () => {
    const { byGrade, known, total, failing } = countClasses(sectionsOf(list, NOW), NOW);
    expect(byGrade).toMatchObject({ I: 1, II: 1, III: 1, IV: 0 });
    expect([known, total]).toEqual([3, 4]);
    expect(failing).toEqual([{ key: '乙', name: '乙', grade: 'III', target: 'II' }]);
  });
  it('do not count once they are stale', () => {
    expect(countClasses(sectionsOf(list, NOW - 5 * 14_400_000), NOW)).toMatchObject({
      known: 0,
      failing: [],
    });
  });
});
