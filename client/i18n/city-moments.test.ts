import { expect, it } from 'vitest';
import { fieldOf, momentOf } from './city-moments.ts';

it.each(['Asia/Shanghai', 'UTC', 'America/New_York'])(
  'a moment goes into a field and comes back: %s',
  (zone) => {
    for (let hour = 0; hour < 24 * 365; hour += 7) {
      const at = Date.UTC(2026, 0, 1, hour, 3, 5);
      const back = momentOf(fieldOf(at, zone), zone);
      // The hour that comes twice in autumn is one of the two.
      expect(Math.abs((back ?? 0) - at) % 3_600_000).toBe(0);
      if (zone !== 'America/New_York') expect(back).toBe(at);
    }
  },
);

it('is written in the time of the city, and no moment is none', () => {
  expect(fieldOf(Date.UTC(2026, 6, 15, 4, 0, 5), 'Asia/Shanghai')).toBe('2026-07-15T12:00:05');
  expect(momentOf('2026-07-15T12:00', 'Asia/Shanghai')).toBe(Date.UTC(2026, 6, 15, 4));
  expect(momentOf('', 'Asia/Shanghai')).toBeNull();
});
