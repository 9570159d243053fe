import { expect, test } from 'vitest';
import { earthquake } from '../../../contracts/layers/earthquake.ts';
import { noiseStation } from '../../../contracts/layers/noise-station.ts';
import { riverGauge } from '../../../contracts/layers/river-gauge.ts';
import { vesselPosition } from '../../../contracts/layers/vessel-position.ts';
import type { Row } from '../../../contracts/layer.ts';
import { drawnColumns, HOUR_MS, stepFor, trendModel } from './trend.ts';

const row: Row = {
  key: 'g1',
  validAt: 1000,
  issuedAt: null,
  regionCode: '',
  quality: 'good',
  source: 's',
  synthetic: true,
  values: { levelM: 455, warningM: 463, guaranteeM: null },
};

test('what moves or reports by events has no trend', () => {
  expect(drawnColumns(vesselPosition)).toEqual([]);
  expect(drawnColumns(earthquake)).toEqual([]);
});

test('limits are not drawn as values of their own', () => {
  expect(drawnColumns(riverGauge).map(([name]) => name)).toEqual(['levelM', 'flowM3S']);
});

test('points are never denser than reports and never more than a chart shows', () => {
  expect(stepFor(riverGauge, 1)).toBe(300);
  expect((24 * 3600) / stepFor(noiseStation, 24)).toBeLessThanOrEqual(400);
});

test('a level brings the limits its row knows, with their values in words', () => {
  const series = {
    columns: new Map(),
    isLoaded: true,
    series: [
      {
        key: 'g1',
        points: [
          [5, 455.1],
          [9, null],
        ] as const,
        gaps: [[6, 8]] as const,
      },
    ],
  };
  const model = trendModel({
    layer: riverGauge,
    column: 'levelM',
    objects: [{ row, name: '丙站' }],
    series,
    from: 0,
    to: 10,
    locale: 'zh',
  });
  expect(model?.title).toBe('丙站 水位');
  expect(model?.limits).toEqual([
    { value: 463, word: '警戒 463.00', severity: 'yellow', side: 'above' },
    { value: 462.5, word: '', severity: 'blue', side: 'above' },
  ]);
  expect(model?.lines[0]?.points).toEqual([
    { at: 5, value: 455.1 },
    { at: 9, value: null },
  ]);
  expect(model?.gaps).toEqual([[6, 8]]);
});

test('a text has no trend', () => {
  const series = { columns: new Map(), isLoaded: true, series: [] };
  expect(
    trendModel({
      layer: riverGauge,
      column: 'name',
      objects: [{ row, name: '' }],
      series,
      from: 0,
      to: 1,
      locale: 'en',
    }),
  ).toBeNull();
});

test('several objects are lines under their names, each with its own gap and without limits', () => {
  const points = [
    [5, 455],
    [9, 456],
  ] as const;
  const series = {
    columns: new Map(),
    isLoaded: true,
    series: [
      { key: 'g2', points, gaps: [] },
      { key: 'g1', points, gaps: [[6, 8]] as const },
    ],
  };
  const objects = [
    { row, name: '丙站' },
    { row: { ...row, key: 'g2' }, name: '丁站' },
  ];
  const model = trendModel({
    layer: riverGauge,
    column: 'levelM',
    objects,
    series,
    from: 0,
    to: 10,
    locale: 'zh',
  });
  expect(model?.title).toBe('水位');
  expect(model?.limits).toEqual([]);
  expect(model?.lines.map(({ key, name }) => [key, name])).toEqual([
    ['g1', '丙站'],
    ['g2', '丁站'],
  ]);
  expect(model?.lines.map(({ points: drawn }) => drawn.map(({ value }) => value))).toEqual([
    [455, null, 456],
    [455, 456],
  ]);
});

test('a level goes on as a model worked it out, option by option, with room after the crest; a flow does not', () => {
  const series = { columns: new Map(), isLoaded: true, series: [{ key: 'g1', points: [], gaps: [] }] };
  const source = {
    ...{
      layer: riverGauge,
      objects: [{ row, name: '丙站' }],
      series,
      from: 0,
      to: 10,
      locale: 'zh' as const,
    },
    ahead: [
      {
        ...{ option: 'a', name: { zh: '甲 错峰拦洪', en: 'Scheme A' }, unit: 'm' },
        points: [
          [10, 460],
          [HOUR_MS, 463.2],
        ] as const,
        peak: [HOUR_MS, 463.2] as const,
      },
    ],
  };
  const model = trendModel({ ...source, column: 'levelM' });
  expect(model?.to).toBe(4 * HOUR_MS);
  expect(model?.lines.map(({ kind, name, dash }) => [kind, name, dash])).toEqual([
    ['observed', '水位', undefined],
    ['forecast', '甲', 'dash'],
  ]);
  expect(model?.lines[1]?.peak).toEqual({ at: HOUR_MS, value: 463.2 });
  expect(trendModel({ ...source, column: 'flowM3S' })?.lines).toHaveLength(1);
});
