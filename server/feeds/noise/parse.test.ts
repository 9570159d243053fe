import { describe, expect, it } from 'vitest';
import { noiseStation } from '../../../contracts/layers/noise-station.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseNoise } from './parse.ts';

const station = {
  id: 'n1',
  name: '站',
  zone: '4a',
  lon: 105.8,
  lat: 32.4,
  time: '2026-07-16T14:30:00+08:00',
  leqDbA: 60.1,
};

function read(body: unknown) {
  const sink = createCollectingSink();
  parseNoise(new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)), sink);
  return sink;
}

describe('parseNoise', () => {
  it('maps a station', () => {
    const sink = read({ synthetic: true, items: [station] });
    expect(sink.rowsOf(noiseStation)).toEqual([
      {
        id: 'n1',
        validAt: Date.UTC(2026, 6, 16, 6, 30),
        synthetic: true,
        values: { position: [105.8, 32.4], name: '站', zone: '4a', leqDbA: 60.1, l10DbA: null, l90DbA: null },
      },
    ]);
  });

  it.each([
    ['no JSON', '{"items":', 'record/parse'],
    ['no list', { stations: [] }, 'record/shape'],
    ['renamed field', { items: [{ ...station, lon: undefined, lng: 105 }] }, 'record/shape'],
    ['unknown zone', { items: [{ ...station, zone: '9' }] }, 'record/enum'],
    ['time without offset', { items: [{ ...station, time: '2026-07-16 14:30:00' }] }, 'record/time'],
  ])('%s is rejected', (_, body, code) => {
    const sink = read(body);
    expect(sink.rejects.map((reject) => reject.code)).toEqual([code]);
    expect(sink.rows).toEqual([]);
  });

  it('keeps the good items of a batch with a bad one', () => {
    const sink = read({ items: [null, { ...station, id: 5 }, station] });
    expect(sink.rows).toHaveLength(1);
    expect(sink.rejects).toHaveLength(2);
  });
});
