import { describe, expect, it } from 'vitest';
import { slopeMonitor } from '../../../contracts/layers/slope-monitor.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseSlope } from './parse.ts';

const good = {
  pointId: 's1',
  name: '点',
  time: '2026-07-16T14:30:00+08:00',
  lon: 105.8,
  lat: 32.4,
  displacementMm: 12.4,
  rateMmH: -0.1,
  online: false,
};

function read(body: unknown) {
  const sink = createCollectingSink();
  parseSlope(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), sink);
  return sink;
}

describe('parseSlope', () => {
  it('maps a report', () => {
    expect(read(good).rowsOf(slopeMonitor)).toEqual([
      {
        id: 's1',
        validAt: Date.UTC(2026, 6, 16, 6, 30),
        synthetic: undefined,
        values: {
          position: [105.8, 32.4],
          name: '点',
          displacementMm: 12.4,
          rateMmH: -0.1,
          crackMm: null,
          tiltDeg: null,
          batteryPct: null,
          online: 'no',
        },
      },
    ]);
  });

  it.each([
    ['no JSON', '{', 'record/parse'],
    ['no latitude', { ...good, lat: undefined }, 'record/shape'],
    ['time without offset', { ...good, time: '2026-07-16T14:30:00' }, 'record/time'],
    ['online as a number', { ...good, online: 1 }, 'record/shape'],
  ])('%s is rejected', (_, body, code) => {
    const sink = read(body);
    expect(sink.rejects.map((reject) => reject.code)).toEqual([code]);
    expect(sink.rows).toEqual([]);
  });
});
