// Asks the tests of looks and filters of rows, bound to the stores of one table so that a row costs no look-up.
import type { Column } from '../../contracts/column.ts';
import type { LayerTable } from '../../contracts/table.ts';
import type { Kind, Test } from './look.ts';

/** Answers for a slot. */
export type Ask = (slot: number) => boolean;

/** No kind fits. */
export const NO_KIND = 255;

interface Numbers {
  get(slot: number): number;
}
interface Texts {
  get(slot: number): string | null;
}

const storeOf = (table: LayerTable, name: string): unknown => table.column(name);

/** The numbers of a column; NaN where a row does not say. */
export function numbersOf(table: LayerTable, name: string): Numbers {
  const column: Column | undefined = table.layer.columns[name];
  if (column?.type !== 'number' && column?.type !== 'flags' && column?.type !== 'time') {
    throw new Error(`layer ${table.layer.slug}: column "${name}" holds no numbers: choose another`);
  }
  return storeOf(table, name) as Numbers;
}

function textsOf(table: LayerTable, name: string): Texts {
  const column: Column | undefined = table.layer.columns[name];
  if (column?.type !== 'text' && column?.type !== 'enum') {
    throw new Error(`layer ${table.layer.slug}: column "${name}" holds no words: choose another`);
  }
  return storeOf(table, name) as Texts;
}

/** @throws Error naming the layer and the column that do not fit */
export function bindTest(table: LayerTable, test: Test): Ask {
  if ('is' in test) {
    const codes = textsOf(table, test.column);
    const [only] = test.is;
    if (test.is.length === 1) return (slot) => codes.get(slot) === only;
    return (slot) => test.is.includes(codes.get(slot) ?? '');
  }
  if ('starts' in test) {
    const words = textsOf(table, test.column);
    return (slot) => {
      const word = words.get(slot);
      return word !== null && test.starts.some((start) => word.startsWith(start));
    };
  }
  if ('contains' in test) {
    const words = textsOf(table, test.column);
    const wanted = test.contains.toLowerCase();
    return (slot) => words.get(slot)?.toLowerCase().includes(wanted) ?? false;
  }
  if ('worseThan' in test) return bindWorse(table, test);
  if ('bits' in test) {
    const flags = numbersOf(table, test.column);
    const mask = maskOf(table, test);
    return (slot) => (flags.get(slot) & mask) !== 0;
  }
  if ('over' in test) {
    const values = numbersOf(table, test.column);
    const limits = numbersOf(table, test.over);
    const by = test.by ?? 0;
    return (slot) => values.get(slot) - limits.get(slot) > by;
  }
  return bindRange(table, test);
}

function bindRange(
  table: LayerTable,
  {
    column,
    from = -Infinity,
    below = Infinity,
    size,
  }: { column: string; from?: number; below?: number; size?: true },
): Ask {
  const values = numbersOf(table, column);
  if (size)
    return (slot) => {
      const value = Math.abs(values.get(slot));
      return value >= from && value < below;
    };
  return (slot) => {
    const value = values.get(slot);
    return value >= from && value < below;
  };
}

function bindWorse(table: LayerTable, test: { column: string; worseThan: string }): Ask {
  const codes = textsOf(table, test.column);
  const limits = textsOf(table, test.worseThan);
  const column: Column | undefined = table.layer.columns[test.column];
  const order = column?.type === 'enum' ? Object.keys(column.values) : [];
  return (slot) => {
    const limit = order.indexOf(limits.get(slot) ?? '');
    return limit >= 0 && order.indexOf(codes.get(slot) ?? '') > limit;
  };
}

function maskOf(table: LayerTable, test: { column: string; bits: readonly string[] }): number {
  const column: Column | undefined = table.layer.columns[test.column];
  const names = column?.type === 'flags' ? Object.keys(column.bits) : [];
  return test.bits.reduce((mask, bit) => {
    const at = names.indexOf(bit);
    if (at < 0) throw new Error(`layer ${table.layer.slug}: column "${test.column}" has no bit "${bit}"`);
    return mask | (1 << at);
  }, 0);
}

/** Whether all tests hold. */
export function bindAll(table: LayerTable, tests: readonly Test[]): Ask {
  const asks = tests.map((test) => bindTest(table, test));
  const [first, second] = asks;
  if (!first) return () => true;
  if (!second) return first;
  if (asks.length === 2) return (slot) => first(slot) && second(slot);
  return (slot) => asks.every((ask) => ask(slot));
}

/** Index of the first kind that fits a slot; NO_KIND for none. */
export function bindKinds(table: LayerTable, kinds: readonly Kind[]): (slot: number) => number {
  const asks = kinds.map(({ when }) => bindAll(table, when));
  return (slot) => {
    for (let i = 0; i < asks.length; i++) if (asks[i]?.(slot)) return i;
    return NO_KIND;
  };
}
