// A recorded city of two layers, driven by hand: for tests of what its history says.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type Fc from 'fast-check';
import { streamedColumns } from '../../contracts/codec/layout.ts';
import { ObservationBatch } from '../../contracts/frame.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { warning } from '../../contracts/layers/warning.ts';
import type { Layer } from '../../contracts/layer.ts';
import { LayerTable } from '../../contracts/table.ts';
import { SchemaShelf } from '../kit/schema-shelf.ts';
import type { WorldLayer } from '../state/port.ts';
import { HistoryFiles } from './history-files.ts';
import { sealWindow } from './seal-window.ts';
import { silentLog } from './silent-log.test-kit.ts';
import { StateReader } from './state-reader.ts';
import { StateRecorder } from './state-recorder.ts';
import { WindowLog, windowsIn } from './window-file.ts';

export const START = Date.UTC(2026, 6, 15, 23, 50);
export const MINUTE = 60_000;

export const layers: readonly Layer[] = [vehiclePosition, warning];
/** What is open; each test closes it. */
export const closing: (() => Promise<void>)[] = [];

/** A world of two layers with its recorder; time moves by `tick`. */
export function newCity(root = mkdtempSync(path.join(tmpdir(), 'history-'))) {
  const files = new HistoryFiles(root);
  const schemas = new SchemaShelf(path.join(root, 'schemas'));
  schemas.keep(layers);
  const held = new Map(
    layers.map((layer): [string, WorldLayer] => {
      const table = new LayerTable(layer);
      const batch = new ObservationBatch(layer);
      return [layer.slug, { layer, table, batch, updatedAt: null }];
    }),
  );
  const windows = new WindowLog({ folder: files.open, maxWaiting: 1e8, log: silentLog });
  closing.push(() => windows.close());
  const facts = { id: 'live', kind: 'live', parent: null } as const;
  const recorder = new StateRecorder({ facts, layers: held, tick: 0 }, windows, () => undefined);
  const table = (slug: string): LayerTable => (held.get(slug) as WorldLayer).table;
  const tick = (number: number, at: number): void => {
    recorder.tick({ number, at });
    for (const { table: one } of held.values()) one.clearChanges();
  };
  const seal = (): void => {
    const open = new Set(windows.openFiles);
    for (const { file } of windowsIn(files.open)) if (!open.has(file)) sealWindow(file, files, schemas);
  };
  return { root, files, schemas, windows, table, tick, seal, reader: () => new StateReader(files, schemas) };
}

/** Long texts are kept with the observations. */
export function rowsOf(table: LayerTable): string[] {
  const names = streamedColumns(table.layer.columns, 'sensitive');
  return [...table.rows()]
    .map((row) =>
      JSON.stringify({
        ...row,
        values: names.map((name) => (row.values as Record<string, unknown>)[name] ?? null),
      }),
    )
    .sort();
}

export type Step =
  | { readonly do: 'put'; readonly key: number; readonly late: number; readonly value: number }
  | { readonly do: 'patch' | 'remove'; readonly key: number; readonly value: number }
  | { readonly do: 'wait'; readonly seconds: number }
  | { readonly do: 'seal' };

/** `fc`: the test brings it. */
export function anyStep(fc: typeof Fc): Fc.Arbitrary<Step> {
  const key = fc.integer({ min: 0, max: 7 });
  const value = fc.integer({ min: 0, max: 119 });
  const late = fc.integer({ min: 0, max: 9000 });
  const seconds = fc.integer({ min: 1, max: 400 });
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('put'), key, value, late }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('patch'), key, value }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('remove'), key, value }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('wait'), seconds }) },
    { weight: 1, arbitrary: fc.constant({ do: 'seal' } as const) },
  );
}

export function change(table: LayerTable, one: Step & { key: number; value: number }, at: number): void {
  const id = `v${one.key}`;
  const slot = table.slotOf(id);
  const values = { position: [105.8 + one.value / 1e4, 32.4], speedKmh: one.value } as never;
  if (one.do === 'remove') return slot < 0 ? undefined : table.remove(slot, 'gone');
  if (one.do === 'patch') {
    if (slot >= 0) table.patch(slot, { validAt: at, values });
    return;
  }
  const late = one.do === 'put' ? one.late : 0;
  table.put({ key: id, validAt: at - late, source: 'x', regionCode: '510802', quality: 'suspect', values });
}
