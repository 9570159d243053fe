import { describe, expect, it } from 'vitest';
import { rainGauge } from '../../../contracts/layers/rain-gauge.ts';
import { LayerTable } from '../../../contracts/table.ts';
import { highestOf } from './highest.ts';

const NOW = Date.UTC(2026, 6, 15);
function gauges(rows: readonly (readonly [name: string, rain: number | null, ageS: number])[]): LayerTable {
  const table = new LayerTable(rainGauge);
  for (const [name, rain1hMm, ageS] of rows) {
    table.put({
      key: name,
      validAt: NOW - ageS * 1000,
      regionCode: '',
      quality: 'good',
      source: 'rain',
      synthetic: true,
      values: {
        position: null,
        name,
        tipsMm: null,
        rain1hMm,
        rain3hMm: null,
        rain24hMm: null,
        batteryV: null,
      },
    });
  }
  return table;
}
const table = gauges([
  ['甲雨量站', 3, 0],
  ['乙雨量站', 12.5, 0],
  ['丙雨量站', null, 0],
  ['丁雨量站', 80, 86_400],
]);
const base = { table, column: 'rain1hMm', rising: false, most: 5, now: NOW, locale: 'zh' as const };

describe('the highest rows', () => {
  it('leave out rows without a value and those that are stale', () => {
    const { rows, usable, newestAt } = highestOf(base);
    expect(rows.map(({ name, text, unit }) => [name, text, unit])).toEqual([
      ['乙', '12.5', 'mm'],
      ['甲', '3.0', 'mm'],
    ]);
    expect([usable, newestAt]).toEqual([2, NOW]);
    expect(rows[1]?.share).toBeCloseTo(0.24);
    expect(highestOf({ ...base, full: 25 }).rows[0]?.share).toBeCloseTo(0.5);
  });
  it('are the lowest on request, and at most as many as asked for', () => {
    expect(highestOf({ ...base, rising: true, most: 1 }).rows.map(({ key }) => key)).toEqual(['甲雨量站']);
  });
  it.each(['name', 'nothing'])('are none for the column %s', (column) => {
    expect(highestOf({ ...base, column }).rows).toEqual([]);
  });
});
