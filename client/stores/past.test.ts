import { describe, expect, it } from 'vitest';
import { parseMarks, parsePast } from './past.ts';
import { session } from './session.ts';

describe('what there is of the past', () => {
  it('is summed up over the layers, bin by bin', () => {
    const body = {
      ...{ from: 100, to: 900, range: [0, 1000], binMs: 250 },
      ...{
        density: { a: [0, 1, 2, 0], b: [5, 1, 0, 0] },
        gaps: [
          [200, 300],
          ['x', 1],
        ],
      },
    };
    expect(parsePast(body)).toEqual({
      ...{ kept: [100, 900], from: 0, binMs: 250, density: [5, 2, 2, 0] },
      gaps: [[200, 300]],
    });
  });
  it('is nothing where nothing is kept, and no answer is an error', () => {
    const body = { from: null, to: null, density: {}, range: [0, 1000], binMs: 250, gaps: [] };
    expect(parsePast(body).kept).toBeNull();
    expect(() => parsePast({ message: 'no' })).toThrow(/has no range/);
  });
  it('has marks with a level only where it is one', () => {
    const one = { at: 5, layer: 'warning', key: 'w', severity: 'red', title: '暴雨' };
    const other = { ...one, layer: 'earthquake', severity: null };
    expect(parseMarks({ marks: [one, other, { key: 'no time' }] })).toEqual([
      { at: 5, layer: 'warning', key: 'w', level: 'red', text: '暴雨' },
      { at: 5, layer: 'earthquake', key: 'w', level: null, text: '暴雨' },
    ]);
  });
  it('tells a mark in the language of the page where it has both', () => {
    const body = {
      marks: [{ at: 5, layer: 'alert', key: 'a', severity: null, title: '超警', titleEn: 'High' }],
    };
    expect(parseMarks(body)[0]?.text).toBe('超警');
    session.locale = 'en';
    expect(parseMarks(body)[0]?.text).toBe('High');
    session.locale = 'zh';
  });
});
