import { describe, expect, it } from 'vitest';
import { reservoir } from '../../../contracts/layers/reservoir.ts';
import { riverGauge } from '../../../contracts/layers/river-gauge.ts';
import { LayerTable } from '../../../contracts/table.ts';
import { marginOf } from '../../stores/water-level.ts';
import { LIMIT_SHARE, shareOf, waterRows } from './water.ts';

const NOW = Date.UTC(2026, 6, 15);
const head = { validAt: NOW, regionCode: '', quality: 'good', source: 'feed', synthetic: false } as const;

function reservoirs(
  rows: readonly (readonly [name: string, levelM: number, floodLimitM: number | null, storage: number])[],
) {
  const table = new LayerTable(reservoir);
  const none = { position: null, inflowM3S: null, outflowM3S: null, gatesOpen: null, gates: null };
  for (const [name, levelM, floodLimitM, storage1e6M3] of rows) {
    table.put({
      ...head,
      key: name,
      values: { ...none, name, levelM, floodLimitM, storage1e6M3, normalM: 600 },
    });
  }
  return table;
}

function gauge(levelM: number) {
  const table = new LayerTable(riverGauge);
  const none = { position: null, river: null, flowM3S: null, trend: null };
  table.put({ ...head, key: 'g', values: { ...none, name: '站', levelM, warningM: 463, guaranteeM: 465.5 } });
  return table;
}

const base = { reservoirs: null, gauges: null, watched: [], now: NOW, feeds: () => null };

describe('margins', () => {
  it('are whole centimetres', () => {
    expect(marginOf(581.2, 583)).toBe(1.8);
    expect(marginOf(447.4, 447)).toBe(-0.4);
  });
  it('stand on one scale, the limit at the same place', () => {
    expect(shareOf(583, 583)).toBeCloseTo(LIMIT_SHARE);
    expect(shareOf(583, 583) - shareOf(582, 583)).toBeCloseTo(shareOf(463, 463) - shareOf(462, 463));
    expect(shareOf(300, 583)).toBe(0);
    expect(shareOf(900, 583)).toBe(1);
  });
});

describe('water rows', () => {
  it('stand in the order of the city, and say when a watched one is missing', () => {
    const rows = waterRows({
      ...base,
      reservoirs: reservoirs([['甲水库', 581.2, 583, 1]]),
      gauges: gauge(455.42),
      watched: ['站', '乙水库', '甲水库'],
    });
    expect(rows.map(({ name, state }) => [name, state])).toEqual([
      ['站', 'live'],
      ['乙', 'off'],
      ['甲', 'live'],
    ]);
    expect(rows[0]).toMatchObject({ level: '455.42', marginM: 7.58, limit: 'warning', severity: null });
    expect(rows[1]).toMatchObject({ level: null, marginM: null });
  });
  it('are the largest with a flood limit where the city names none', () => {
    const all = reservoirs([
      ['小', 1, 2, 5],
      ['无限', 1, null, 9000],
      ['大', 1, 2, 500],
      ['中', 1, 2, 50],
    ]);
    expect(waterRows({ ...base, reservoirs: all }).map(({ name }) => name)).toEqual(['大', '中']);
  });
  it.each([
    [462, 'warning', null],
    [462.7, 'warning', 'blue'],
    [464, 'warning', 'yellow'],
    [466, 'guarantee', 'orange'],
  ])('a gauge at %d m is measured against its %s level: %s', (level, limit, severity) => {
    expect(waterRows({ ...base, gauges: gauge(level) })).toMatchObject([{ limit, severity }]);
  });
  it.each([
    [583.4, 'blue'],
    [583.8, 'yellow'],
    [584.2, 'orange'],
  ])('a reservoir at %d m, 583 m being its flood limit, is as the map says: %s', (level, severity) => {
    const rows = waterRows({ ...base, reservoirs: reservoirs([['甲', level, 583, 1]]) });
    expect(rows).toMatchObject([{ severity }]);
  });
  it('show no value while the feed is down, and no colour when stale', () => {
    const over = { ...base, gauges: gauge(466) };
    expect(waterRows({ ...over, feeds: () => 'down' })).toMatchObject([
      { level: null, severity: null, filled: null },
    ]);
    expect(waterRows({ ...over, now: NOW + 3_600_000 })).toMatchObject([{ level: '466.00', severity: null }]);
  });
});
