// Which shift it is: local parts of the day as moments. Pure.
import type { Shift, ShiftTime } from '../../contracts/records/duty.ts';

const DAY_MS = 86_400_000;

const minutesOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
};

/** Local day, `2026-07-16`. */
export function dayOf(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
}

/** Epoch ms of a local clock time on a local day. */
function momentOf(day: string, clock: string, timeZone: string): number {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minutesOf(clock) * 60_000;
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const local = (at: number): number => Date.parse(`${shown.format(at).replace(' ', 'T')}Z`);
  const first = wanted - (local(wanted) - wanted);
  return first - (local(first) - wanted);
}

/** The local day so many days later. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

export function timeOf(shift: Shift, day: string, timeZone: string): ShiftTime {
  const startAt = momentOf(day, shift.from, timeZone);
  const over = minutesOf(shift.to) <= minutesOf(shift.from);
  const endDay = over ? dayAfter(day, 1) : day;
  return { ...shift, day, startAt, endAt: momentOf(endDay, shift.to, timeZone) };
}

/** Shifts from a day before to a day after the moment, by their start. */
function around(shifts: readonly Shift[], at: number, timeZone: string): ShiftTime[] {
  return [-1, 0, 1]
    .map((days) => dayOf(at + days * DAY_MS, timeZone))
    .flatMap((day) => shifts.map((shift) => timeOf(shift, day, timeZone)))
    .sort((a, b) => a.startAt - b.startAt);
}

/** The one that runs, and the one after; null: there is none. */
export function shiftsAt(
  shifts: readonly Shift[],
  at: number,
  timeZone: string,
): { readonly shift: ShiftTime | null; readonly next: ShiftTime | null } {
  const all = around(shifts, at, timeZone);
  return {
    shift: all.findLast(({ startAt, endAt }) => startAt <= at && at < endAt) ?? null,
    next: all.find(({ startAt }) => startAt > at) ?? null,
  };
}
