// The file of a snapshot: gzip of JSON lines. A head; then each layer and its rows, a row being a list in the order of
// the head and the columns; an end with the count and the cursors of the feeds, without which the file is damaged.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Cells } from '../../contracts/column.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { LayerTable, RowInput } from '../../contracts/table.ts';

const VERSION = 1;
/** No state of a city comes near; a file that says otherwise is damaged. */
const MAX_BYTES = 2 ** 31 - 1;
const NEW_LINE = 10;

/** By feed, by name: what each feed remembers. */
export type Cursors = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface SnapshotHead {
  readonly city: string;
  readonly world: string;
  /** City clock at the start of the pass, epoch ms. */
  readonly at: number;
}

/** A row as it lies in the file; `columns` in declared order. */
export interface StoredRow {
  readonly head: readonly unknown[];
  readonly columns: readonly unknown[];
}

export interface StoredLayer {
  readonly slug: string;
  readonly schema: number;
  readonly rows: readonly StoredRow[];
}

export interface Snapshot extends SnapshotHead {
  readonly layers: readonly StoredLayer[];
  readonly cursors: Cursors;
}

const headSchema = z.object({
  snapshot: z.literal(VERSION),
  city: z.string(),
  world: z.string(),
  at: z.number(),
});
const layerSchema = z.object({ layer: z.string(), schema: z.int() });
const endSchema = z.object({
  end: z.literal(true),
  rows: z.int(),
  cursors: z.record(z.string(), z.record(z.string(), z.string())),
});

const HEAD_LENGTH = 8;

export const headLine = (head: SnapshotHead): string => `${JSON.stringify({ snapshot: VERSION, ...head })}\n`;

export const layerLine = ({ slug, schema }: Layer): string => `${JSON.stringify({ layer: slug, schema })}\n`;

export const endLine = (rows: number, cursors: Cursors): string =>
  `${JSON.stringify({ end: true, rows, cursors })}\n`;

/** One live row, detail columns included. */
export function rowLine(table: LayerTable, slot: number, revision: number): string {
  const { stores } = table;
  const row: unknown[] = [
    table.keyAt(slot),
    table.validAt[slot],
    stores.issuedAt.value(slot),
    table.regionAt(slot),
    table.qualityAt(slot),
    table.sourceAt(slot),
    table.syntheticAt(slot),
    revision,
  ];
  for (const store of stores.columns.values()) {
    row.push(store.kind === 'cells' ? packCells(store.get(slot)) : store.value(slot));
  }
  return `${JSON.stringify(row)}\n`;
}

/** A stored row as tables take it, unchecked: `table.put` refuses what does not fit. */
export function toRowInput(layer: Layer, { head, columns }: StoredRow): RowInput & { revision: number } {
  const [key, validAt, issuedAt, regionCode, quality, source, synthetic, revision] = head;
  const values = Object.fromEntries(
    Object.entries(layer.columns).map(([name, { type }], at) => [
      name,
      type === 'cells' ? unpackCells(columns[at]) : columns[at],
    ]),
  );
  const row = { key, validAt, issuedAt, regionCode, quality, source, synthetic, values };
  return {
    ...(row as unknown as RowInput),
    revision: Number.isSafeInteger(revision) ? (revision as number) : 0,
  };
}

/** The whole snapshot, checked to its end; null where there is none. @throws Error naming the file and what is wrong */
export function readSnapshot(file: string): Snapshot | null {
  let packed: Buffer;
  try {
    packed = readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    return parse(gunzipSync(packed, { maxOutputLength: MAX_BYTES }));
  } catch (error) {
    const what = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`${file} is damaged: ${what.slice(0, 300)}`, { cause: error });
  }
}

function parse(bytes: Buffer): Snapshot {
  const lines = linesOf(bytes);
  const { city, world, at } = headSchema.parse(lines.next().value);
  const layers: { slug: string; schema: number; rows: StoredRow[] }[] = [];
  let count = 0;
  for (const line of lines) {
    if (Array.isArray(line)) {
      count += 1;
      const layer = layers.at(-1);
      if (!layer || line.length < HEAD_LENGTH) throw new Error(`row ${count} is no row`);
      layer.rows.push({ head: line.slice(0, HEAD_LENGTH), columns: line.slice(HEAD_LENGTH) });
    } else if ((line as { end?: unknown } | null)?.end === true) {
      const { rows, cursors } = endSchema.parse(line);
      if (rows !== count) throw new Error(`${count} rows where the end says ${rows}`);
      return { city, world, at, layers, cursors };
    } else {
      const { layer, schema } = layerSchema.parse(line);
      layers.push({ slug: layer, schema, rows: [] });
    }
  }
  throw new Error('the end is missing');
}

function* linesOf(bytes: Buffer): Generator<unknown, undefined> {
  for (let from = 0; from < bytes.length;) {
    const to = bytes.indexOf(NEW_LINE, from);
    if (to < 0) throw new Error('the last line has no end');
    yield JSON.parse(bytes.toString('utf8', from, to));
    from = to + 1;
  }
}

/** Cells as the bytes of their numbers: exact, NaN included, and a third of the decimals. */
function packCells(cells: Cells | null): unknown {
  if (!cells) return null;
  const { nx, ny, values } = cells;
  return [nx, ny, Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64')];
}

function unpackCells(packed: unknown): Cells | null {
  if (!Array.isArray(packed)) return null;
  const [nx, ny, text] = packed as unknown[];
  const bytes = Uint8Array.from(Buffer.from(String(text), 'base64'));
  const values = new Float32Array(bytes.buffer, 0, Math.floor(bytes.byteLength / 4));
  return { nx: Number(nx), ny: Number(ny), values };
}
