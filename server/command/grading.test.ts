import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Facts, Grade, IncidentKind } from '../../contracts/records/incident.ts';
import { factNames, incidentKinds } from '../../contracts/records/incident.ts';
import { gradeReason } from './checks.ts';
import { criteria } from './criteria.ts';
import { compareGrades, gradeBy } from './grading.ts';

test.each<[IncidentKind, Facts, Grade]>([
  ['work-accident', { dead: 2 }, 'IV'],
  ['work-accident', { dead: 3 }, 'III'],
  ['gas-leak', { dead: 9, hurt: 50 }, 'II'],
  ['fire', { dead: 30 }, 'I'],
  ['fire', { lossWan: 1000 }, 'III'],
  ['fire', { lossWan: 999 }, 'IV'],
  ['earthquake', { magnitude: 5.8 }, 'III'],
  ['earthquake', { magnitude: 5.8, dead: 60 }, 'II'],
  ['earthquake', { magnitude: 7 }, 'I'],
  ['environment', { evacuated: 10_000 }, 'II'],
  ['environment', { provinces: 2 }, 'II'],
  ['environment', { provinces: 1 }, 'IV'],
  ['forest-fire', { burntHa: 1 }, 'III'],
  ['forest-fire', { burntHa: 0.9, dead: 1 }, 'IV'],
  ['food-poisoning', { poisoned: 99 }, 'IV'],
  ['food-poisoning', { poisoned: 12, dead: 1 }, 'III'],
  ['gathering', { gathered: 1000 }, 'II'],
  ['waterlogging', { roadsOver30cm: 3 }, 'III'],
  ['waterlogging', { roadsOver50cm: 6, roadsOver30cm: 3 }, 'II'],
  ['service', { dead: 40 }, 'IV'],
])('%s with %o is grade %s', (kind, facts, grade) => {
  const found = gradeBy(kind, facts);
  expect(found.grade).toBe(grade);
  expect(found.reason.zh).toContain(criteria[kind].rule.zh);
});

test('the reason names fact, value and limit', () => {
  expect(gradeBy('fire', { dead: 12 }).reason).toEqual({
    zh: '死亡（人）12 ≥ 10：重大，依据火灾事故等级（同国令493）',
    en: 'Dead 12 ≥ 10: Grade II, by Fires, as decree 493',
  });
});

test.each(incidentKinds.map((kind) => [kind]))(
  'no bracket stands inside another in the reason of %s',
  (kind) => {
    expect(gradeBy(kind, {}).reason.zh).not.toMatch(/（[^）]*（/);
  },
);

test('another grade than that of the criteria keeps both reasons', () => {
  const reason = gradeReason({ kind: 'gas-leak', facts: {} }, { grade: 'III', reason: '临近学校' });
  expect(reason.zh).toMatch(/^已知情况未达更高等级.*；人工定为较大：临近学校$/);
});

test('more harm never makes it less grave', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...incidentKinds),
      fc.dictionary(fc.constantFrom(...factNames), fc.nat(200)),
      fc.constantFrom(...factNames),
      fc.nat(100_000),
      (...[kind, facts, fact, more]) => {
        const before = gradeBy(kind, facts).grade;
        const after = gradeBy(kind, { ...facts, [fact]: ((facts as Facts)[fact] ?? 0) + more }).grade;
        expect(compareGrades(after, before)).toBeLessThanOrEqual(0);
      },
    ),
  );
});
