// Runs in a thread of its own: reads the journal of the last day into series and hands them over, layer by layer.
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { ObservationBatch } from '../../contracts/frame.ts';
import type { Layer, Retention } from '../../contracts/layer.ts';
import { loadLayers } from '../kit/load-folder.ts';
import { frameLayer } from './frame-layer.ts';
import { journalFiles, readJournal } from './journal.ts';
import type { SeriesColumns } from './key-series.ts';
import { INDEX_KEEP_MS, SeriesIndex } from './series-index.ts';

const HOUR_MS = 3_600_000;

export interface RebuildOrder {
  readonly layersFolder: string;
  /** Of the world's journal. */
  readonly folder: string;
  /** Epoch ms. */
  readonly now: number;
}

export type RebuildNews =
  | { readonly layer: string; readonly keys: readonly (readonly [key: string, columns: SeriesColumns])[] }
  | { readonly done: true; readonly batches: number; readonly skipped: number };

async function rebuild({ layersFolder, folder, now }: RebuildOrder): Promise<void> {
  const layers = await loadLayers(layersFolder);
  const index = new SeriesIndex(layers.values());
  const counts = { batches: 0, skipped: 0 };
  const retentions = new Set([...index.layers.values()].map(({ layer }) => layer.retention));
  for (const retention of retentions) readClass(index, { folder, retention, now }, counts);
  for (const [slug, series] of index.layers) {
    const keys = [...series.keys].map(([key, one]) => [key, one.columns()] as const);
    const buffers = keys.flatMap(([, { validAt, revision, cells }]) => [
      validAt.buffer as ArrayBuffer,
      ...(revision ? [revision.buffer as ArrayBuffer] : []),
      cells.buffer as ArrayBuffer,
    ]);
    if (keys.length > 0) parentPort?.postMessage({ layer: slug, keys } satisfies RebuildNews, buffers);
  }
  parentPort?.postMessage({ done: true, ...counts } satisfies RebuildNews);
}

function readClass(
  index: SeriesIndex,
  { folder, retention, now }: Pick<RebuildOrder, 'folder' | 'now'> & { retention: Retention },
  counts: { batches: number; skipped: number },
): void {
  for (const { file, hour } of journalFiles(path.join(folder, retention))) {
    if (hour + HOUR_MS < now - INDEX_KEEP_MS) continue;
    for (const frame of readJournal(file).flatMap(({ frames }) => frames)) {
      const layer: Layer | undefined = index.layers.get(frameLayer(frame))?.layer;
      if (!layer) continue;
      try {
        index.take(ObservationBatch.decode(layer, frame));
        counts.batches += 1;
      } catch {
        // Of an earlier build, with other columns.
        counts.skipped += 1;
      }
    }
  }
}

await rebuild(workerData as RebuildOrder);
