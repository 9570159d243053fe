// Road events that are not over: closures first, then the graver, then the newer.
import type { roadEvent } from '../../../contracts/layers/road-event.ts';
import type { LayerTable } from '../../../contracts/table.ts';
import { rankOf } from '../../stores/warnings.ts';
import type { Severity } from '../../stores/indicators.ts';

export type RoadEventTable = LayerTable<(typeof roadEvent)['columns']>;
type Kind = keyof (typeof roadEvent)['columns']['kind']['values'];

export interface RoadEventRow {
  readonly key: string;
  readonly kind: Kind | null;
  readonly severity: Severity | null;
  /** Road with its kilometre mark, else the title. */
  readonly where: string;
  readonly at: number;
}

export function openRoadEvents(table: RoadEventTable | null): readonly RoadEventRow[] {
  const rows: RoadEventRow[] = [];
  for (let slot = 0; slot < (table?.highWater ?? 0); slot++) {
    if (table?.alive[slot] !== 1 || table.column('status').get(slot) === 'closed') continue;
    const road = table.column('road').value(slot);
    const mark = table.column('kMark').value(slot);
    const named = road ? [road, mark].filter(Boolean).join(' ') : null;
    rows.push({
      key: table.keyAt(slot),
      kind: table.column('kind').get(slot),
      severity: table.column('severity').get(slot),
      where: named ?? table.column('title').value(slot) ?? table.keyAt(slot),
      at: table.validAt[slot] ?? 0,
    });
  }
  const isClosure = ({ kind }: RoadEventRow): number => (kind === 'closure' ? 0 : 1);
  return rows.sort(
    (a, b) => isClosure(a) - isClosure(b) || rankOf(a.severity) - rankOf(b.severity) || b.at - a.at,
  );
}
