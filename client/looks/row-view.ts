// The rows of a table as a screen wants them: which are shown, and in which class.
import type { LayerTable } from '../../contracts/table.ts';
import type { Kind, Test } from './look.ts';
import { bindAll, bindKinds } from './match.ts';

export interface RowView {
  /** Alive and not filtered out. */
  shown(slot: number): boolean;
  /** The class of a row; null where none fits. */
  kindOf(slot: number): Kind | null;
}

export function bindRows(table: LayerTable, kinds: readonly Kind[], filter: readonly Test[]): RowView {
  const kindOf = bindKinds(table, kinds);
  const passes = bindAll(table, filter);
  return {
    shown: (slot) => table.alive[slot] === 1 && passes(slot),
    kindOf: (slot) => kinds[kindOf(slot)] ?? null,
  };
}
