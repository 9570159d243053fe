import { expect, test } from 'vitest';
import { parseCoordinates } from './coordinates.ts';

const bounds = [104.6, 31.5, 106.8, 33] as const;
test.each([
  ['105.82,32.43', [105.82, 32.43]],
  ['32.43 105.82', [105.82, 32.43]],
  ['105.82°E， 32.43°N', [105.82, 32.43]],
  ['2,3', null],
  ['宝轮 3', null],
  ['105.82', null],
])('%s is %j', (text, place) => expect(parseCoordinates(text, bounds)).toEqual(place));
