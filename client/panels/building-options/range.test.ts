import { describe, expect, it } from 'vitest';
import { rangeOf, typedOf } from './range.ts';

describe('typed range', () => {
  it.each([
    ['', '', undefined],
    ['abc', ' ', undefined],
    ['7', '', [7, 1e9]],
    ['', '1,200', [-1e9, 1200]],
    ['3', '9', [3, 9]],
    ['9', '3', [3, 9]],
  ])('%j to %j', (from, to, range) => expect(rangeOf({ from, to })).toEqual(range));

  it.each([
    ['', ''],
    ['7', ''],
    ['', '12'],
    ['0', '0'],
  ])('%j to %j is shown as it was typed', (from, to) =>
    expect(typedOf(rangeOf({ from, to }))).toEqual({ from, to }),
  );
});
