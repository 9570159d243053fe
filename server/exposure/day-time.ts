// How many of those who live, learn or work at a place are there at an hour of the city's calendar.
import type { DayPart } from '../../contracts/records/exposure.ts';
import type { Settled } from './resident-grid.ts';

export interface SchoolCalendar {
  readonly timeZone: string;
  /** ISO weekdays, Monday is 1. */
  readonly workweek: readonly number[];
  readonly years: readonly {
    readonly holidays: readonly { readonly from: string; readonly to: string }[];
    readonly shiftedWorkdays: readonly string[];
  }[];
  /** Those whose id begins with `school-break` are weeks without school; month-days, both ends count. */
  readonly seasons: readonly { readonly id: string; readonly from: string; readonly to: string }[];
}

export interface Hour {
  readonly dayPart: DayPart;
  readonly hour: number;
  readonly isWorkday: boolean;
  readonly isSchoolTime: boolean;
}

const SCHOOL_BREAK = 'school-break';
const SCHOOL_HOURS = [7, 18] as const;
const WORK_HOURS = [8, 18] as const;
const MALL_HOURS = [10, 22] as const;
/** Residents who are there, as a share of those who live there (≈). */
const RESIDENTS: Readonly<Record<Settled, Readonly<Record<DayPart, number>>>> = {
  core: { day: 1.25, evening: 1.1, night: 0.95 },
  town: { day: 0.95, evening: 1, night: 1.05 },
};
/** Caretakers and boarders outside school hours, of all enrolled (≈). */
const SCHOOL_IDLE = 0.05;
/** Shift work outside working hours, of all who work there (≈). */
const WORK_IDLE = 0.3;
const MALL_BUSY = { workday: 1.5, free: 3 } as const;

const within = (hour: number, [from, to]: readonly [number, number]): boolean => hour >= from && hour < to;

export function createHours(calendar: SchoolCalendar): (at: number) => Hour {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: calendar.timeZone,
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23' },
  });
  const holidays = calendar.years.flatMap((year) => year.holidays);
  const shifted = new Set(calendar.years.flatMap(({ shiftedWorkdays }) => shiftedWorkdays));
  const breaks = calendar.seasons.filter(({ id }) => id.startsWith(SCHOOL_BREAK));
  const isWorkday = (day: string): boolean =>
    shifted.has(day) ||
    (!holidays.some(({ from, to }) => day >= from && day <= to) &&
      calendar.workweek.includes(new Date(`${day}T00:00:00Z`).getUTCDay() || 7));
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const day = `${part['year']}-${part['month']}-${part['day']}`;
    const hour = Number(part['hour']);
    const workday = isWorkday(day);
    const isBreak = breaks.some((one) => isIn(day.slice(5), one));
    return {
      dayPart: within(hour, [8, 18]) ? 'day' : within(hour, [18, 22]) ? 'evening' : 'night',
      hour,
      isWorkday: workday,
      isSchoolTime: workday && !isBreak && within(hour, SCHOOL_HOURS),
    };
  };
}

/** A season may run over the year's end. */
const isIn = (monthDay: string, { from, to }: { readonly from: string; readonly to: string }): boolean =>
  from <= to ? monthDay >= from && monthDay <= to : monthDay >= from || monthDay <= to;

export const residentsFactor = (settled: Settled, { dayPart }: Hour): number => RESIDENTS[settled][dayPart];
export const schoolFactor = ({ isSchoolTime }: Hour): number => (isSchoolTime ? 1 : SCHOOL_IDLE);
export const workFactor = ({ isWorkday, hour }: Hour): number =>
  isWorkday && within(hour, WORK_HOURS) ? 1 : WORK_IDLE;
export const mallFactor = ({ isWorkday, hour }: Hour): number =>
  within(hour, MALL_HOURS) ? MALL_BUSY[isWorkday ? 'workday' : 'free'] : SCHOOL_IDLE;
