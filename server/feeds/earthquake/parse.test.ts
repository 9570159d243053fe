import { describe, expect, it } from 'vitest';
import { earthquake } from '../../../contracts/layers/earthquake.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseEarthquakes } from './parse.ts';

const good = {
  id: 'q1',
  revision: 2,
  originTime: '2026-07-16T14:30:00+08:00',
  lon: 105.2,
  lat: 32.5,
  depthKm: 12,
  mag: 5.8,
  magType: 'Ms',
  place: '青川',
  status: 'corrected',
  issuedAt: '2026-07-16T14:40:00+08:00',
};

function read(body: unknown) {
  const sink = createCollectingSink();
  parseEarthquakes(Buffer.from(typeof body === 'string' ? body : JSON.stringify({ events: [body] })), sink);
  return sink;
}

describe('parseEarthquakes', () => {
  it('maps a report', () => {
    expect(read(good).rowsOf(earthquake)).toEqual([
      {
        id: 'q1',
        validAt: Date.UTC(2026, 6, 16, 6, 30),
        revision: 2,
        synthetic: undefined,
        values: {
          position: [105.2, 32.5],
          title: '青川',
          magnitude: 5.8,
          magnitudeType: 'Ms',
          depthKm: 12,
          status: 'corrected',
        },
      },
    ]);
  });

  it.each([
    ['no JSON', '{', 'record/parse'],
    ['no latitude', { ...good, lat: undefined }, 'record/shape'],
    ['bad time', { ...good, originTime: '2026-07-16' }, 'record/time'],
    ['unknown status', { ...good, status: 'rumour' }, 'record/enum'],
    ['no magnitude', { ...good, mag: null }, 'record/shape'],
  ])('%s is rejected', (_, body, code) => {
    const sink = read(body);
    expect(sink.rejects.map((reject) => reject.code)).toEqual([code]);
    expect(sink.rows).toEqual([]);
  });

  it('tells a body without events from a bad event', () => {
    const sink = createCollectingSink();
    expect(parseEarthquakes(Buffer.from('{}'), sink)).toBe(false);
    expect(parseEarthquakes(Buffer.from('{"events":[{}]}'), sink)).toBe(true);
    expect(sink.rejects).toHaveLength(2);
  });
});
