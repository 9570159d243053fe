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

  it('does not run ahead of a world that is slower than it was asked to be', () => {
    const clock = new CityClock();
    // Asked for 600, it manages 300.
    for (let second = 0; second <= 10; second++)
      clock.beat(CITY + second * 300_000, LOCAL + second * 1000, 600);
    expect(Math.abs(clock.at(LOCAL + 10_000) - (CITY + 3_000_000))).toBeLessThanOrEqual(900_000);
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
