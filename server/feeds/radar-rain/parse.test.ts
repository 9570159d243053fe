import { describe, expect, it } from 'vitest';
import { rainGrid } from '../../../contracts/layers/rain-grid.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseRadarRain } from './parse.ts';

function coverage(nx: number, ny: number, y: { start: number; stop: number }) {
  const values = Array.from({ length: nx * ny }, (_, index) => index);
  return {
    type: 'Coverage',
    domain: {
      type: 'Domain',
      domainType: 'Grid',
      axes: {
        x: { start: 105, stop: 105 + 0.01 * (nx - 1), num: nx },
        y: { ...y, num: ny },
        t: { values: ['2026-07-16T06:30:00Z'] },
      },
    },
    ranges: { rain: { type: 'NdArray', axisNames: ['t', 'y', 'x'], shape: [1, ny, nx], values } },
    issuedAt: '2026-07-16T06:24:00Z',
  };
}

function read(body: unknown) {
  const sink = createCollectingSink();
  parseRadarRain(new TextEncoder().encode(JSON.stringify(body)), sink);
  return sink;
}

describe('parseRadarRain', () => {
  it('turns rows to run from north to south', () => {
    const [row] = read(coverage(2, 2, { start: 32, stop: 32.01 })).rowsOf(rainGrid);
    expect(row?.values.rainMmH).toEqual({ nx: 2, ny: 2, values: Float32Array.of(2, 3, 0, 1) });
    expect(row?.values.origin?.[1]).toBeCloseTo(32.015, 9);
    expect(row?.values.leadS).toBe(360);
  });

  it('keeps rows that already run from north to south', () => {
    const [row] = read(coverage(2, 2, { start: 32.01, stop: 32 })).rowsOf(rainGrid);
    expect(row?.values.rainMmH?.values).toEqual(Float32Array.of(0, 1, 2, 3));
    expect(row?.values.origin?.[1]).toBeCloseTo(32.015, 9);
  });

  it('cuts a large grid into blocks whose corners join', () => {
    const rows = read(coverage(130, 70, { start: 33, stop: 33 - 0.01 * 69 })).rowsOf(rainGrid);
    expect(rows.map((row) => row.id)).toEqual(['0/0/0', '0/0/1', '0/0/2', '0/1/0', '0/1/1', '0/1/2']);
    const last = rows[5]?.values;
    expect([last?.rainMmH?.nx, last?.rainMmH?.ny]).toEqual([2, 6]);
    expect(last?.rainMmH?.values[0]).toBe(64 * 130 + 128);
    expect(last?.origin?.[0]).toBeCloseTo(105 + 128 * 0.01 - 0.005, 9);
  });

  it.each([
    ['too few values', { values: [1] }],
    ['other axis order', { axisNames: ['x', 'y', 't'] }],
  ])('%s is rejected', (_, change) => {
    const body = coverage(2, 2, { start: 32, stop: 32.01 });
    const sink = read({ ...body, ranges: { rain: { ...body.ranges.rain, ...change } } });
    expect(sink.rejects[0]?.code).toBe('record/shape');
    expect(sink.rows).toEqual([]);
  });

  it('an axis of uneven values is rejected', () => {
    const body = coverage(3, 2, { start: 32, stop: 32.01 });
    const axes = { ...body.domain.axes, x: { values: [105, 105.01, 105.05] } };
    expect(read({ ...body, domain: { ...body.domain, axes } }).rejects).toHaveLength(1);
  });
});
