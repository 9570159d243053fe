import { expect, it } from 'vitest';
import { mode } from '../../contracts/layers/mode.ts';
import { LayerTable } from '../../contracts/table.ts';
import { crisisIn } from './mode.ts';

type Values = Parameters<LayerTable<(typeof mode)['columns']>['put']>[0]['values'];

function tableOf(rows: Readonly<Record<string, Partial<Values>>>): LayerTable<(typeof mode)['columns']> {
  const table = new LayerTable(mode);
  const blank = Object.fromEntries(
    Object.keys(mode.columns).map((name) => [name, null]),
  ) as unknown as Values;
  for (const [key, values] of Object.entries(rows))
    table.put({
      ...{ key, validAt: 1, regionCode: key, quality: 'good', source: 's', synthetic: true },
      values: { ...blank, mode: 'crisis', ...values },
    });
  return table;
}

it('is nowhere while peace holds', () => {
  expect(crisisIn(tableOf({ '510822': { mode: 'peace' } }))).toBeNull();
});

it('has the name of the gravest, of equals of the widest area, and the time of the first', () => {
  const found = crisisIn(
    tableOf({
      '510822': { title: '青川暴雨', responseLevel: 'IV', responses: ['flood IV'], sinceAt: 1000 },
      '510800': {
        title: '嘉陵江洪水',
        responseLevel: 'III',
        responses: ['flood III', 'geo-hazard III'],
        sinceAt: 2000,
      },
    }),
  );
  expect(found).toMatchObject({
    titles: ['嘉陵江洪水', '青川暴雨'],
    responses: ['flood III', 'geo-hazard III'],
    responseLevel: 'III',
    sinceAt: 1000,
  });
  const equal = {
    '510822': { title: '县', responseLevel: 'III' },
    '510800': { title: '市', responseLevel: 'III' },
  } as const;
  expect(crisisIn(tableOf(equal))?.titles).toEqual(['市', '县']);
});
