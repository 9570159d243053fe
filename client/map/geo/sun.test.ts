import { expect, it } from 'vitest';
import { sunAt } from './sun.ts';

const GUANGYUAN = [105.8224, 32.4346] as const;

/** The moment of a day when the sun stands highest, searched minute by minute. */
function noonOf(dayMs: number): { atMs: number; altitudeDeg: number; azimuthDeg: number } {
  let best = { atMs: dayMs, altitudeDeg: -90, azimuthDeg: 0 };
  for (let minute = 0; minute < 1440; minute++) {
    const atMs = dayMs + minute * 60_000;
    const sun = sunAt(atMs, GUANGYUAN);
    if (sun.altitudeDeg > best.altitudeDeg) best = { atMs, ...sun };
  }
  return best;
}

it.each([
  ['summer solstice', Date.UTC(2026, 5, 21), 90 - 32.4346 + 23.44],
  ['winter solstice', Date.UTC(2026, 11, 21), 90 - 32.4346 - 23.44],
])('stands at noon of the %s at the height of the latitude', (_, dayMs, altitudeDeg) => {
  const noon = noonOf(dayMs);
  expect(noon.altitudeDeg).toBeCloseTo(altitudeDeg, 1);
  expect(Math.abs(noon.azimuthDeg - 180)).toBeLessThan(3);
  // Mean noon at 105.82° E is 04:57 UTC; the equation of time stays under 3 minutes on these days.
  expect(Math.abs((noon.atMs - dayMs) / 60_000 - (4 * 60 + 57))).toBeLessThan(4);
});

it('rises in the east and sets in the west at the equinox, and is down at midnight', () => {
  const dayMs = Date.UTC(2026, 2, 20);
  expect(sunAt(dayMs + 23 * 3_600_000, GUANGYUAN).azimuthDeg).toBeCloseTo(90, -1);
  expect(sunAt(dayMs + 11 * 3_600_000, GUANGYUAN).azimuthDeg).toBeCloseTo(270, -1);
  expect(sunAt(dayMs + 17 * 3_600_000, GUANGYUAN).altitudeDeg).toBeLessThan(-50);
});
