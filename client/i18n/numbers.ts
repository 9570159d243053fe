// Numbers, units and times as people read them: fixed decimals, 万 and 亿, 24 h, the time zone of the city.
import type { Columns, Column, ValueOf } from '../../contracts/column.ts';
import { units } from '../../contracts/units.ts';
import type { Locale } from '../stores/session.ts';

const MINUS = '−';
const THIN = '\u2009';

/** Decimals that a step of 0.1, 0.05, 1 … can carry. */
export function decimalsOf(step: number): number {
  if (step >= 1) return 0;
  return Math.min(6, Math.ceil(-Math.log10(step) - 1e-9));
}

export function formatNumber(value: number, step: number, locale: Locale): string {
  const sign = value < 0 ? MINUS : '';
  const size = Math.abs(value);
  if (locale === 'zh' && size >= 1e8) return `${sign}${significant(size / 1e8)}${THIN}亿`;
  if (locale === 'zh' && size >= 1e5) return `${sign}${significant(size / 1e4)}${THIN}万`;
  const digits = decimalsOf(step);
  return (
    sign + size.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  );
}

/** With its sign always: "+0.4", "−1.2", "±0.0". */
export function formatChange(value: number, step: number, locale: Locale): string {
  const text = formatNumber(Math.abs(value), step, locale);
  const isZero = Math.abs(value) < step / 2;
  return `${isZero ? '±' : value < 0 ? MINUS : '+'}${text}`;
}

const significant = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));

export const unitOf = (unit: string, locale: Locale): string =>
  unit in units ? units[unit as keyof typeof units][locale] : unit;

/** `09:08:07`, with the date in front when it is not the same day as `now`. */
export function formatTime(at: number, now: number, timeZone: string): string {
  const day = { timeZone, month: '2-digit', day: '2-digit' } as const;
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(at);
  const date = new Intl.DateTimeFormat('en-CA', day).format(at);
  return date === new Intl.DateTimeFormat('en-CA', day).format(now) ? time : `${date} ${time}`;
}

/** `09:08`, with the date in front when it is not the day of `now`. */
export function formatMoment(at: number, now: number, timeZone: string): string {
  return formatTime(at, now, timeZone).slice(0, -3);
}

export function formatClock(at: number, timeZone: string, seconds: boolean): string {
  const parts = {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' as const } : {}),
  } as const;
  return new Intl.DateTimeFormat('en-GB', parts).format(at);
}

export function formatDate(at: number, timeZone: string, locale: Locale): string {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone, month: '2-digit', day: '2-digit' }).format(at);
  const weekday = new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone,
    weekday: 'short',
  }).format(at);
  return `${date} ${weekday}`;
}

/** `2026-07-16 09:08:07`: of records that are read years later. */
export function formatStamp(at: number, timeZone: string): string {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at);
  return `${date} ${formatClock(at, timeZone, true)}`;
}

const DURATIONS = [
  [86_400, ' 天', ' d'],
  [3600, ' 小时', ' h'],
  [60, ' 分', ' min'],
  [1, ' 秒', ' s'],
] as const;

/** "12 秒", "3 分"; never negative. */
export function formatDuration(seconds: number, locale: Locale): string {
  const whole = Math.max(0, Math.round(seconds));
  const [size, zh, en] = DURATIONS.find(([span]) => whole >= span) ?? DURATIONS[3];
  return `${Math.floor(whole / size)}${locale === 'zh' ? zh : en}`;
}

export function formatAge(seconds: number, locale: Locale): string {
  return locale === 'zh' ? `${formatDuration(seconds, locale)}前` : `${formatDuration(seconds, locale)} ago`;
}

export interface Shown {
  readonly text: string;
  readonly unit: string;
  readonly numeric: boolean;
}

interface ShowOptions {
  readonly locale: Locale;
  readonly timeZone: string;
  readonly now: number;
}

/** A column's value in words; null where there is none. */
export function showValue(
  column: Column,
  value: ValueOf<Column> | undefined,
  options: ShowOptions,
): Shown | null {
  if (value === null || value === undefined) return null;
  const { locale, timeZone, now } = options;
  const plain = (text: string): Shown => ({ text, unit: '', numeric: false });
  switch (column.type) {
    case 'number':
      return {
        text: formatNumber(Number(value), column.step, locale),
        unit: unitOf(column.unit, locale),
        numeric: true,
      };
    case 'enum':
      return plain(column.values[String(value)]?.[locale] ?? String(value));
    case 'flags': {
      const names = Object.values(column.bits).filter((_, bit) => ((Number(value) >> bit) & 1) === 1);
      return names.length === 0
        ? null
        : plain(names.map((name) => name[locale]).join(locale === 'zh' ? '、' : ', '));
    }
    case 'time':
      return { text: formatTime(Number(value), now, timeZone), unit: '', numeric: true };
    case 'position': {
      const [lon, lat] = value as readonly [number, number];
      return { text: `${lon.toFixed(5)}°E ${lat.toFixed(5)}°N`, unit: '', numeric: true };
    }
    case 'strings':
      return (value as readonly string[]).length === 0
        ? null
        : plain((value as readonly string[]).join(locale === 'zh' ? '、' : ', '));
    case 'text':
      return value === '' ? null : plain(String(value));
    case 'geometry':
    case 'cells':
      return null;
  }
}

export type AnyColumns = Columns;
