// Local days of a roster, as text: a week begins on Monday.
import type { Locale } from '../../stores/session.ts';

const DAY_MS = 86_400_000;
const atOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** So many days from one on. */
export const daysFrom = (day: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => dayLater(day, at));

export const dayLater = (day: string, days: number): string => dayOf(atOf(day) + days * DAY_MS);

export function mondayOf(day: string): string {
  const since = (new Date(atOf(day)).getUTCDay() + 6) % 7;
  return dayOf(atOf(day) - since * DAY_MS);
}

export const weekdayOf = (day: string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', { weekday: 'short', timeZone: 'UTC' }).format(
    atOf(day),
  );
