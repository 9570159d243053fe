// Rows that this server says itself: a layer holds exactly those it is given.
import type { ObservationBatch } from '../../contracts/frame.ts';
import type { LayerTable, RowInput } from '../../contracts/table.ts';

/** What this server says itself, as the source of a row. */
export const SELF = 'leader-cockpit';

/** Rows that are no longer among them end; those that are as they were are not said again. */
export function keepOwnRows(
  { table, batch }: { readonly table: LayerTable; readonly batch: ObservationBatch },
  rows: readonly RowInput[],
): void {
  const keys = new Set(rows.map(({ key }) => key));
  for (let slot = 0; slot < table.highWater; slot++)
    if (table.alive[slot] === 1 && !keys.has(table.keyAt(slot))) table.remove(slot, 'gone');
  for (const row of rows) {
    table.put(row);
    batch.append(row);
  }
}
