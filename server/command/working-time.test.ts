import { expect, test } from 'vitest';
import { loadCity } from '../../cities/load.ts';
import { WorkingTime } from './working-time.ts';

const { calendar } = loadCity('guangyuan');
const time = new WorkingTime(calendar, [
  ['09:00', '12:00'],
  ['13:30', '17:30'],
]);
const at = (text: string): number => Date.parse(`${text}+08:00`);
const told = (moment: number): string => new Date(moment + 8 * 3_600_000).toISOString().slice(0, 16);

test.each([
  ['2026-07-15', true, 'a Wednesday'],
  ['2026-07-18', false, 'a Saturday'],
  ['2026-10-01', false, 'the first day of the golden week'],
  ['2026-10-07', false, 'its last day, a Wednesday'],
  ['2026-10-10', true, 'a Saturday that is worked for it'],
  ['2026-02-28', true, 'a Saturday after the Spring Festival'],
])('%s is a workday: %s, %s', (day, is) => {
  expect(time.isWorkday(day)).toBe(is);
});

test.each([
  ['2026-07-15T10:00', 60, '2026-07-15T11:00', 'within the morning'],
  ['2026-07-15T11:30', 60, '2026-07-15T14:00', 'over noon'],
  ['2026-07-15T07:00', 30, '2026-07-15T09:30', 'before work begins'],
  ['2026-07-15T17:00', 60, '2026-07-16T09:30', 'over the night'],
  ['2026-07-17T17:00', 60, '2026-07-20T09:30', 'over a weekend'],
  ['2026-09-30T17:00', 60, '2026-10-08T09:30', 'over the golden week'],
  ['2026-10-09T17:00', 60, '2026-10-10T09:30', 'into a Saturday that is worked'],
  ['2026-07-15T09:00', 420, '2026-07-15T17:30', 'a whole day ends with it'],
])('from %s, %i minutes of work end at %s: %s', (from, minutes, end) => {
  expect(told(time.afterMinutes(at(from), minutes))).toBe(end);
});

test.each([
  ['2026-07-15T10:00', 1, '2026-07-16T17:30'],
  ['2026-07-17T10:00', 1, '2026-07-20T17:30'],
  ['2026-07-17T23:59', 5, '2026-07-24T17:30'],
  ['2026-09-30T10:00', 2, '2026-10-09T17:30'],
  ['2026-10-03T10:00', 3, '2026-10-10T17:30'],
])('from %s, %i working days end at %s', (from, days, end) => {
  expect(told(time.endOfWorkday(at(from), days))).toBe(end);
});

test('a day is the local one', () => {
  expect(time.dayOf(Date.UTC(2026, 6, 14, 16, 30))).toBe('2026-07-15');
});

test('an hour that is set back is found on the right side of it', () => {
  const berlin = new WorkingTime({ ...calendar, timeZone: 'Europe/Berlin', years: [] }, [['09:00', '17:00']]);
  // Summer time ends on 25 October 2026.
  expect(new Date(berlin.endOfWorkday(Date.UTC(2026, 9, 23, 8), 1)).toISOString()).toBe(
    '2026-10-26T16:00:00.000Z',
  );
});

test('a calendar without a workday is named instead of searched for ever', () => {
  const never = new WorkingTime({ timeZone: 'UTC', workweek: [], years: [] }, [['09:00', '17:00']]);
  expect(() => never.afterMinutes(0, 1)).toThrow(/calendar.yaml/);
  expect(() => never.endOfWorkday(0, 1)).toThrow(/calendar.yaml/);
});
