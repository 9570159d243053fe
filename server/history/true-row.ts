// One row as it was true at a moment: what was known then, with what became known later in its place.
import type { Layer, Row } from '../../contracts/layer.ts';
import type { LayerTable } from '../../contracts/table.ts';
import type { Late } from './late-reader.ts';

/** Late observations by object. */
export type LateByKey = ReadonlyMap<string, readonly Late[]>;

/** What counts of one object at a moment: of what was not known yet, the newest moment, and its latest correction. */
export function lateAt(all: readonly Late[], moment: number): Late | null {
  let best: Late | null = null;
  for (const one of all) {
    if (one.validAt > moment || one.knownAt <= moment) continue;
    if (one.batch.stores.quality.get(one.index) === 'bad') continue;
    if (!best || isAfter(one, best)) best = one;
  }
  return best;
}

const isAfter = (a: Late, b: Late): boolean =>
  (a.validAt - b.validAt || a.revision - b.revision || a.knownAt - b.knownAt) > 0;

interface Moment {
  /** As it was known then; null: it was not. */
  readonly known: Row | null;
  /** Of the object. */
  readonly late: Late;
  readonly layer: Layer;
  /** Epoch ms. */
  readonly at: number;
}

/**
 * The true row; null where what came late changes nothing: it is older than what was known, another source's, or of an
 * object that had ended by then.
 */
export function trueRow({ known, late, layer, at }: Moment): Row | null {
  const told = late.batch.row(late.index);
  if (known) {
    if (late.validAt < known.validAt || told.source !== known.source) return null;
    return { ...told, values: { ...known.values, ...said(told.values) } };
  }
  return isOver(told, layer, at) ? null : told;
}

/** An observation cannot tell "nothing said" from "nothing there": what was known stays. */
const said = (values: Row['values']): Row['values'] =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

function isOver({ validAt, values }: Row, { expireS, endsBy }: Layer, at: number): boolean {
  if (expireS !== null && validAt + expireS * 1000 <= at) return true;
  const end = endsBy === undefined ? null : values[endsBy];
  return typeof end === 'number' && end <= at;
}

export function byKey(all: readonly Late[]): LateByKey {
  return Map.groupBy(all, ({ key }) => key);
}

/** Puts late and corrected values into a table of what was known at a moment; observations of the table's own columns. */
export function makeTrue(table: LayerTable, all: readonly Late[], at: number): void {
  const { layer } = table;
  for (const [key, those] of byKey(all)) {
    const late = lateAt(those, at);
    const slot = table.slotOf(key);
    const row = late && trueRow({ known: slot < 0 ? null : table.row(slot), late, layer, at });
    if (row) table.put(row);
  }
}
