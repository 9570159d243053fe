import { expect, it } from 'vitest';
import { scaleOf } from './instruments.ts';

it.each([
  [400, 120, 20_000],
  [100, 120, 10_000],
  [3.2, 120, 200],
  [0.5, 120, 50],
])('%d m a pixel: the longest round bar of at most %i px is %i m', (metresPerPixel, most, metres) => {
  const bar = scaleOf(metresPerPixel, most);
  expect(bar.metres).toBe(metres);
  expect(bar.px).toBeCloseTo(metres / metresPerPixel);
  expect(bar.px).toBeLessThanOrEqual(most);
});
