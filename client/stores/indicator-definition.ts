// The definition (口径) of an indicator: facts of the server, and what the reading at hand was computed from.
import type { Title } from '../../contracts/column.ts';
import { catalog } from '../catalog.ts';
import { formatNumber, unitOf } from '../i18n/numbers.ts';
import type { Locale } from './session.ts';
import type { Definition } from './definition.ts';
import type { IndicatorFacts } from './indicator-facts.ts';
import { indicatorFacts } from './indicator-facts.ts';
import type { Reading } from './indicators.ts';
import { readings } from './indicators.ts';
import { say, session } from './session.ts';

const LIMIT_WORDS = {
  zh: ['正常', '黄', '橙', '红'],
  en: ['normal', 'yellow', 'orange', 'red'],
} as const;

/** "≤ 4 正常，≤ 6 黄，≤ 8 橙，其余红"; null without thresholds. */
export function limitsInWords(
  facts: Pick<IndicatorFacts, 'limits' | 'direction'>,
  locale: Locale,
): string | null {
  const { limits, direction } = facts;
  const words = LIMIT_WORDS[locale];
  if (direction === 'band') {
    return limits.length === 2 ? `${String(limits[0])}–${String(limits[1])} ${words[0]}` : null;
  }
  if (limits.length !== 3) return null;
  const sign = direction === 'down' ? '≤' : '≥';
  const steps = limits.map((limit, i) => `${sign} ${String(limit).replace('-', '−')} ${words[i] ?? ''}`);
  const rest = locale === 'zh' ? `其余${words[3]}` : `else ${words[3]}`;
  return [...steps, rest].join(locale === 'zh' ? '，' : ', ');
}

/** "正常 ≥ 97": up to where nothing is wrong; null without thresholds. */
export function normalInWords(
  { limits, direction }: Pick<IndicatorFacts, 'limits' | 'direction'>,
  locale: Locale,
): string | null {
  const [first] = limits;
  if (first === undefined) return null;
  const reach =
    direction === 'band' ? limits.join('–') : `${direction === 'down' ? '≤' : '≥'} ${String(first)}`;
  return `${LIMIT_WORDS[locale][0]} ${reach}`;
}

/** Whether a value is where nothing is wrong: a level outlasts that until it stayed there a while. */
export function isNormal(
  value: number,
  { limits, direction }: Pick<IndicatorFacts, 'limits' | 'direction'>,
): boolean {
  const [first, last] = limits;
  if (first === undefined) return false;
  if (direction === 'band') return value >= first && value <= (last ?? first);
  return direction === 'down' ? value <= first : value >= first;
}

/** Decimals of an indicator on a panel: one; counts have none. */
export const INDEX_STEP = 0.1;

/** Reads stores; call it inside a computed. `title` is used until the server has told the facts. */
export function definitionOf(slug: string, title: Title, step = INDEX_STEP): Definition {
  const facts = indicatorFacts.value.get(slug) ?? null;
  const reading = readings.value.get(slug) ?? null;
  return {
    title: facts?.title ?? title,
    shown: shownOf(reading, step),
    state: reading === null || reading.state === 'off' ? 'off' : reading.state === 'stale' ? 'stale' : null,
    formula: facts?.formula ?? null,
    limits: facts ? limitsInWords(facts, session.locale) : null,
    inputs: (reading?.inputs ?? facts?.inputs ?? []).map(nameOfInput),
    sources: facts?.systems ?? [],
    at: reading?.at ?? null,
    coveragePct: reading?.coveragePct ?? null,
    oldestInputS: reading?.oldestInputS ?? null,
    version: facts && facts.version > 0 ? `${slug}@${facts.version}` : null,
    synthetic: reading?.synthetic ?? false,
    estimated: reading?.estimated ?? false,
  };
}

function shownOf(reading: Reading | null, step: number): Definition['shown'] {
  if (!reading || reading.value === null) return null;
  return {
    text: formatNumber(reading.value, step, session.locale),
    unit: unitOf(reading.unit, session.locale),
  };
}

/** An input is a layer, or for an index another indicator. */
function nameOfInput(slug: string): string {
  const named = catalog.get(slug) ?? indicatorFacts.value.get(slug);
  return named ? say(named.title) : slug;
}
