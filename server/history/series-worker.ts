// Runs in a thread of its own: reads the observations of the last day into series and hands them over, layer by layer.
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { decodeObservations, observationsUnder } from '../../contracts/earlier.ts';
import type { Layer } from '../../contracts/layer.ts';
import { loadLayers } from '../kit/load-folder.ts';
import { frameLayer } from './frame-layer.ts';
import { HistoryFiles, dayEnd } from './history-files.ts';
import { readJournal } from './journal.ts';
import { hoursIn } from './journal-names.ts';
import type { SeriesColumns } from './key-series.ts';
import type { ObservedHead } from './observed-part.ts';
import { readBlocks } from './observed-part.ts';
import type { ThreadSetup } from './orders.ts';
import { SchemaShelf } from '../kit/schema-shelf.ts';
import { readHeads } from './segment-file.ts';
import { INDEX_KEEP_MS, SeriesIndex } from './series-index.ts';

const HOUR_MS = 3_600_000;

export interface RebuildOrder extends ThreadSetup {
  /** Epoch ms. */
  readonly now: number;
}

export type RebuildNews =
  | { readonly layer: string; readonly keys: readonly (readonly [key: string, columns: SeriesColumns])[] }
  | { readonly done: true; readonly batches: number; readonly skipped: number };

interface Reading {
  readonly index: SeriesIndex;
  /** What is older is not read. */
  readonly since: number;
  batches: number;
  /** Of columns nobody knows any more, or damaged. */
  skipped: number;
}

async function rebuild({ layersFolder, root, journal, schemas: shelf, now }: RebuildOrder): Promise<void> {
  const layers = await loadLayers(layersFolder);
  const index = new SeriesIndex(layers.values());
  const reading = { index, since: now - INDEX_KEEP_MS, batches: 0, skipped: 0 };
  const files = new HistoryFiles(root);
  const schemas = new SchemaShelf(shelf);
  for (const { layer } of index.layers.values()) readParts(layer, { files, schemas }, reading);
  const retentions = new Set([...index.layers.values()].map(({ layer }) => layer.retention));
  for (const retention of retentions) readClass(path.join(journal, retention), schemas, reading);
  for (const [slug, series] of index.layers) {
    const keys = [...series.keys].map(([key, one]) => [key, one.columns()] as const);
    const buffers = keys.flatMap(([, { validAt, revision, cells }]) => [
      validAt.buffer as ArrayBuffer,
      ...(revision ? [revision.buffer as ArrayBuffer] : []),
      cells.buffer as ArrayBuffer,
    ]);
    if (keys.length > 0) parentPort?.postMessage({ layer: slug, keys } satisfies RebuildNews, buffers);
  }
  const { batches, skipped } = reading;
  parentPort?.postMessage({ done: true, batches, skipped } satisfies RebuildNews);
}

/** Closed hours. */
function readParts(
  layer: Layer,
  { files, schemas }: { files: HistoryFiles; schemas: SchemaShelf },
  reading: Reading,
): void {
  const recent = files.of('observed', layer.slug).filter((file) => dayEnd(file) >= reading.since);
  for (const place of recent.flatMap(({ file }) => readHeads<ObservedHead>(file))) {
    if (place.head.validTo < reading.since) continue;
    attempt(reading, () => {
      for (const { batch } of readBlocks(place, schemas)) reading.index.take(observationsUnder(layer, batch));
    });
  }
}

/** What no part holds yet; read twice, an observation is the same. */
function readClass(folder: string, schemas: SchemaShelf, reading: Reading): void {
  for (const { file, hour } of hoursIn(folder)) {
    if (hour + HOUR_MS < reading.since) continue;
    for (const frame of readJournal(file).flatMap(({ frames }) => frames)) {
      const layer: Layer | undefined = reading.index.layers.get(frameLayer(frame))?.layer;
      if (!layer) continue;
      attempt(reading, () => reading.index.take(decodeObservations(layer, frame, schemas.layerOf)));
    }
  }
}

function attempt(reading: Reading, read: () => void): void {
  try {
    read();
    reading.batches += 1;
  } catch {
    reading.skipped += 1;
  }
}

await rebuild(workerData as RebuildOrder);
