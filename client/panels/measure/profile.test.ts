import { describe, expect, it, test } from 'vitest';
import type { LonLat } from '../../../contracts/column.ts';
import { lengthM } from '../../geodesy.ts';
import { drawProfile, niceStep, pointAt, profileOf } from './profile.ts';

const line: LonLat[] = [
  [105.8, 32.4],
  [105.9, 32.4],
];
/** A ridge in the middle of the line: 500 m at both ends, 1,500 m on top. */
const ridge = ([lon]: LonLat): number => 1500 - Math.abs(lon - 105.85) * 20_000;

describe('a profile', () => {
  const profile = profileOf(line, ridge);
  it('keeps the ends, the top, and what goes up and down', () => {
    expect(profile.points[0]).toMatchObject({ alongM: 0 });
    expect(profile.points.at(-1)?.alongM).toBeCloseTo(lengthM(line), 6);
    expect(profile.lowestM).toBeCloseTo(500, 6);
    expect(profile.highestM).toBeGreaterThan(1490);
    expect(profile.climbM).toBeCloseTo(profile.highestM - 500, 6);
    expect(profile.descentM).toBeCloseTo(profile.highestM - 500, 6);
  });
  it('is found again by distance', () => {
    expect(pointAt(profile, lengthM(line) / 2).heightM).toBeGreaterThan(1490);
    expect(pointAt(profile, -5)).toEqual(profile.points[0]);
    expect(pointAt(profile, 1e9)).toEqual(profile.points.at(-1));
  });
  it('stays inside its box', () => {
    const drawing = drawProfile(profile, { width: 400, height: 120 });
    const numbers = drawing.line.match(/-?\d+(\.\d+)?/g)?.map(Number) ?? [];
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(drawing.yOf(profile.highestM)).toBeGreaterThan(0);
    expect(drawing.yOf(profile.lowestM)).toBeLessThan(120);
    expect(drawing.yTicks.length).toBeGreaterThan(1);
  });
  it('does not make a mountain of a plain', () => {
    const flat = drawProfile(
      profileOf(line, () => 480),
      { width: 400, height: 120 },
    );
    expect(flat.yOf(480) - flat.yOf(490)).toBeLessThan(30);
  });
});

test.each([
  [0.7, 1],
  [1.2, 2],
  [2.1, 5],
  [37, 50],
  [600, 1000],
])('a step of at least %d is %d', (least, step) => expect(niceStep(least)).toBe(step));
