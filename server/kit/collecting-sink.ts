// A sink that keeps what it is given: the command line, the conformance suite and parser tests read from it.
import type { Columns } from '../../contracts/column.ts';
import type { ErrorCode } from '../../contracts/errors.ts';
import type { Layer, RemoveReason } from '../../contracts/layer.ts';
import type { RawRow, Sink } from './feed.ts';

export interface CollectedRow {
  readonly layer: Layer;
  readonly row: RawRow;
}

export interface CollectedReject {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly raw: string | Uint8Array;
}

export interface CollectingSink extends Sink {
  readonly rows: CollectedRow[];
  readonly removed: { layer: Layer; id: string; reason: RemoveReason; validAt: number }[];
  readonly rejects: CollectedReject[];
  readonly ignored: Map<string, number>;
  /** The rows of one layer, as copies. */
  rowsOf<C extends Columns>(layer: Layer<C>): RawRow<C>[];
}

export function createCollectingSink(): CollectingSink {
  const rows: CollectedRow[] = [];
  const removed: CollectingSink['removed'] = [];
  const rejects: CollectedReject[] = [];
  const ignored = new Map<string, number>();
  return {
    rows,
    removed,
    rejects,
    ignored,
    put(layer, row) {
      const values: Record<string, unknown> = { ...row.values };
      // A hot parser reuses its row and what hangs on it.
      for (const [name, value] of Object.entries(values)) if (Array.isArray(value)) values[name] = [...value];
      rows.push({ layer, row: { ...row, values: values as RawRow['values'] } });
    },
    remove(...[layer, id, reason, validAt]) {
      removed.push({ layer, id, reason, validAt });
    },
    reject(code, detail, raw) {
      rejects.push({ code, detail, raw });
    },
    ignore(what) {
      ignored.set(what, (ignored.get(what) ?? 0) + 1);
    },
    rowsOf<C extends Columns>(layer: Layer<C>) {
      return rows.filter((put) => put.layer.slug === layer.slug).map((put) => put.row as RawRow<C>);
    },
  };
}
