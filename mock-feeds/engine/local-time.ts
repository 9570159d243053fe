// Moments ↔ the city's own wall time.

const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

export interface LocalTime {
  /** ISO 8601 with the city's offset, e.g. 2026-07-16T14:30:00+08:00 (milliseconds only when not zero). */
  iso(at: number): string;
  /** Digits of the local time: yyyyMMddHHmmss, with zzz milliseconds when `withMs`. */
  digits(at: number, withMs?: boolean): string;
  /** Hours since local midnight, 0 ≤ h < 24. */
  hour(at: number): number;
  /** 0 Sunday … 6 Saturday. */
  weekday(at: number): number;
  /** 0 January … 11 December. */
  month(at: number): number;
  /** yyyy-MM-dd. */
  date(at: number): string;
  /** Moment of the local midnight before `at`. */
  midnight(at: number): number;
}

function offsetMinutes(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

/** Local time of an IANA zone; its offset is taken once, at `reference` (the zones served have no summer time). */
export function createLocalTime(timeZone: string, reference: number): LocalTime {
  const minutes = offsetMinutes(timeZone, reference);
  const shift = minutes * MINUTE;
  const sign = minutes < 0 ? '-' : '+';
  const two = (n: number): string => String(n).padStart(2, '0');
  const suffix = `${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
  const moved = (at: number): Date => new Date(at + shift);
  // Lists say the same moment of each of their items.
  let told = NaN;
  let text = '';
  const iso = (at: number): string => {
    if (at === told) return text;
    const utc = moved(at).toISOString();
    text = (utc.endsWith('.000Z') ? utc.slice(0, -5) : utc.slice(0, -1)) + suffix;
    told = at;
    return text;
  };
  return {
    iso,
    digits: (at, withMs = false) => {
      const text = moved(at).toISOString();
      const date = text.slice(0, 4) + text.slice(5, 7) + text.slice(8, 10);
      const clock = text.slice(11, 13) + text.slice(14, 16) + text.slice(17, 19);
      return date + clock + (withMs ? text.slice(20, 23) : '');
    },
    hour: (at) => ((((at + shift) % DAY) + DAY) % DAY) / HOUR,
    weekday: (at) => moved(at).getUTCDay(),
    month: (at) => moved(at).getUTCMonth(),
    date: (at) => moved(at).toISOString().slice(0, 10),
    midnight: (at) => Math.floor((at + shift) / DAY) * DAY - shift,
  };
}
