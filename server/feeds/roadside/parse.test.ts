import { describe, expect, it } from 'vitest';
import { roadsidePoint } from '../../../contracts/layers/roadside-point.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseRoadside } from './parse.ts';

const point = {
  id: 'p1',
  lon: 105.8,
  lat: 32.4,
  time: '2026-07-16T14:30:00+08:00',
  kind: 'weather',
  online: true,
  visibilityM: 90,
};

function read(...items: unknown[]) {
  const sink = createCollectingSink();
  parseRoadside(new TextEncoder().encode(JSON.stringify({ items, synthetic: true })), sink);
  return sink;
}

describe('parseRoadside', () => {
  it('maps a road-weather point', () => {
    const [row] = read(point).rowsOf(roadsidePoint);
    expect(row?.synthetic).toBe(true);
    expect(row?.values).toMatchObject({ kind: 'weather', online: 'yes', visibilityM: 90, roadState: null });
  });

  it('offline is a value, silence is none', () => {
    expect(read({ ...point, online: false }).rowsOf(roadsidePoint)[0]?.values.online).toBe('no');
    expect(read({ ...point, online: null }).rowsOf(roadsidePoint)[0]?.values.online).toBeNull();
  });

  it('an unknown kind is rejected, never "other"', () => {
    const sink = read({ ...point, kind: 'drone' }, point);
    expect(sink.rejects).toHaveLength(1);
    expect(sink.rows).toHaveLength(1);
  });
});
