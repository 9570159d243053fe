// Filters as people make them: one test a column, kept in the order they were made.
import type { Column } from '../../../contracts/column.ts';
import type { Layer } from '../../../contracts/layer.ts';
import type { Test } from '../../looks/look.ts';

/** Columns rows can be filtered by: codes, numbers, short texts. */
export function filterable(layer: Layer): [string, Column][] {
  return Object.entries<Column>(layer.columns).filter(
    ([, { type, detail }]) => detail !== true && (type === 'enum' || type === 'number' || type === 'text'),
  );
}

export const testOn = (filter: readonly Test[], column: string): Test | null =>
  filter.find((test) => test.column === column) ?? null;

/** The filter with another test on a column; null takes the column out. */
export function withTest(filter: readonly Test[], column: string, test: Test | null): Test[] {
  const others = filter.filter((other) => other.column !== column);
  return test ? [...others, test] : others;
}

/** A choice of codes; all of them, or none, is no filter. */
export function codesTest(column: string, chosen: readonly string[], all: readonly string[]): Test | null {
  return chosen.length === 0 || chosen.length === all.length ? null : { column, is: chosen };
}

/** A range out of what was typed; nothing typed is no filter. The upper end is meant to be in. */
export function rangeTest(column: string, typed: { from: string; to: string }, step: number): Test | null {
  const from = toNumber(typed.from);
  const to = toNumber(typed.to);
  if (from === null && to === null) return null;
  return {
    column,
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { below: to + step / 2 }),
  };
}

/** What a range test was typed as. */
export function typedRange(test: Test | null, step: number): { from: string; to: string } {
  if (!test || !('from' in test || 'below' in test)) return { from: '', to: '' };
  const { from, below } = test as { from?: number; below?: number };
  const to = below === undefined ? '' : String(Number((below - step / 2).toFixed(6)));
  return { from: from === undefined ? '' : String(from), to };
}

export function textTest(column: string, typed: string): Test | null {
  return typed.trim() === '' ? null : { column, contains: typed.trim() };
}

function toNumber(typed: string): number | null {
  const value = Number(typed.trim().replace('−', '-'));
  return typed.trim() === '' || Number.isNaN(value) ? null : value;
}
