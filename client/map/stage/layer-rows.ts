// The rows of a layer as this screen chose them: which are shown, and in which class.
import type { LayerTable } from '../../../contracts/table.ts';
import { bindAll, bindKinds } from '../../looks/match.ts';
import { choiceOf, kindsOf } from '../../stores/choices.ts';
import type { RowView } from '../layer.ts';

export function rowsOf(slug: string, table: LayerTable): RowView {
  const kinds = kindsOf(slug);
  const kindOf = bindKinds(table, kinds);
  const passes = bindAll(table, choiceOf(slug).filter);
  return {
    shown: (slot) => table.alive[slot] === 1 && passes(slot),
    kindOf: (slot) => kinds[kindOf(slot)] ?? null,
  };
}
