// What differs: between what was known at a moment and what was true then, and between two moments.
import { streamedColumns } from '../../contracts/codec/layout.ts';
import type { Label } from '../../contracts/column.ts';
import type { Change, Differences, LayerDifference } from '../../contracts/difference.ts';
import type { Reach, Reading } from '../../contracts/records/reach.ts';
import { isWithin, labelIn, reachOf } from '../../contracts/records/reach.ts';
import { underLayer } from '../../contracts/earlier.ts';
import type { Layer, Row } from '../../contracts/layer.ts';
import { LayerTable } from '../../contracts/table.ts';
import type { LateReader } from './late-reader.ts';
import type { StateReader } from './state-reader.ts';
import { byKey, lateAt, trueRow } from './true-row.ts';

/** Rows of a layer that are told one by one. */
const MOST_ROWS = 40;
/** Columns of a new or a gone row that are told. */
const MOST_COLUMNS = 6;
/** Texts that name a row. */
const NAMES = ['name', 'title', 'headline', 'indicator', 'road', 'route'];

interface Sources {
  readonly states: StateReader;
  readonly late: LateReader;
}

interface Asked extends Reading {
  readonly layers: readonly Layer[];
  /** Of who reads. */
  readonly areas: readonly string[];
}

/** A row on either side; null: there is none. */
interface Pair {
  readonly before: Row | null;
  readonly after: Row | null;
  readonly knownAt: number | null;
}

/** Between what was known at a moment and what was true then. @throws Error naming a damaged file */
export function clockDifferences(
  { states, late }: Sources,
  { layers, areas, at, ...reading }: Asked & { at: number },
): Differences {
  late.follow(layers);
  const absent: string[] = [];
  const told = layers.map((layer) => {
    const all = byKey(late.of(layer, { from: at, to: at }));
    if (all.size === 0) return null;
    const state = states.at(layer.slug, at);
    if (!state) absent.push(layer.slug);
    const rowOf = rowsUnder(layer, state?.table ?? null);
    const tally = new Tally(layer, labelIn(reading, layer.slug), reachOf(areas, layer));
    for (const [key, those] of all) {
      const one = lateAt(those, at);
      const before = one && rowOf(key);
      const after = one && trueRow({ known: before, late: one, layer, at });
      if (after) tally.add({ before, after, knownAt: one.knownAt });
    }
    return tally.difference;
  });
  return { layers: told.filter((one) => one !== null), absent };
}

/** Between two moments, as they were known. @throws Error naming a damaged file */
export function momentDifferences(
  { states }: Pick<Sources, 'states'>,
  { layers, areas, a, b, ...reading }: Asked & { a: number; b: number },
): Differences {
  const absent: string[] = [];
  const told = layers.map((layer) => {
    const [before, after] = [states.at(layer.slug, a), states.at(layer.slug, b)];
    if (!before || !after) {
      absent.push(layer.slug);
      return null;
    }
    const [earlier, later] = [rowsUnder(layer, before.table), rowsUnder(layer, after.table)];
    const tally = new Tally(layer, labelIn(reading, layer.slug), reachOf(areas, layer));
    for (const key of new Set([...keysOf(before.table), ...keysOf(after.table)])) {
      tally.add({ before: earlier(key), after: later(key), knownAt: null });
    }
    return tally.difference;
  });
  return { layers: told.filter((one) => one !== null), absent };
}

function* keysOf(table: LayerTable): Generator<string> {
  for (let slot = 0; slot < table.highWater; slot += 1) {
    if (table.alive[slot] === 1) yield table.keyAt(slot);
  }
}

/** Rows of a table of then, under the declaration of today. */
function rowsUnder(layer: Layer, table: LayerTable | null): (key: string) => Row | null {
  if (!table) return () => null;
  const isToday = table.layer.schema === layer.schema;
  const facts = { from: table.layer, to: layer, stores: new LayerTable(layer).stores };
  return (key) => {
    const slot = table.slotOf(key);
    if (slot < 0) return null;
    const row = table.row(slot);
    return isToday ? row : { ...row, values: underLayer(row.values, facts) as typeof row.values };
  };
}

/** Counts what differs in a layer, and keeps the first of each kind. */
class Tally {
  readonly #layer: Layer;
  readonly #columns: readonly string[];
  readonly #reach: Reach | null;
  readonly #rows: Record<Change['kind'], Change[]> = { new: [], gone: [], changed: [] };
  readonly #counts: Record<Change['kind'], number> = { new: 0, gone: 0, changed: 0 };

  constructor(layer: Layer, label: Label, reach: Reach | null) {
    this.#layer = layer;
    this.#reach = reach;
    this.#columns = streamedColumns(layer.columns, label);
  }

  /** null: nothing differs. */
  get difference(): LayerDifference | null {
    const { new: added, gone, changed } = this.#counts;
    if (added + gone + changed === 0) return null;
    const rows = [...this.#rows.new, ...this.#rows.gone, ...this.#rows.changed].slice(0, MOST_ROWS);
    return { layer: this.#layer.slug, added, gone, changed, rows };
  }

  /** Of a row that moved out of the areas or into them, the side in them is told. */
  add(pair: Pair): void {
    const { knownAt } = pair;
    const before = this.#isHere(pair.before) ? pair.before : null;
    const after = this.#isHere(pair.after) ? pair.after : null;
    if (!before && !after) return;
    const kind = !before ? 'new' : !after ? 'gone' : 'changed';
    const columns = this.#columns
      .map((column) => ({ column, before: valueOf(before, column), after: valueOf(after, column) }))
      .filter((one) => !isSame(one.before, one.after));
    if (kind === 'changed' && columns.length === 0) return;
    this.#counts[kind] += 1;
    const rows = this.#rows[kind];
    if (rows.length >= MOST_ROWS) return;
    const row = (after ?? before) as Row;
    rows.push({
      kind,
      key: row.key,
      name: this.#nameOf(row),
      validAt: [before?.validAt ?? null, after?.validAt ?? null],
      knownAt,
      columns: kind === 'changed' ? columns : columns.slice(0, MOST_COLUMNS),
    });
  }

  #isHere(row: Row | null): boolean {
    return row !== null && isWithin(this.#reach, row.regionCode);
  }

  #nameOf({ values }: Row): string {
    for (const name of NAMES) {
      const text = this.#columns.includes(name) ? values[name] : null;
      if (typeof text === 'string' && text !== '') return text;
    }
    return '';
  }
}

const valueOf = (row: Row | null, column: string): unknown => row?.values[column] ?? null;

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  return typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b);
}
