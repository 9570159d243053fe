import { expect, it } from 'vitest';
import type { Hysteresis } from './hysteresis.ts';
import { nextLevel } from './hysteresis.ts';
import type { Level } from './score.ts';

const MINUTE = 60_000;

/** Levels shown after each sample, one every `everyMin` minutes. */
function shown(samples: readonly Level[], everyMin: number, key = false): Level[] {
  let state: Hysteresis | null = null;
  return samples.map((level, index) => {
    state = nextLevel(state, { level, at: index * everyMin * MINUTE }, key);
    return state.shown;
  });
}

it('shows the first sample as it is', () => {
  expect(shown(['orange'], 5)).toEqual(['orange']);
});

it('worsens after two samples, a ★ after one', () => {
  expect(shown(['normal', 'red', 'normal', 'red', 'red'], 5)).toEqual([
    'normal',
    'normal',
    'normal',
    'normal',
    'red',
  ]);
  expect(shown(['normal', 'red'], 5, true)).toEqual(['normal', 'red']);
});

it('worsens to the mildest of the two', () => {
  expect(shown(['normal', 'red', 'yellow'], 5)).toEqual(['normal', 'normal', 'yellow']);
});

it('improves after three samples and not before 15 minutes have passed', () => {
  expect(shown(['red', 'normal', 'normal', 'normal', 'normal'], 5)).toEqual([
    'red',
    'red',
    'red',
    'red',
    'normal',
  ]);
  expect(shown(['red', 'normal', 'normal', 'normal'], 10)).toEqual(['red', 'red', 'red', 'normal']);
  const quick = shown(['red', ...Array<Level>(20).fill('normal')], 1);
  expect(quick.indexOf('normal')).toBe(16);
});

it('improves to the worst of the run, and a relapse starts it anew', () => {
  expect(shown(['red', 'normal', 'yellow', 'normal'], 10)).toEqual(['red', 'red', 'red', 'yellow']);
  expect(shown(['red', 'normal', 'normal', 'red', 'normal', 'normal', 'normal'], 10)).toEqual([
    'red',
    'red',
    'red',
    'red',
    'red',
    'red',
    'normal',
  ]);
});
