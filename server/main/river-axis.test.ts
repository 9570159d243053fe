import { describe, expect, it } from 'vitest';
import { loadCity } from '../../cities/load.ts';
import { riverAxis } from './river-axis.ts';

describe('the river axis', () => {
  const city = loadCity('guangyuan');
  it('places gauges and dams down the river: by their chainage, or between neighbours that have one', () => {
    const axis = riverAxis(city);
    const km = new Map(axis?.points.map((point) => [point.name, point.km]));
    expect(km.get('昭化')).toBe(100);
    expect(km.get('新店子')).toBeGreaterThan(25);
    expect(km.get('新店子')).toBeLessThan(63);
    expect(axis?.points.map((point) => point.km)).toEqual([...km.values()].sort((a, b) => a - b));
    expect(axis?.points.every((point) => point.km >= 0 && point.km <= (axis?.lengthKm ?? 0))).toBe(true);
  });
  it('has only what stands on that river', () => {
    expect(riverAxis(city)?.points.map(({ name }) => name)).not.toContain('宝珠寺水库');
  });
  it('is none where the city names no river', () => {
    expect(riverAxis({ ...city, profile: { ...city.profile, riverAxis: undefined } })).toBeNull();
  });
});
