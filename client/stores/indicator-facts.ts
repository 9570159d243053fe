// GET /api/indicators: title, formula and thresholds of every indicator (口径). Untrusted until parsed.
import { computed, shallowRef } from 'vue';
import type { Title } from '../../contracts/column.ts';
import { readings } from './indicators.ts';
import { askWorld } from './world.ts';

export interface IndicatorFacts {
  readonly slug: string;
  readonly version: number;
  readonly title: Title;
  readonly unit: Title;
  readonly direction: 'down' | 'up' | 'band';
  /** Thresholds in force, in the unit: a, b, c of a|b|c, or both ends of a band; empty: none. */
  readonly limits: readonly number[];
  /** null: not connected, so nothing is sampled. */
  readonly periodS: number | null;
  readonly inputs: readonly string[];
  readonly systems: readonly string[];
  readonly formula: Title | null;
}

const told = shallowRef<ReadonlyMap<string, IndicatorFacts>>(new Map());
/** With the thresholds of the rows shown: people change them, and the past was judged by those of its time. */
export const indicatorFacts = computed(() => withLimits(told.value, readings.value));
let asked: Promise<void> | null = null;

/** Asks once; a server that does not answer is asked again by the next caller. */
export function loadIndicatorFacts(): Promise<void> {
  asked ??= readFacts().then((facts) => {
    if (facts.size > 0) told.value = facts;
    else asked = null;
  });
  return asked;
}

export function withLimits(
  facts: ReadonlyMap<string, IndicatorFacts>,
  rows: ReadonlyMap<string, { readonly limits: readonly number[] | null }>,
): ReadonlyMap<string, IndicatorFacts> {
  const changed = [...facts].flatMap(([slug, one]): [string, IndicatorFacts][] => {
    const limits = rows.get(slug)?.limits;
    return limits && limits.join() !== one.limits.join() ? [[slug, { ...one, limits }]] : [];
  });
  return changed.length === 0 ? facts : new Map([...facts, ...changed]);
}

/** Empty while the server has no such list. */
async function readFacts(): Promise<ReadonlyMap<string, IndicatorFacts>> {
  const response = await askWorld('/api/indicators').catch(() => null);
  if (!response?.ok || !response.headers.get('content-type')?.includes('json')) return new Map();
  return parseIndicatorFacts(await response.json());
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

function toTitle(value: unknown): Title | null {
  return isObject(value) && typeof value['zh'] === 'string' && typeof value['en'] === 'string'
    ? { zh: value['zh'], en: value['en'] }
    : null;
}

/** Facts by slug, from the list itself or from its field `indicators`; what has no slug or title is left out. */
export function parseIndicatorFacts(body: unknown): ReadonlyMap<string, IndicatorFacts> {
  const list = isObject(body) ? body['indicators'] : body;
  const facts = new Map<string, IndicatorFacts>();
  for (const item of Array.isArray(list) ? list.filter(isObject) : []) {
    const title = toTitle(item['title']);
    if (typeof item['slug'] !== 'string' || !title) continue;
    const direction = item['direction'];
    facts.set(item['slug'], {
      slug: item['slug'],
      version: typeof item['version'] === 'number' ? item['version'] : 0,
      title,
      unit: toTitle(item['unit']) ?? { zh: '', en: '' },
      direction: direction === 'up' || direction === 'band' ? direction : 'down',
      limits: limitsOf(item['limits']),
      periodS: typeof item['periodS'] === 'number' ? item['periodS'] : null,
      inputs: texts(item['inputs']),
      systems: texts(item['systems']),
      formula: toTitle(item['formula']),
    });
  }
  return facts;
}

/** The set without an end is the one in force. */
function limitsOf(value: unknown): readonly number[] {
  const sets = Array.isArray(value) ? value.filter(isObject) : [];
  const code = sets.find((set) => set['to'] === null)?.['code'];
  return Array.isArray(code) ? code.filter((item) => typeof item === 'number') : [];
}
