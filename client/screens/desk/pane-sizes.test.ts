import { expect, it } from 'vitest';
import { limitsOf, parseSizes } from './pane-sizes.ts';

const ROOM = { width: 1280, height: 800 };

it('leaves the map its room, whatever the other pane has', () => {
  expect(limitsOf('left', ROOM, {})).toEqual([260, 620]);
  expect(limitsOf('left', ROOM, { right: 500 })).toEqual([260, 420]);
  expect(limitsOf('below', ROOM, {})).toEqual([120, 450]);
});

it('never asks for more than the window has', () => {
  const [least, most] = limitsOf('right', { width: 600, height: 300 }, { left: 400 });
  expect(most).toBe(least);
});

it('takes what was kept, and leaves out what is no size', () => {
  expect(parseSizes({ left: 333, right: Number.NaN, below: '200', top: 9 })).toEqual({ left: 333 });
  expect(parseSizes({ below: 20 })).toEqual({});
  expect(parseSizes(null)).toEqual({});
  expect(parseSizes('x')).toEqual({});
});
