// The eight vital signs in the order they always stand, and what a row of any city indicator says.
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import { indicatorValue } from '../../contracts/layers/indicator-value.ts';
import { formatChange, formatNumber } from '../i18n/numbers.ts';
import type { StateWord } from '../i18n/words.ts';
import type { Reading, Severity } from './indicators.ts';
import { stateOfAge } from './rows.ts';
import { changeOf, type Sample } from './trends.ts';
import type { Locale } from './session.ts';

/** Slugs are those of the indicators; eyes learn places, so nothing ever sorts these. */
export const signs: readonly { readonly slug: string; readonly title: Title }[] = [
  { slug: 'public-opinion', title: title('舆情', 'Opinion') },
  { slug: 'public-security', title: title('治安', 'Security') },
  { slug: 'environment', title: title('环境', 'Environment') },
  { slug: 'traffic', title: title('交通', 'Traffic') },
  { slug: 'public-service', title: title('公共服务', 'Services') },
  { slug: 'economy', title: title('经济运行', 'Economy') },
  { slug: 'industry', title: title('产业发展', 'Industry') },
  { slug: 'project-investment', title: title('项目投资', 'Projects') },
];

/** 'few': 数据不足; 'waiting': 正在取数据. */
export type SignState = StateWord | 'few' | 'waiting';

export interface SignRow {
  readonly slug: string;
  readonly title: Title;
  readonly state: SignState;
  /** null: say the state instead; there is no digit without data. */
  readonly text: string | null;
  readonly level: Severity | null;
  readonly at: number | null;
  readonly samples: readonly Sample[];
  /** Against the same time yesterday, with its sign; null: not known. */
  readonly change: string | null;
}

export interface SignSources {
  readonly readings: ReadonlyMap<string, Reading>;
  readonly trends: ReadonlyMap<string, readonly Sample[]>;
  /** The writer of the rows does not answer. */
  readonly down: boolean;
  /** No table has come yet: what is absent may still come. */
  readonly waiting: boolean;
  /** City clock, epoch ms. */
  readonly now: number;
  readonly locale: Locale;
}

/** @param step of the last digit shown, default 0.1 */
export function signRow(sign: { slug: string; title: Title }, sources: SignSources, step = 0.1): SignRow {
  const reading = sources.readings.get(sign.slug);
  const state = stateOf(reading, sources);
  const fresh = state === 'live' || state === 'late';
  const value = fresh || state === 'stale' ? (reading?.value ?? null) : null;
  const samples = fresh ? (sources.trends.get(sign.slug) ?? []) : [];
  const change = fresh ? changeOf(samples, value, sources.now) : null;
  return {
    slug: sign.slug,
    title: sign.title,
    state,
    text: value === null ? null : formatNumber(value, step, sources.locale),
    level: fresh ? (reading?.level ?? null) : null,
    at: reading?.at ?? null,
    samples,
    change: change === null ? null : formatChange(change, step, sources.locale),
  };
}

function stateOf(reading: Reading | undefined, { down, waiting, now }: SignSources): SignState {
  if (!reading) return waiting ? 'waiting' : 'off';
  if (reading.state === 'off') return 'off';
  if (down) return 'down';
  if (reading.state === 'waiting') return 'waiting';
  if (reading.state === 'insufficient' || reading.value === null) return 'few';
  return reading.state === 'stale' ? 'stale' : stateOfAge((now - reading.at) / 1000, indicatorValue.periodS);
}

export const signRows = (sources: SignSources): readonly SignRow[] =>
  signs.map((sign) => signRow(sign, sources));
