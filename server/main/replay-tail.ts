// What came between the last snapshot and a kill: taken from the journal into the tables, before the feeds start.
import { observationsUnder } from '../../contracts/earlier.ts';
import type { ObservationBatch } from '../../contracts/frame.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { LayerTable } from '../../contracts/table.ts';
import type { RestoreOptions } from '../state/restore.ts';

interface ReplayOptions extends Pick<RestoreOptions, 'world' | 'accepts' | 'adopt'> {
  readonly keeps: (layer: Layer) => boolean;
  readonly revisionOf: (layer: string, key: string) => number;
}

type Observed = ReturnType<ObservationBatch['row']>;

/** → how many observations moved the state */
export function replayTail(tail: Iterable<ObservationBatch>, options: ReplayOptions): number {
  let moved = 0;
  for (const told of tail) {
    const held = options.world.layers.get(told.layer.slug);
    if (!held || !options.keeps(held.layer)) continue;
    const batch = observationsUnder(held.layer, told);
    for (let at = 0; at < batch.count; at += 1) moved += replay(held.table, batch.row(at), options);
  }
  return moved;
}

function replay(table: LayerTable, row: Observed, { accepts, adopt, revisionOf }: ReplayOptions): 0 | 1 {
  const { slug } = table.layer;
  if (!accepts(slug, row)) return 0;
  const slot = table.slotOf(row.key);
  if (slot < 0) table.put(row);
  else if (isNewer(row, { validAt: table.validAt[slot] as number, revision: revisionOf(slug, row.key) })) {
    table.patch(slot, { ...row, values: said(row) });
  } else return 0;
  adopt(slug, row);
  return 1;
}

function isNewer(row: Observed, known: { readonly validAt: number; readonly revision: number }): boolean {
  if (row.revision !== known.revision) return row.revision > known.revision;
  return row.validAt >= known.validAt;
}

/** An observation cannot tell "nothing said" from "nothing there": what is known stays. */
function said({ values }: Observed): Observed['values'] {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
