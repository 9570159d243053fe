import { expect, it } from 'vitest';
import { riverGauge } from '../../../contracts/layers/river-gauge.ts';
import { emergencyCall } from '../../../contracts/layers/emergency-call.ts';
import { csvColumns, toCsv, withoutColumns } from './export.ts';

const feature = (id: string, name: string) => ({
  id,
  geometry: { type: 'Point', coordinates: [105.8, 32.4] },
  properties: {
    ...{ name, river: '嘉陵江, 上游', levelM: -1.5, trend: 'rising', flowM3S: null },
    ...{ validAt: 0, regionCode: '510802', quality: 'good', source: 'river-gauge', synthetic: true },
  },
});
const csv = toCsv(
  { type: 'FeatureCollection', features: [feature('a', '昭化"站"'), feature('b', '=HYPERLINK("x")')] },
  { layer: riverGauge, columns: ['river', 'levelM', 'trend', 'flowM3S'], locale: 'zh' },
);
const [head = '', first = '', second = ''] = csv.split('\r\n');

it('says name and unit of each column, and is taken for UTF-8', () => {
  expect(csv.charCodeAt(0)).toBe(0xfeff);
  expect(head).toContain('编号,名称,河流,水位 (m),水势,流量 (m³/s),经度,纬度,数据时间');
});
it('quotes what must be quoted, keeps numbers, leaves unknown empty', () =>
  expect(first).toBe(
    'a,"昭化""站""","嘉陵江, 上游",-1.5,涨,,105.8,32.4,1970-01-01T00:00:00.000Z,510802,good,river-gauge,true',
  ));
it('hands no formula to a spreadsheet', () => expect(second).toContain(`"'=HYPERLINK(""x"")"`));

it('leaves out what must not leave, the place on the map too', () => {
  const call = {
    id: 'c',
    geometry: { type: 'Point', coordinates: [105.8, 32.4] },
    properties: { title: '电梯困人', status: 'ringing', address: '利州' },
  };
  const columns = ['status', 'address'];
  expect(csvColumns(emergencyCall, columns)).toEqual(['title', 'status', 'address', 'position']);
  const withheld = ['title', 'address', 'position'];
  const kept = withoutColumns({ type: 'FeatureCollection', features: [call] }, emergencyCall, withheld);
  expect(kept.features).toEqual([{ ...call, geometry: null, properties: { status: 'ringing' } }]);
  const text = toCsv(kept, { layer: emergencyCall, columns, locale: 'zh', withheld });
  expect(text.split('\r\n')[0]).toContain('编号,状态,经度');
  expect(text).not.toMatch(/电梯困人|利州|105\.8/);
});
