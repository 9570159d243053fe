import { expect, it } from 'vitest';
import { riverGauge } from '../../contracts/layers/river-gauge.ts';
import { warning } from '../../contracts/layers/warning.ts';
import { LayerTable } from '../../contracts/table.ts';
import { nearRows } from './near-rows.ts';

const head = {
  validAt: 0,
  issuedAt: null,
  regionCode: '510802',
  quality: 'good' as const,
  source: 'test',
  synthetic: true,
};

it('lists what lies within the ring, nearest first', () => {
  const table = new LayerTable(riverGauge);
  const put = (key: string, lon: number): void => {
    table.put({ ...head, key, values: { position: [lon, 32.4], name: key } as never });
  };
  put('far', 106);
  put('next', 105.82);
  put('nearest', 105.805);
  const rows = nearRows(table, [105.8, 32.4], 3000);
  expect(rows.map(({ key }) => key)).toEqual(['nearest', 'next']);
  expect(rows[0]?.metres).toBeCloseTo(470, -1);
});

it('is at no distance inside an area', () => {
  const table = new LayerTable(warning);
  const area = {
    type: 'Polygon',
    coordinates: [
      [
        [105, 32],
        [106, 32],
        [106, 33],
        [105, 33],
        [105, 32],
      ],
    ],
  };
  table.put({ ...head, key: 'w', values: { area, title: 'w' } as never });
  expect(nearRows(table, [105.5, 32.5], 1000)).toMatchObject([{ key: 'w', metres: 0 }]);
  expect(nearRows(table, [104, 32.5], 1000)).toEqual([]);
});
