// The evacuation out of the rows of its layer: the city's sum, then by task its places; the least done first. Pure.
import type { evacuation } from '../../../contracts/layers/evacuation.ts';
import type { Row } from '../../../contracts/layer.ts';
import type { EvacuationSum } from '../../../contracts/records/evacuation.ts';

export type EvacuationRow = Row<(typeof evacuation)['columns']>;

export interface Bar {
  readonly key: string;
  readonly name: string;
  readonly sum: EvacuationSum;
  readonly isHead: boolean;
  /** Places it stands for itself: a town that moves as one is not said a second time below its name. */
  readonly places: number;
}

export interface EvacuationModel {
  /** null: nobody is being moved. */
  readonly city: EvacuationSum | null;
  readonly bars: readonly Bar[];
  /** Places that are not shown. */
  readonly more: number;
}

const sumOf = ({ values }: EvacuationRow): EvacuationSum => ({
  toMove: values.toMove ?? 0,
  moved: values.moved ?? 0,
  refused: values.refused ?? 0,
  percent: values.percent,
  countedAt: values.countedAt,
});

const leastDone = (a: EvacuationRow, b: EvacuationRow): number =>
  (a.values.percent ?? 0) - (b.values.percent ?? 0) ||
  (b.values.toMove ?? 0) - (a.values.toMove ?? 0) ||
  a.key.localeCompare(b.key);

/** @param most bars; what is done is left out first, since the least done stand first */
export function evacuationModel(rows: readonly EvacuationRow[], most: number): EvacuationModel {
  const of = (scope: EvacuationRow['values']['scope']): EvacuationRow[] =>
    rows.filter(({ values }) => values.scope === scope);
  const places = Map.groupBy(of('place'), ({ values }) => values.taskId);
  const all = of('task')
    .sort(leastDone)
    .flatMap((task): Bar[] => {
      const own = (places.get(task.values.taskId) ?? []).sort(leastDone);
      const unit = task.values.unit ?? '';
      const isOne = own.length === 1 && own[0]?.values.name === unit;
      const head: Bar = {
        ...{ key: task.key, name: unit, sum: sumOf(task), isHead: true, places: isOne ? 1 : 0 },
      };
      if (isOne) return [head];
      const bar = (row: EvacuationRow): Bar => ({
        ...{ key: row.key, name: row.values.name ?? '', sum: sumOf(row), isHead: false, places: 1 },
      });
      return [head, ...own.map(bar)];
    });
  const [city] = of('city');
  const shown = all.slice(0, most);
  const hidden = all.slice(most).reduce((sum, { places: count }) => sum + count, 0);
  return { city: city ? sumOf(city) : null, bars: shown, more: hidden };
}
