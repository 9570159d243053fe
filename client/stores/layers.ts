// Mirrors of the server's tables on this page, with version counters that panels watch.
import { shallowReactive, shallowRef, type ShallowRef } from 'vue';
import type { Columns } from '../../contracts/column.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { catalog } from '../catalog.ts';
import { Receivers } from './receivers.ts';

interface Mirror {
  readonly layer: Layer;
  /** Raised once a packet that touched the layer; read it to depend on the rows. */
  readonly version: ShallowRef<number>;
  table: LayerTable | null;
  /** The newest moment any row speaks of, epoch ms; 0 without rows. */
  newestAt: number;
  rows: number;
}

export type TableListener = (slug: string, table: LayerTable) => void;

const receivers = new Receivers(catalog);
const listeners = new Set<TableListener>();

export const mirrors: ReadonlyMap<string, Mirror> = new Map(
  [...catalog].map(([slug, layer]) => [
    slug,
    shallowReactive({ layer, version: shallowRef(0), table: null, newestAt: 0, rows: 0 }) as Mirror,
  ]),
);

/** Traffic of the last packets, for the debug overlay. */
export const traffic = { wireBytes: 0, packets: 0, skipped: 0, lastTick: -1 };

/**
 * Applies the frames of one packet, tells the listeners which tables changed, then forgets the changes.
 * @throws CodedError frame/… when this mirror no longer fits: ask for a reset
 */
export function applyFrames(frames: readonly Uint8Array[]): void {
  for (const frame of frames) receivers.apply(frame);
  for (const [slug, { table }] of receivers.all()) {
    if (table.changedCount === 0) continue;
    const mirror = mirrors.get(slug);
    if (!mirror) continue;
    mirror.table = table;
    mirror.rows = table.size;
    mirror.newestAt = newestOf(table, mirror.newestAt);
    for (const listen of listeners) listen(slug, table);
    table.clearChanges();
    mirror.version.value++;
  }
}

/** Calls `listen` with every table that changed, while its changes are still listed. */
export function onTableChange(listen: TableListener): () => void {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

/**
 * The rows of a layer as a table, or null before the first frame. Depends on the version, and stays the same object: ask for
 * it where its rows are read, as a computed that holds it alone never tells that they changed.
 */
export function tableOf<C extends Columns>(layer: Layer<C>): LayerTable<C> | null {
  const mirror = mirrors.get(layer.slug);
  if (!mirror) throw new Error(`layer ${layer.slug}: not in contracts/layers: declare it there`);
  return mirror.version.value >= 0 ? (mirror.table as LayerTable<C> | null) : null;
}

export function clearLayers(): void {
  receivers.clear();
  for (const mirror of mirrors.values()) {
    mirror.table = null;
    mirror.rows = 0;
    mirror.newestAt = 0;
    mirror.version.value++;
  }
}

function newestOf(table: LayerTable, before: number): number {
  let newest = before;
  for (let i = 0; i < table.changedCount; i++) {
    const slot = table.changedSlots[i] ?? 0;
    if (table.alive[slot] === 1) newest = Math.max(newest, table.validAt[slot] ?? 0);
  }
  return newest;
}
