import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilTime, parseCompactTime, parseIsoTime } from './times.ts';
import { clip, compass, severityOfLevel, yesNo } from './values.ts';

describe('parseIsoTime', () => {
  it.each([
    ['2026-07-16T14:30:00+08:00', Date.UTC(2026, 6, 16, 6, 30)],
    ['2026-07-16T06:30:00Z', Date.UTC(2026, 6, 16, 6, 30)],
    ['2026-07-16T06:30:00.1239z', Date.UTC(2026, 6, 16, 6, 30, 0, 123)],
    ['2026-07-16 06:30+0000', Date.UTC(2026, 6, 16, 6, 30)],
    ['2026-07-15T20:30:00-10', Date.UTC(2026, 6, 16, 6, 30)],
    ['2026-07-16T24:00:00Z', Date.UTC(2026, 6, 17)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
  ])('%s', (text, expected) => expect(parseIsoTime(text)).toBe(expected));

  it.each([
    '2026-07-16T14:30:00',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-07-16T24:01:00Z',
    '',
    'now',
  ])('%s is no moment', (text) => expect(parseIsoTime(text)).toBeNaN());

  it('agrees with the platform on what both read', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }), (date) => {
        expect(parseIsoTime(date.toISOString())).toBe(date.getTime());
      }),
      { seed: 1 },
    );
  });
});

describe('parseCompactTime', () => {
  it.each([
    ['20160801085857223', Date.UTC(2016, 7, 1, 0, 58, 57, 223)],
    ['20160801085857', Date.UTC(2016, 7, 1, 0, 58, 57)],
    ['201608010858', Date.UTC(2016, 7, 1, 0, 58)],
    ['20160801', Date.UTC(2016, 6, 31, 16)],
    ['20160231000000', NaN],
    ['2016080108', NaN],
    ['2016-08-01', NaN],
  ])('%s', (text, expected) => expect(parseCompactTime(text, 480)).toBe(expected));

  it('reads leap seconds as the second before', () => {
    expect(civilTime([2016, 12, 31, 23, 59, 60])).toBe(Date.UTC(2016, 11, 31, 23, 59, 59));
  });
});

describe('values', () => {
  it('clips without tearing a pair', () => {
    expect(clip('abcdef', 6)).toBe('abcdef');
    expect(clip('abcdefg', 6)).toBe('abcde…');
    expect(clip('abcd😀efg', 6)).toBe('abcd…');
    expect(clip(undefined, 6)).toBeNull();
  });

  it('turns degrees, levels and booleans', () => {
    expect([0, 359.4, 359.6, 360, -90, 725].map(compass)).toEqual([0, 359, 0, 0, 270, 5]);
    expect([1, 4, 0, 5, null, undefined].map(severityOfLevel)).toEqual([
      'red',
      'blue',
      null,
      null,
      null,
      null,
    ]);
    expect([true, false, null, undefined].map(yesNo)).toEqual(['yes', 'no', null, null]);
  });
});
