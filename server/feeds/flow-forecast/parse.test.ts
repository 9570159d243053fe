import { describe, expect, it } from 'vitest';
import { flowForecast } from '../../../contracts/layers/flow-forecast.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseFlowForecasts } from './parse.ts';

const one = {
  stcd: 'r-1',
  name: '坝',
  kind: 'inflow',
  lon: 105.6,
  lat: 32.5,
  issuedAt: '2026-07-16T20:00:00+08:00',
  points: [
    { time: '2026-07-16T20:00:00+08:00', q: 900 },
    { time: '2026-07-17T00:00:00+08:00', q: 1600.5 },
    { time: '2026-07-17T02:00:00+08:00', q: 1200 },
  ],
};

function read(items: unknown[]) {
  const sink = createCollectingSink();
  parseFlowForecasts(new TextEncoder().encode(JSON.stringify({ synthetic: true, items })), sink);
  return sink;
}

describe('parseFlowForecasts', () => {
  it('keeps the course with its highest point, as of when it was made', () => {
    const [row] = read([one]).rowsOf(flowForecast);
    const issuedAt = Date.parse(one.issuedAt);
    expect(row).toMatchObject({ id: 'r-1', validAt: issuedAt, issuedAt, synthetic: true });
    expect(row?.values).toMatchObject({
      maxM3S: 1600.5,
      maxAt: issuedAt + 4 * 3_600_000,
      untilAt: issuedAt + 6 * 3_600_000,
      points: [`${issuedAt} 900`, `${issuedAt + 4 * 3_600_000} 1600.5`, `${issuedAt + 6 * 3_600_000} 1200`],
    });
  });

  it.each([
    ['a moment that cannot be read', { points: [{ time: 'soon', q: 1 }] }, 'record/time'],
    ['moments that do not rise', { points: [...one.points].reverse() }, 'record/shape'],
    ['no points', { points: [] }, 'record/shape'],
  ])('rejects %s', (_, wrong, code) => {
    const sink = read([{ ...one, ...wrong }, one]);
    expect(sink.rejects.map((reject) => reject.code)).toEqual([code]);
    expect(sink.rows).toHaveLength(1);
  });
});
