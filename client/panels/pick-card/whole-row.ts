// GET /api/layers/:slug/rows/:key.
import type { Title } from '../../../contracts/column.ts';
import { askWorld } from '../../stores/world.ts';

export interface WholeRow {
  readonly values: Readonly<Record<string, unknown>>;
  readonly source: { readonly title: Title; readonly protocol: string; readonly licence: string } | null;
}

/** @throws Error with the status when the server has no such row */
export async function fetchWholeRow(layer: string, key: string): Promise<WholeRow> {
  const path = `/api/layers/${encodeURIComponent(layer)}/rows/${encodeURIComponent(key)}`;
  const response = await askWorld(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  const body = (await response.json()) as {
    row?: { values?: WholeRow['values'] };
    source?: WholeRow['source'];
  };
  if (!body.row?.values) throw new Error(`${path}: no row in the answer: reload the page`);
  return { values: body.row.values, source: body.source ?? null };
}
