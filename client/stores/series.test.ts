import { expect, test } from 'vitest';
import { parseSeries, runsOf } from './series.ts';

test('an answer is taken as it is, empty values included', () => {
  const series = parseSeries({
    isLoaded: false,
    columns: { levelM: { unit: 'm', title: { zh: '水位', en: 'Level' } } },
    series: [
      {
        key: 'a',
        points: [
          [100, 1.5],
          [200, null],
          [300, 2],
        ],
        gaps: [[210, 290]],
      },
    ],
  });
  expect(series.isLoaded).toBe(false);
  expect(series.columns.get('levelM')).toEqual({ unit: 'm', title: { zh: '水位', en: 'Level' } });
  expect(series.series[0]?.points).toEqual([
    [100, 1.5],
    [200, null],
    [300, 2],
  ]);
  expect(series.series[0]?.gaps).toEqual([[210, 290]]);
});

test.each([[null], [{}], [{ series: 'x' }], [[]]])('%j is refused in words', (body) => {
  expect(() => parseSeries(body)).toThrow(/no list of series/);
});

test('what does not fit inside a series is left out, the rest stays', () => {
  const { series } = parseSeries({
    columns: { x: null },
    series: [{ key: 1, points: [['a', 1], [5, 'b'], 7, [9, 3]], gaps: [[5, 5], ['x'], [1, 2]] }, 'junk'],
  });
  expect(series).toEqual([
    {
      key: '1',
      points: [
        [5, null],
        [9, 3],
      ],
      gaps: [[1, 2]],
    },
  ]);
});

const times = (points: [number, number | null][], gaps: [number, number][] = []): number[][] =>
  runsOf({ key: 'a', points, gaps }).map((run) => run.map(({ at }) => at));

test('a day is cut where nothing was heard and at steps without a value', () => {
  const points: [number, number][] = [
    [10, 1],
    [20, 2],
    [50, 3],
  ];
  expect(times(points, [[25, 45]])).toEqual([[10, 20], [50]]);
  expect(times(points)).toEqual([[10, 20, 50]]);
  expect(
    times([
      [10, 1],
      [20, null],
      [30, 2],
    ]),
  ).toEqual([[10], [30]]);
  expect(runsOf(undefined)).toEqual([]);
});
