import { expect, test } from 'vitest';
import { dayLater, daysFrom, mondayOf, weekdayOf } from './week.ts';

test.each([
  ['2026-07-15', '2026-07-13'],
  ['2026-07-13', '2026-07-13'],
  ['2026-07-19', '2026-07-13'],
  ['2027-01-01', '2026-12-28'],
])('the week of %s begins on %s', (day, monday) => {
  expect(mondayOf(day)).toBe(monday);
});

test('days go over the end of a month and of February', () => {
  expect(daysFrom('2028-02-27', 4)).toEqual(['2028-02-27', '2028-02-28', '2028-02-29', '2028-03-01']);
  expect(dayLater('2026-03-03', -7)).toBe('2026-02-24');
  expect([weekdayOf('2026-07-13', 'zh'), weekdayOf('2026-07-13', 'en')]).toEqual(['周一', 'Mon']);
});
