// Round times along the axis: of the city's own clock, as many as have room.
import { formatClock } from '../../i18n/numbers.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Between two ticks, milliseconds: what people call round. */
const STEPS_MS = [10_000, 30_000, 1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((step) =>
  step >= 10_000 ? step : step * MINUTE_MS,
);

export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** Milliseconds the city's clock is ahead of UTC at a moment. */
function offsetMs(at: number, timeZone: string): number {
  const [, sign = '+', hours = '0', minutes = '0'] =
    /GMT([+-])(\d{2}):(\d{2})/.exec(
      new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' }).format(at),
    ) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS);
}

/** @param most ticks there is room for; a stretch of many days has one a day all the same */
export function ticksOf([from, to]: readonly [number, number], timeZone: string, most: number): Tick[] {
  const step = STEPS_MS.find((one) => (to - from) / one <= most) ?? DAY_MS;
  const offset = offsetMs(from, timeZone);
  const ticks: Tick[] = [];
  for (let local = Math.ceil((from + offset) / step) * step; local - offset <= to; local += step) {
    const at = local - offset;
    ticks.push({ at, text: textOf(at, { local, step, timeZone }) });
  }
  return ticks;
}

/** Midnight is told as the day that begins. */
function textOf(at: number, tick: { local: number; step: number; timeZone: string }): string {
  const { local, step, timeZone } = tick;
  if (local % DAY_MS === 0) {
    return new Intl.DateTimeFormat('en-CA', { timeZone, month: '2-digit', day: '2-digit' }).format(at);
  }
  return formatClock(at, timeZone, step < MINUTE_MS);
}
