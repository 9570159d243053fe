// Which grade the criteria give, and why: pure, so that the reason can be shown before and kept after.
import type { Fact, Facts, Grade, IncidentKind } from '../../contracts/records/incident.ts';
import { factTitles, gradeTitles } from '../../contracts/records/incident.ts';
import { criteria, gradeOrder } from './criteria.ts';

export interface Suggested {
  readonly grade: Grade;
  /** Sentences that name rule, fact, value and limit. */
  readonly reason: { readonly zh: string; readonly en: string };
}

/** What no fact raises is Ⅳ. */
export function gradeBy(kind: IncidentKind, facts: Facts): Suggested {
  const { rule, limits } = criteria[kind];
  let found: {
    readonly at: number;
    readonly fact: Fact;
    readonly value: number;
    readonly limit: number;
  } | null = null;
  for (const [fact, of] of Object.entries(limits) as [Fact, (typeof limits)[Fact]][]) {
    const value = facts[fact];
    if (value === undefined || of === undefined) continue;
    const at = of.findIndex((limit) => limit !== null && value >= limit);
    const limit = of[at];
    if (limit === undefined || limit === null || (found && found.at <= at)) continue;
    found = { at, fact, value, limit };
  }
  const grade = gradeOrder[found?.at ?? 3] as Grade;
  const said = found
    ? {
        zh: `${factTitles[found.fact].zh}${found.value} ≥ ${found.limit}`,
        en: `${factTitles[found.fact].en} ${found.value} ≥ ${found.limit}`,
      }
    : { zh: '已知情况未达更高等级', en: 'nothing known reaches a higher grade' };
  return {
    grade,
    reason: {
      zh: `${said.zh}：${gradeTitles[grade].zh}，依据${rule.zh}`,
      en: `${said.en}: ${gradeTitles[grade].en}, by ${rule.en}`,
    },
  };
}

/** Below 0: `a` is graver. */
export const compareGrades = (a: Grade, b: Grade): number => gradeOrder.indexOf(a) - gradeOrder.indexOf(b);

/** Grades people hurry for: 较大 and above. */
export const isGrave = (grade: Grade | null): boolean => grade !== null && grade !== 'IV';
