import { describe, expect, it } from 'vitest';
import { parseSeries } from './series.ts';

const times = (body: unknown): number[][] => parseSeries(body).map((run) => run.map(({ at }) => at));

describe('series', () => {
  it('is cut where nothing was heard', () => {
    const points = [
      [10, 1],
      [20, 2],
      [50, 3],
    ];
    expect(times({ points, gaps: [[25, 45]] })).toEqual([[10, 20], [50]]);
    expect(times({ points, gaps: [] })).toEqual([[10, 20, 50]]);
  });

  it('is cut at a step without a value', () => {
    expect(
      times({
        points: [
          [10, 1],
          [20, null],
          [30, 2],
        ],
      }),
    ).toEqual([[10], [30]]);
    expect(times({ points: [] })).toEqual([]);
  });

  it.each([[null], [{}], [{ points: [['x', 1]] }], [{ points: [5] }]])('refuses %j', (body) => {
    expect(() => parseSeries(body)).toThrow(/series/);
  });
});
