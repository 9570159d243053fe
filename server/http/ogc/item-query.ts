// What a request for items may say: place, time, page, and a value for any column.
import { z } from 'zod';
import type { Column, Label } from '../../../contracts/column.ts';
import { CodedError } from '../../../contracts/errors.ts';
import type { Layer } from '../../../contracts/layer.ts';
import { qualities } from '../../../contracts/layer.ts';
import type { Box } from '../../kit/publish/box.ts';
import type { Test } from '../../kit/publish/selection.ts';
import { headNames, isTestable } from '../../kit/publish/selection.ts';
import { parseIsoTime } from '../../kit/times.ts';
import { didYouMean, mayRead } from '../layers.ts';

/** More is not an error: the answer holds so many and a link to the next. */
export const MOST_ITEMS = 10_000;

const bbox = z
  .string()
  .max(400)
  .refine(
    (text) => boxesIn(text) !== null,
    'four numbers west,south,east,north in degrees, or six with heights',
  )
  .transform((text) => boxesIn(text) as readonly Box[])
  .meta({
    description: 'west,south,east,north in degrees of WGS 84; west above east crosses the 180th meridian',
    ...{ type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 6, maxLength: undefined },
  });

/** Moments in epoch ms; ±Infinity: open. An instant has no `to`. */
export type When = { readonly at: number } | { readonly from: number; readonly to: number };

const datetime = z
  .string()
  .max(100)
  .refine(
    (text) => whenIn(text) !== null,
    'a moment (RFC 3339), or two with / between them, .. for an open end',
  )
  .transform((text) => whenIn(text) as When)
  .describe('a moment: the state as it was known then; an interval: the observations that speak of it');

/** Every other member is a column and its value. */
export const itemsQuery = z
  .object({
    bbox: bbox.optional(),
    datetime: datetime.optional(),
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .default(1000)
      .transform((limit) => Math.min(limit, MOST_ITEMS))
      .describe(`items of one page, at most ${MOST_ITEMS}`),
    after: z.string().max(1000).optional().describe('where the page before ended: use its link "next"'),
    f: z.enum(['json']).optional().describe('the only form there is'),
  })
  .catchall(z.string().max(1000));

export type ItemsQuery = z.output<typeof itemsQuery>;

function boxesIn(text: string): readonly Box[] | null {
  const parts = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (parts.length !== 4 && parts.length !== 6) return null;
  const [west, south, east, north] = (
    parts.length === 4 ? parts : [parts[0], parts[1], parts[3], parts[4]]
  ) as [number, number, number, number];
  const isLon = Math.abs(west) <= 180 && Math.abs(east) <= 180;
  const isLat = Math.abs(south) <= 90 && Math.abs(north) <= 90 && south <= north;
  if (!isLon || !isLat) return null;
  if (west <= east) return [[west, south, east, north]];
  return [
    [west, south, 180, north],
    [-180, south, east, north],
  ];
}

function whenIn(text: string): When | null {
  const [first = '', second, ...more] = text.split('/');
  if (more.length > 0) return null;
  if (second === undefined) {
    const at = parseIsoTime(first);
    return Number.isNaN(at) ? null : { at };
  }
  const from = isOpen(first) ? -Infinity : parseIsoTime(first);
  const to = isOpen(second) ? Infinity : parseIsoTime(second);
  return from <= to ? { from, to } : null;
}

const isOpen = (text: string): boolean => text === '' || text === '..';

const known = ['bbox', 'datetime', 'limit', 'after', 'f'];

/** What the members that name columns ask for. @throws CodedError request/invalid naming the member */
export function testsOf(layer: Layer, query: ItemsQuery, label: Label): Test[] {
  const columns = testable(layer, label);
  return Object.entries(query)
    .filter(([name]) => !known.includes(name))
    .map(([name, text]): Test => {
      const value = String(text);
      if ((headNames as readonly string[]).includes(name)) return headTest(name, value);
      const column = columns.get(name);
      if (column) return [name, valueOf(name, column, value)];
      const near = didYouMean(name, [...known, ...headNames, ...columns.keys()]);
      throw new CodedError(
        'request/invalid',
        `${name}: no parameter and no queryable of ${layer.slug}${near}`,
      );
    });
}

/** Columns a subject may choose rows by. */
export function testable(layer: Layer, label: Label): Map<string, Column> {
  return new Map(
    Object.entries<Column>(layer.columns).filter(
      ([, column]) => isTestable(column) && column.detail !== true && mayRead(column, label),
    ),
  );
}

function headTest(name: string, value: string): Test {
  if (name !== 'quality' || (qualities as readonly string[]).includes(value)) return [name, value];
  throw new CodedError('request/invalid', `quality: "${value}" is not one of ${qualities.join(', ')}`);
}

function valueOf(name: string, column: Column, text: string): string | number {
  const refuse = (what: string): never => {
    throw new CodedError('request/invalid', `${name}: "${text.slice(0, 60)}" is ${what}`);
  };
  switch (column.type) {
    case 'number': {
      const value = text.trim() === '' ? NaN : Number(text);
      return Number.isFinite(value) ? value : refuse(`no number in ${column.unit}`);
    }
    case 'time': {
      const value = parseIsoTime(text);
      return Number.isNaN(value) ? refuse('no moment (RFC 3339)') : value;
    }
    case 'enum':
      return Object.hasOwn(column.values, text)
        ? text
        : refuse(`not one of ${Object.keys(column.values).join(', ')}`);
    default:
      return text;
  }
}
