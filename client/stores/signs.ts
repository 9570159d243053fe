// The eight vital signs in the order they always stand, and what each row says.
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import { indicatorValue } from '../../contracts/layers/indicator-value.ts';
import { formatNumber } from '../i18n/numbers.ts';
import type { StateWord } from '../i18n/words.ts';
import type { Reading, Severity } from './indicators.ts';
import { stateOfAge } from './rows.ts';
import type { Sample } from './seen.ts';
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

/** 'few': 数据不足. */
export type SignState = StateWord | 'few';

export interface SignRow {
  readonly slug: string;
  readonly title: Title;
  readonly state: SignState;
  /** null: say the state instead; there is no digit without data. */
  readonly text: string | null;
  readonly level: Severity | null;
  readonly at: number | null;
  readonly samples: readonly Sample[];
}

export interface SignSources {
  readonly readings: ReadonlyMap<string, Reading>;
  readonly seen: ReadonlyMap<string, readonly Sample[]>;
  /** The writer of the rows does not answer. */
  readonly down: boolean;
  /** City clock, epoch ms. */
  readonly now: number;
  readonly locale: Locale;
}

export function signRow(sign: { slug: string; title: Title }, sources: SignSources): SignRow {
  const reading = sources.readings.get(sign.slug);
  const state = stateOf(reading, sources);
  const hasText = state === 'live' || state === 'late' || state === 'stale';
  const value = hasText ? (reading?.value ?? null) : null;
  return {
    ...sign,
    state,
    text: value === null ? null : formatNumber(value, 0.1, sources.locale),
    level: state === 'live' || state === 'late' ? (reading?.level ?? null) : null,
    at: reading?.at ?? null,
    samples: state === 'live' || state === 'late' ? (sources.seen.get(sign.slug) ?? []) : [],
  };
}

function stateOf(reading: Reading | undefined, { down, now }: SignSources): SignState {
  if (!reading || reading.state === 'off') return 'off';
  if (down) return 'down';
  if (reading.state === 'insufficient' || reading.value === null) return 'few';
  return reading.state === 'stale' ? 'stale' : stateOfAge((now - reading.at) / 1000, indicatorValue.periodS);
}

export const signRows = (sources: SignSources): readonly SignRow[] =>
  signs.map((sign) => signRow(sign, sources));

/** How far back the longest line reaches, ms; null while no line can be drawn. */
export function drawnSpanMs(rows: readonly SignRow[]): number | null {
  const spans = rows.filter(({ samples }) => samples.length >= 3).map(({ samples }) => spanOf(samples));
  return spans.length === 0 ? null : Math.max(...spans);
}

const spanOf = (samples: readonly Sample[]): number => (samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0);
