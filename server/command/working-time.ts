// Working hours on the calendar of the city: holidays, golden weeks and shifted workdays count as it says.

export interface WorkingCalendar {
  readonly timeZone: string;
  /** ISO weekdays, Monday is 1. */
  readonly workweek: readonly number[];
  readonly years: readonly {
    readonly holidays: readonly { readonly from: string; readonly to: string }[];
    readonly shiftedWorkdays: readonly string[];
  }[];
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Longer than any holiday: a calendar without a workday in it is a mistake of the city package. */
const LONGEST_REST_DAYS = 60;

export class WorkingTime {
  readonly #holidays: readonly { readonly from: string; readonly to: string }[];
  readonly #shifted: ReadonlySet<string>;
  readonly #workweek: ReadonlySet<number>;
  /** Minutes after midnight. */
  readonly #hours: readonly (readonly [from: number, to: number])[];
  readonly #format: Intl.DateTimeFormat;

  /** @param hours of a workday, `[['09:00', '12:00'], …]`, in order */
  constructor(calendar: WorkingCalendar, hours: readonly (readonly [string, string])[]) {
    this.#holidays = calendar.years.flatMap(({ holidays }) => holidays);
    this.#shifted = new Set(calendar.years.flatMap(({ shiftedWorkdays }) => shiftedWorkdays));
    this.#workweek = new Set(calendar.workweek);
    this.#hours = hours.map(([from, to]) => [minutesOf(from), minutesOf(to)]);
    this.#format = new Intl.DateTimeFormat('en-CA', {
      timeZone: calendar.timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  }

  /** The local day of a moment, `2026-07-15`. */
  dayOf(at: number): string {
    return new Date(this.#local(at)).toISOString().slice(0, 10);
  }

  /** @param day `2026-07-15` */
  isWorkday(day: string): boolean {
    if (this.#shifted.has(day)) return true;
    if (this.#holidays.some(({ from, to }) => day >= from && day <= to)) return false;
    return this.#workweek.has(new Date(`${day}T00:00:00Z`).getUTCDay() || 7);
  }

  /** The moment at which so many minutes of working hours have passed. Epoch ms. */
  afterMinutes(from: number, minutes: number): number {
    const local = this.#local(from);
    let left = minutes * MINUTE_MS;
    let midnight = Math.floor(local / DAY_MS) * DAY_MS;
    for (let rest = 0; rest < LONGEST_REST_DAYS; midnight += DAY_MS) {
      if (!this.isWorkday(dayText(midnight))) {
        rest += 1;
        continue;
      }
      rest = 0;
      for (const [opens, closes] of this.#hours) {
        const begin = Math.max(local, midnight + opens * MINUTE_MS);
        const end = midnight + closes * MINUTE_MS;
        if (end <= begin) continue;
        if (end - begin >= left) return this.#utc(begin + left);
        left -= end - begin;
      }
    }
    throw new Error(`no workday within ${LONGEST_REST_DAYS} days: see calendar.yaml`);
  }

  /** The close of the n-th workday after the day of the moment. Epoch ms. */
  endOfWorkday(from: number, days: number): number {
    let midnight = Math.floor(this.#local(from) / DAY_MS) * DAY_MS;
    let left = days;
    for (let rest = 0; rest < LONGEST_REST_DAYS;) {
      midnight += DAY_MS;
      if (!this.isWorkday(dayText(midnight))) {
        rest += 1;
        continue;
      }
      rest = 0;
      left -= 1;
      if (left === 0) return this.#utc(midnight + (this.#hours.at(-1)?.[1] ?? 0) * MINUTE_MS);
    }
    throw new Error(`no workday within ${LONGEST_REST_DAYS} days: see calendar.yaml`);
  }

  /** Local civil time read as UTC, so that days are whole. */
  #local(at: number): number {
    return at + this.#offsetAt(at);
  }

  #utc(local: number): number {
    const guess = local - this.#offsetAt(local);
    // Once more: the offset may change between the two.
    return local - this.#offsetAt(guess);
  }

  #offsetAt(at: number): number {
    const part = Object.fromEntries(
      this.#format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
  }
}

const dayText = (midnight: number): string => new Date(midnight).toISOString().slice(0, 10);

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
