import { expect, test } from 'vitest';
import { cornersOf, cornersText } from './area-text.ts';

test('corners are read as they are written, whatever stands between the numbers', () => {
  const polygon: [number, number][] = [
    [105.82, 32.43],
    [105.9, 32.43],
    [105.9, 32.5],
  ];
  expect(cornersOf(cornersText(polygon))).toEqual({ polygon });
  expect(cornersOf('105.82，32.43\n\n 105.9 32.43 \n105.9,32.5\n')).toEqual({ polygon });
});

test.each([
  ['105.82, 32.43\neast', 2],
  ['105.82', 1],
  ['105.82, 32.43, 12', 1],
  ['105.82, 32.43\n\n105.9;32.5', 3],
])('%j names the line that is none', (text, line) => {
  expect(cornersOf(text)).toEqual({ line });
});
