import { describe, expect, it } from 'vitest';
import { NameRun, runAlong, type ScreenLine } from './name-run.ts';

/** A line through points a pixel function gives for 0, 1, 2 … */
function lineOf(count: number, at: (i: number) => [number, number]): ScreenLine {
  const xy = new Float32Array(count * 2);
  for (let i = 0; i < count; i++) xy.set(at(i), i * 2);
  return { xy, seen: new Uint8Array(count).fill(1), count };
}

const advances = Float32Array.of(24, 24, 24);
const name = { station: 50, advances, emPx: 16, offsetPx: 14 };

describe('a name along its river', () => {
  it.each([
    ['from the left on a level river, whichever way it flows', (i: number) => i * 5],
    ['from the left on a level river that flows west', (i: number) => 500 - i * 5],
  ])('reads %s', (_, x) => {
    const run = new NameRun();
    expect(
      runAlong(
        lineOf(101, (i) => [x(i), 300]),
        name,
        run,
      ),
    ).toBe(true);
    expect([...run.x.slice(0, 3)]).toEqual([226, 250, 274]);
    // Below the line as read, upright.
    expect([...run.y.slice(0, 3)]).toEqual([314, 314, 314]);
    expect([...run.turn.slice(0, 3)]).toEqual([0, 0, 0]);
  });

  it('reads from the top on a steep river, characters upright', () => {
    const run = new NameRun();
    expect(
      runAlong(
        lineOf(101, (i) => [300, 500 - i * 5]),
        name,
        run,
      ),
    ).toBe(true);
    expect([...run.y.slice(0, 3)]).toEqual([226, 250, 274]);
    expect(Math.max(...run.turn.slice(0, 3).map(Math.abs))).toBeLessThan(1e-6);
    expect(run.x[0]).toBeCloseTo(286);
  });

  it('turns with a slanting river', () => {
    const run = new NameRun();
    expect(
      runAlong(
        lineOf(101, (i) => [i * 5, 100 + i * 2]),
        name,
        run,
      ),
    ).toBe(true);
    expect(run.turn[1]).toBeCloseTo(Math.atan2(2, 5), 5);
  });

  it('refuses a hairpin, a line that ends, and one behind the camera', () => {
    const run = new NameRun();
    const hairpin = lineOf(101, (i) => (i < 50 ? [i * 5, 300] : [500 - i * 5, 303]));
    expect(runAlong(hairpin, name, run)).toBe(false);
    const short = lineOf(11, (i) => [i * 5, 300]);
    expect(runAlong(short, { ...name, station: 5 }, run)).toBe(false);
    const unseen = lineOf(101, (i) => [i * 5, 300]);
    unseen.seen.fill(0, 40, 48);
    expect(runAlong(unseen, name, run)).toBe(false);
  });
});
