import { describe, expect, it, test } from 'vitest';
import { riverGauge } from '../../../contracts/layers/river-gauge.ts';
import { LayerTable } from '../../../contracts/table.ts';
import { filterSlots, liveSlots, listColumns, sortSlots } from './list.ts';

const table = new LayerTable(riverGauge);
const put = (
  key: string,
  name: string,
  more: { levelM?: number; trend?: 'rising' | 'falling' | 'steady' },
): void => {
  table.put({
    key,
    ...{
      validAt: Number(key) * 1000,
      issuedAt: null,
      regionCode: '',
      quality: 'good',
      source: 's',
      synthetic: true,
    },
    values: { name, river: '嘉陵江', levelM: null, trend: null, ...more },
  });
};
put('1', '昭化', { levelM: 456.9, trend: 'steady' });
put('2', '宝珠寺', { levelM: 581.28, trend: 'rising' });
put('3', '站10', {});
put('4', '站9', { levelM: 99.5, trend: 'falling' });
const slots = liveSlots(table);
const keys = (list: readonly number[]): string[] => list.map((slot) => table.keyAt(slot));
const sorted = (by: string, descending = false): string[] =>
  keys(sortSlots(table, slots, { sort: { by, descending }, locale: 'zh' }));

describe('a list', () => {
  test.each([
    ['levelM', false, ['4', '1', '2', '3']],
    ['levelM', true, ['2', '1', '4', '3']],
    ['trend', false, ['4', '2', '1', '3']],
    ['age', true, ['4', '3', '2', '1']],
  ] as const)('by %s, descending %s, keeps what has no value last', (by, descending, order) =>
    expect(sorted(by, descending)).toEqual(order),
  );
  it('sorts names by reading and their numbers as numbers', () =>
    expect(sorted('name')).toEqual(['2', '4', '3', '1']));
  test.each([
    ['宝珠', ['2']],
    ['嘉陵', ['1', '2', '3', '4']],
    ['涨', ['2']],
    ['  ', ['1', '2', '3', '4']],
    ['没有', []],
  ])('finds %s', (text, found) =>
    expect(keys(filterSlots(table as never, slots, { text, locale: 'zh' }))).toEqual(found),
  );
  it('shows no shapes and no places', () =>
    expect(listColumns(riverGauge as never).map(([name]) => name)).not.toContain('position'));
});
