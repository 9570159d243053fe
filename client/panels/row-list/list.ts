// The order of a list: which rows of a table, sorted by any column, and found by a text. Works on slots and reads columns
// directly; a row object is only made for what is drawn.
import type { Column } from '../../../contracts/column.ts';
import type { Layer } from '../../../contracts/layer.ts';
import type { LayerTable } from '../../../contracts/table.ts';
import type { Locale } from '../../stores/session.ts';
import { nameOf, shownColumns } from '../../stores/rows.ts';

export interface Sort {
  /** A column of the layer, or 'name', 'age', 'quality' of every row. */
  readonly by: string;
  readonly descending: boolean;
}

/** Columns a list may show, besides the name. */
export function listColumns(layer: Layer): [string, Column][] {
  return shownColumns(layer).filter(([name, { type }]) => name !== 'name' && type !== 'position');
}

/** Stands right, so that digits align. */
export const isNumber = ({ type }: Column): boolean => type === 'number' || type === 'time';

/** How many columns are shown until somebody chooses. */
export const SHOWN_AT_START = 6;

/** Live slots of a table. */
export function liveSlots(table: LayerTable | null): number[] {
  const slots: number[] = [];
  for (let slot = 0; table && slot < table.highWater; slot++) if (table.alive[slot] === 1) slots.push(slot);
  return slots;
}

type Reader = (slot: number) => number | string | null;

function readerOf(table: LayerTable, by: string, locale: Locale): Reader {
  if (by === 'age') return (slot) => table.validAt[slot] ?? null;
  if (by === 'quality') return (slot) => table.qualityAt(slot);
  const column: Column | undefined = table.layer.columns[by];
  const store = table.stores.columns.get(by);
  if (!column || !store) return (slot) => nameOf(table, slot);
  if (column.type === 'enum') {
    // In the order of the list itself: it goes from good to bad or from first to last.
    const order = Object.keys(column.values);
    return (slot) => {
      const code = store.value(slot);
      return typeof code === 'string' ? order.indexOf(code) : null;
    };
  }
  return (slot) => {
    const value = store.value(slot);
    if (typeof value === 'number' || typeof value === 'string') return value;
    return Array.isArray(value) ? value.join(locale === 'zh' ? '、' : ', ') : null;
  };
}

/** Slots in order; what has no value comes last either way, equals stay in the order of their keys. */
export function sortSlots(
  table: LayerTable,
  slots: readonly number[],
  order: { sort: Sort; locale: Locale },
): number[] {
  const { sort, locale } = order;
  const read = readerOf(table, sort.by, locale);
  const collator = new Intl.Collator(locale === 'zh' ? 'zh-Hans-CN' : 'en', { numeric: true });
  const keyed = slots.map((slot) => ({ slot, value: read(slot), key: table.keyAt(slot) }));
  const turn = sort.descending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null)
      return Number(a.value === null) - Number(b.value === null) || (a.key < b.key ? -1 : 1);
    const by =
      typeof a.value === 'number' && typeof b.value === 'number'
        ? a.value - b.value
        : collator.compare(String(a.value), String(b.value));
    return by * turn || (a.key < b.key ? -1 : 1);
  });
  return keyed.map(({ slot }) => slot);
}

/** Slots whose name, key or any word of whose columns holds the text. */
export function filterSlots(
  table: LayerTable,
  slots: readonly number[],
  find: { text: string; locale: Locale },
): readonly number[] {
  const wanted = find.text.normalize('NFKC').trim().toLowerCase();
  if (wanted === '') return slots;
  const words = wordReaders(table, find.locale);
  return slots.filter(
    (slot) =>
      nameOf(table, slot).toLowerCase().includes(wanted) ||
      table.keyAt(slot).toLowerCase().includes(wanted) ||
      words.some((read) => read(slot)?.toLowerCase().includes(wanted) ?? false),
  );
}

function wordReaders(table: LayerTable, locale: Locale): ((slot: number) => string | null)[] {
  return listColumns(table.layer).flatMap(([name, column]) => {
    const store = table.stores.columns.get(name);
    if (!store) return [];
    if (column.type === 'enum')
      return [(slot: number) => column.values[String(store.value(slot))]?.[locale] ?? null];
    if (column.type !== 'text' && column.type !== 'strings') return [];
    return [
      (slot: number): string | null => {
        const value = store.value(slot);
        return Array.isArray(value) ? value.join(' ') : typeof value === 'string' ? value : null;
      },
    ];
  });
}
