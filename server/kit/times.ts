// Times of the standards → epoch ms UTC. NaN for what is no time: the caller rejects with record/time.

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d\d:?\d\d|[+-]\d\d)$/i;

/** ISO 8601 / RFC 3339 date-time with an offset. A time without offset is no moment: NaN. */
export function parseIsoTime(text: string): number {
  const part = ISO.exec(text);
  if (!part) return NaN;
  const [, year, month, day, hour, minute, second = '0', fraction = '', zone = 'Z'] = part;
  const local = civilTime([
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  ]);
  const ms = fraction === '' ? 0 : Math.floor(Number(`0.${fraction}`) * 1000 + 1e-6);
  return local + ms - offsetMs(zone);
}

function offsetMs(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0;
  const minutes = zone.length > 3 ? Number(zone.slice(-2)) : 0;
  const hours = Number(zone.slice(1, 3));
  if (hours > 18 || minutes > 59) return NaN;
  return (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** `yyyyMMdd`, `yyyyMMddHHmm`, `…ss` or `…sszzz` at a fixed offset from UTC in minutes (China: 480). */
export function parseCompactTime(text: string, offsetMin: number): number {
  if (!/^(\d{8}|\d{12}|\d{14}|\d{17})$/.test(text)) return NaN;
  const at = (from: number, to: number): number => Number(text.slice(from, to) || '0');
  const local = civilTime([at(0, 4), at(4, 6), at(6, 8), at(8, 10), at(10, 12), at(12, 14)]);
  return local + at(14, 17) - offsetMin * 60_000;
}

type CivilParts = readonly [
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
];

/** Epoch ms of a civil time read as UTC; NaN where a part is out of its range (31 February, 24:01, second 61). */
export function civilTime(parts: CivilParts): number {
  const [year, month, day, hour, minute, second] = parts;
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return NaN;
  if (!(hour <= 24 && minute <= 59 && second <= 60) || (hour === 24 && (minute > 0 || second > 0)))
    return NaN;
  return Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59));
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
