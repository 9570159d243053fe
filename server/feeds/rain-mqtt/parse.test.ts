import { describe, expect, it } from 'vitest';
import { rainGauge } from '../../../contracts/layers/rain-gauge.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseRain } from './parse.ts';

const good = {
  stationId: 'r1',
  name: '站',
  time: '2026-07-16T14:30:00+08:00',
  lon: 105.8,
  lat: 32.4,
  tipsMm: 0.2,
  rain1hMm: 3,
};

function read(body: unknown) {
  const sink = createCollectingSink();
  parseRain(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), sink);
  return sink;
}

describe('parseRain', () => {
  it('maps a report', () => {
    expect(read(good).rowsOf(rainGauge)).toEqual([
      {
        id: 'r1',
        validAt: Date.UTC(2026, 6, 16, 6, 30),
        synthetic: undefined,
        values: {
          position: [105.8, 32.4],
          name: '站',
          tipsMm: 0.2,
          rain1hMm: 3,
          rain3hMm: null,
          rain24hMm: null,
          antecedentMm: null,
          batteryV: null,
        },
      },
    ]);
  });

  it.each([
    ['no JSON', '{', 'record/parse'],
    ['no latitude', { ...good, lat: undefined }, 'record/shape'],
    ['time without offset', { ...good, time: '2026-07-16T14:30:00' }, 'record/time'],
    ['text for a number', { ...good, tipsMm: '0.2' }, 'record/shape'],
  ])('%s is rejected', (_, body, code) => {
    const sink = read(body);
    expect(sink.rejects.map((reject) => reject.code)).toEqual([code]);
    expect(sink.rows).toEqual([]);
  });
});
