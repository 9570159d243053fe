import { describe, expect, it } from 'vitest';
import { CityClock } from './clock.ts';

const LOCAL = 1_784_000_000_000;
const CITY = LOCAL - 86_400_000;

describe('the clock of the city', () => {
  it('takes the beat that came soonest for the truth', () => {
    const clock = new CityClock();
    clock.beat(CITY, LOCAL + 80);
    clock.beat(CITY + 1000, LOCAL + 1010);
    clock.beat(CITY + 2000, LOCAL + 2300);
    expect(clock.at(LOCAL + 3000)).toBe(CITY + 2990);
  });

  it('runs at the speed of its world, and stands while it is paused', () => {
    const clock = new CityClock();
    clock.beat(CITY, LOCAL, 60);
    expect([clock.speed, clock.at(LOCAL + 2000) - CITY]).toEqual([60, 120_000]);
    clock.beat(CITY + 120_000, LOCAL + 2000, 0);
    expect(clock.at(LOCAL + 60_000)).toBe(CITY + 120_000);
    clock.beat(CITY + 120_000, LOCAL + 60_000, 0.25);
    expect(clock.at(LOCAL + 64_000)).toBe(CITY + 121_000);
  });

  it('does not run ahead of a world that is slower than it was asked to be, and never back', () => {
    const clock = new CityClock();
    let shown = -Infinity;
    // Asked for 600, it manages 300, and less from the sixth second on.
    const cityAt = (second: number): number => CITY + (second * 300 - Math.max(0, second - 6) * 200) * 1000;
    for (let second = 0; second <= 20; second++) {
      clock.beat(cityAt(second), LOCAL + second * 1000, 600);
      for (let part = 0; part < 1000; part += 100) {
        const now = clock.at(LOCAL + second * 1000 + part);
        expect(now).toBeGreaterThanOrEqual(shown);
        shown = now;
        // The first beat says nothing of the speed; a change is seen within the beats that are kept.
        if (second >= 1) expect(now - cityAt(second + part / 1000)).toBeLessThanOrEqual(450_000);
      }
    }
    expect(Math.abs(shown - cityAt(20.9))).toBeLessThanOrEqual(20_000);
  });

  it('follows a world that hurries as fast as it was asked to, whatever the network does', () => {
    const clock = new CityClock();
    for (let second = 0; second <= 20; second++)
      clock.beat(CITY + second * 60_000, LOCAL + second * 1000 + (second % 3) * 80, 60);
    expect(Math.abs(clock.at(LOCAL + 21_000) - (CITY + 21 * 60_000))).toBeLessThanOrEqual(12_000);
  });

  it('follows a leap forward and back at once', () => {
    const clock = new CityClock();
    clock.beat(CITY, LOCAL);
    clock.beat(CITY + 3_600_000, LOCAL + 1000);
    expect(clock.at(LOCAL + 1000)).toBe(CITY + 3_600_000);
    clock.beat(CITY, LOCAL + 2000);
    expect(clock.at(LOCAL + 2000)).toBe(CITY);
  });
});
