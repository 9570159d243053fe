// How busy the city is: by hour, weekday and holiday. Shapes from the city's public normals.
import type { LocalTime } from './local-time.ts';

/** Kind of day: workday, weekend or public holiday. */
export type DayKind = 'workday' | 'weekend' | 'holiday';

export interface Calendar {
  /** Dates (yyyy-MM-dd) off work, and weekend dates worked instead. */
  holidays: ReadonlySet<string>;
  shiftedWorkdays: ReadonlySet<string>;
}

export interface Rhythm {
  dayKind(at: number): DayKind;
  /** Road traffic, 0 (empty) to 1 (the busiest hour). */
  traffic(at: number): number;
  /** Share of a working fleet on the road, 0…1. */
  onDuty(at: number): number;
  /** 12345 calls an hour relative to the daily mean (8–18 o'clock, peaks 10:00 and 15:00). */
  hotline(at: number): number;
  /** 110/119/120 calls relative to the mean (peak 21:00). */
  emergency(at: number): number;
  /** Visitors relative to a workday (weekend 2.2, golden week 7). */
  tourism(at: number): number;
  /** Posts on social media relative to the mean. */
  posting(at: number): number;
}

// One value an hour, interpolated.
const WORKDAY = [
  0.08, 0.05, 0.04, 0.04, 0.06, 0.14, 0.35, 0.82, 1, 0.78, 0.66, 0.68, 0.7, 0.62, 0.64, 0.66, 0.72, 0.9, 0.98,
  0.74, 0.55, 0.42, 0.28, 0.15,
];
const FREE_DAY = [
  0.1, 0.06, 0.05, 0.04, 0.05, 0.1, 0.2, 0.38, 0.55, 0.7, 0.78, 0.76, 0.7, 0.68, 0.72, 0.76, 0.8, 0.82, 0.76,
  0.66, 0.54, 0.44, 0.3, 0.18,
];
const HOTLINE = [
  0.1, 0.08, 0.06, 0.06, 0.08, 0.12, 0.35, 0.9, 1.9, 2.5, 2.8, 2.2, 1.4, 1.6, 2.3, 2.7, 2.3, 1.9, 1.2, 0.9,
  0.8, 0.6, 0.3, 0.2,
];
const EMERGENCY = [
  0.7, 0.5, 0.4, 0.35, 0.35, 0.4, 0.6, 0.8, 1, 1.05, 1.05, 1.05, 1, 0.95, 1, 1.05, 1.1, 1.2, 1.35, 1.5, 1.7,
  1.8, 1.4, 1,
];

function hourly(shape: readonly number[], hour: number): number {
  const i = Math.floor(hour) % 24;
  const a = shape[i] ?? 0;
  return a + ((shape[(i + 1) % 24] ?? 0) - a) * (hour - Math.floor(hour));
}

export function createRhythm(time: LocalTime, calendar: Calendar): Rhythm {
  const kindOf = (at: number): DayKind => {
    const date = time.date(at);
    if (calendar.holidays.has(date)) return 'holiday';
    const weekday = time.weekday(at);
    const weekend = weekday === 0 || weekday === 6;
    return weekend && !calendar.shiftedWorkdays.has(date) ? 'weekend' : 'workday';
  };
  // Every vehicle asks, all of the same day.
  let midnight = NaN;
  let kind: DayKind = 'workday';
  const dayKind = (at: number): DayKind => {
    const day = time.midnight(at);
    if (day !== midnight) [midnight, kind] = [day, kindOf(at)];
    return kind;
  };
  const traffic = (at: number): number => {
    const kind = dayKind(at);
    const value = hourly(kind === 'workday' ? WORKDAY : FREE_DAY, time.hour(at));
    return Math.min(1, kind === 'holiday' ? value * 1.2 : value);
  };
  return {
    dayKind,
    traffic,
    onDuty: (at) => 0.45 + 0.55 * traffic(at),
    hotline: (at) => hourly(HOTLINE, time.hour(at)) * (dayKind(at) === 'workday' ? 1 : 0.7),
    emergency: (at) => hourly(EMERGENCY, time.hour(at)),
    tourism: (at) => ({ workday: 1, weekend: 2.2, holiday: 7 })[dayKind(at)],
    posting: (at) => 0.4 + 0.8 * hourly(EMERGENCY, time.hour(at)),
  };
}
