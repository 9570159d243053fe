import { expect, test } from 'vitest';
import { leftText, secondsLeft } from './break-glass.ts';

test('the time that is left counts from what the server said, and ends at nothing', () => {
  expect(secondsLeft(1800, 1000, 1000)).toBe(1800);
  expect(secondsLeft(1800, 1000, 2500)).toBe(1799);
  expect(secondsLeft(3, 1000, 4000)).toBe(0);
  expect(secondsLeft(3, 1000, 90_000)).toBe(0);
});

test.each([
  [3600, '60:00'],
  [1743, '29:03'],
  [9, '00:09'],
  [0, '00:00'],
])('%i seconds read %s', (seconds, text) => expect(leftText(seconds)).toBe(text));
