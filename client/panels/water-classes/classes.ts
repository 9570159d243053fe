// River sections by class of GB 3838, and those worse than their target.
import { waterSection } from '../../../contracts/layers/water-section.ts';
import type { LayerTable } from '../../../contracts/table.ts';
import { stateOfAge } from '../../stores/rows.ts';

export type SectionTable = LayerTable<(typeof waterSection)['columns']>;
export type Grade = keyof (typeof waterSection)['columns']['grade']['values'];
/** From the best to the worst. */
export const grades = Object.keys(waterSection.columns.grade.values) as Grade[];

export interface Failing {
  readonly key: string;
  readonly name: string;
  readonly grade: Grade;
  readonly target: Grade;
}

export interface ClassCount {
  readonly byGrade: Readonly<Record<Grade, number>>;
  /** Sections with a class that is not stale. */
  readonly known: number;
  /** All sections. */
  readonly total: number;
  readonly failing: readonly Failing[];
  readonly newestAt: number | null;
}

export function countClasses(table: SectionTable | null, now: number): ClassCount {
  const byGrade = Object.fromEntries(grades.map((grade) => [grade, 0])) as Record<Grade, number>;
  const failing: Failing[] = [];
  let known = 0;
  let newestAt: number | null = null;
  for (let slot = 0; slot < (table?.highWater ?? 0); slot++) {
    if (table?.alive[slot] !== 1) continue;
    const at = table.validAt[slot] ?? 0;
    const grade = table.column('grade').get(slot);
    if (grade === null || stateOfAge((now - at) / 1000, table.layer.periodS) === 'stale') continue;
    known++;
    byGrade[grade]++;
    newestAt = Math.max(newestAt ?? 0, at);
    const target = table.column('target').get(slot);
    if (target === null || grades.indexOf(grade) <= grades.indexOf(target)) continue;
    failing.push({
      key: table.keyAt(slot),
      name: table.column('name').value(slot) ?? table.keyAt(slot),
      grade,
      target,
    });
  }
  return { byGrade, known, total: table?.size ?? 0, failing, newestAt };
}
