// How the layers stand, as part of an address: only what differs from how every screen begins, so that it stays short.
import { catalog } from '../catalog.ts';
import { looks } from '../looks/looks.ts';
import type { Test } from '../looks/look.ts';
import { shownAtStart, type LayerState } from './choices.ts';

/** Names in the address. */
export const LAYER_NAMES = {
  on: 'v.on',
  off: 'v.off',
  solo: 'v.solo',
  opacity: 'v.opacity',
  colour: 'v.colour',
  order: 'v.order',
  /** Once a filter. */
  filter: 'v.filter',
} as const;

export function writeLayers(query: URLSearchParams, state: LayerState): void {
  const list = (name: string, parts: readonly string[]): void => {
    if (parts.length > 0) query.set(name, parts.join(','));
  };
  list(
    LAYER_NAMES.on,
    state.shown.filter((slug) => !shownAtStart.includes(slug)),
  );
  list(
    LAYER_NAMES.off,
    shownAtStart.filter((slug) => !state.shown.includes(slug)),
  );
  list(LAYER_NAMES.solo, state.solo === null ? [] : [state.solo]);
  list(
    LAYER_NAMES.opacity,
    [...state.opacities].map(([slug, opacity]) => `${slug}:${Math.round(opacity * 100)}`),
  );
  list(
    LAYER_NAMES.colour,
    [...state.colours].map(([slug, by]) => `${slug}:${by}`),
  );
  list(LAYER_NAMES.order, state.order ?? []);
  for (const [slug, filter] of state.filters)
    for (const test of filter) {
      const said = testText(test);
      if (said !== null) query.append(LAYER_NAMES.filter, `${slug}/${test.column}:${said}`);
    }
}

/** Filters as people make them: codes, a range, a text. */
function testText(test: Test): string | null {
  if ('is' in test) return test.is.join(',');
  if ('contains' in test) return test.contains;
  if ('starts' in test || 'over' in test || 'worseThan' in test || 'bits' in test) return null;
  return `${test.from ?? ''}..${test.below ?? ''}`;
}

/** Told the name of every parameter that cannot be read, in part or as a whole. */
export type Complain = (name: string) => void;

/** How the layers stand by an address; as every screen begins where it says nothing. */
export function readLayers(query: URLSearchParams, complain: Complain): LayerState {
  const slugs = (name: string, known: (slug: string) => boolean): string[] =>
    partsOf(query, name).filter((slug) => known(slug) || complain(name));
  const on = slugs(LAYER_NAMES.on, (slug) => catalog.has(slug));
  const off = slugs(LAYER_NAMES.off, (slug) => catalog.has(slug));
  const shown = new Set([...shownAtStart, ...on]);
  for (const slug of off) shown.delete(slug);
  const [solo = null] = slugs(LAYER_NAMES.solo, (slug) => catalog.has(slug));
  const order = slugs(LAYER_NAMES.order, (slug) => looks.has(slug));
  return {
    shown: [...catalog.keys()].filter((slug) => shown.has(slug)),
    solo,
    opacities: new Map(readPairs(query, LAYER_NAMES.opacity, { complain, toValue: toOpacity })),
    colours: new Map(
      readPairs(query, LAYER_NAMES.colour, {
        complain,
        toValue: (by, slug) => (hasColumn(slug, by) ? by : null),
      }),
    ),
    order: order.length > 0 ? [...new Set(order)] : null,
    filters: readFilters(query, complain),
  };
}

const partsOf = (query: URLSearchParams, name: string): string[] =>
  (query.get(name) ?? '').split(',').filter((part) => part !== '');

const hasColumn = (slug: string, column: string): boolean =>
  Object.hasOwn(catalog.get(slug)?.columns ?? {}, column);

function toOpacity(text: string): number | null {
  const percent = Number(text);
  return Number.isInteger(percent) && percent >= 5 && percent <= 100 ? percent / 100 : null;
}

interface PairReader<T> {
  readonly complain: Complain;
  /** null: it cannot be. */
  readonly toValue: (text: string, slug: string) => T | null;
}

/** `slug:value,slug:value` */
function readPairs<T>(query: URLSearchParams, name: string, reader: PairReader<T>): [string, T][] {
  return partsOf(query, name).flatMap((part): [string, T][] => {
    const [slug = '', text = ''] = part.split(':');
    const value = catalog.has(slug) ? reader.toValue(text, slug) : null;
    if (value !== null) return [[slug, value]];
    reader.complain(name);
    return [];
  });
}

function readFilters(query: URLSearchParams, complain: Complain): Map<string, readonly Test[]> {
  const filters = new Map<string, Test[]>();
  for (const text of query.getAll(LAYER_NAMES.filter)) {
    const [, slug = '', column = '', said = ''] = /^([^/]*)\/([^:]*):([^]*)$/.exec(text) ?? [];
    const test = hasColumn(slug, column) ? toTest(slug, column, said) : null;
    if (!test) complain(LAYER_NAMES.filter);
    else filters.set(slug, [...(filters.get(slug) ?? []), test]);
  }
  return filters;
}

/** null: what is said does not fit the column. */
function toTest(slug: string, column: string, said: string): Test | null {
  const declared = catalog.get(slug)?.columns[column];
  if (declared?.type === 'text') return said === '' ? null : { column, contains: said };
  if (declared?.type === 'enum') {
    const codes = said.split(',').filter((code) => Object.hasOwn(declared.values, code));
    return codes.length === 0 ? null : { column, is: codes };
  }
  if (declared?.type !== 'number' || !said.includes('..')) return null;
  const [from = '', below = ''] = said.split('..');
  const test = {
    column,
    ...(from === '' ? {} : { from: Number(from) }),
    ...(below === '' ? {} : { below: Number(below) }),
  };
  const isRange = from !== '' || below !== '';
  return isRange && !Number.isNaN(test.from ?? 0) && !Number.isNaN(test.below ?? 0) ? test : null;
}
