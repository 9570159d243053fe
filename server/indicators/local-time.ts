// Day and hour on the city's own clock.
import type { LocalTime } from './define.ts';

/** Epoch ms → local day and hour; the last answer is kept, since many ask within one run. */
export function localTimeOf(timeZone: string): (at: number) => LocalTime {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  let lastAt = NaN;
  let last: LocalTime = { day: '', hour: 0 };
  return (at) => {
    if (at === lastAt) return last;
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    lastAt = at;
    last = { day: `${parts['year']}-${parts['month']}-${parts['day']}`, hour: Number(parts['hour']) };
    return last;
  };
}

/** Whether a local day lies in a season of month-days that may run over the year's end. Both ends count. */
export function isInSeason(day: string, season: { readonly from: string; readonly to: string }): boolean {
  const monthDay = day.slice(5);
  const { from, to } = season;
  return from <= to ? monthDay >= from && monthDay <= to : monthDay >= from || monthDay <= to;
}
