import { describe, expect, it } from 'vitest';
import { vesselPosition } from '../../../contracts/layers/vessel-position.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseVessel } from './parse.ts';

const good = {
  mmsi: '413987654',
  name: '嘉运',
  kind: 'ferry',
  time: '2026-07-16T14:30:00+08:00',
  lon: 105.8,
  lat: 32.4,
  speedKn: 10,
  courseDeg: 359.9,
  draughtM: 1.4,
  hazardousCargo: true,
  moored: true,
  sos: false,
  synthetic: true,
};

function read(body: unknown) {
  const sink = createCollectingSink();
  parseVessel(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), sink);
  return sink;
}

describe('parseVessel', () => {
  it('maps a report', () => {
    expect(read(good).rowsOf(vesselPosition)).toEqual([
      {
        id: '413987654',
        validAt: Date.UTC(2026, 6, 16, 6, 30),
        synthetic: true,
        values: {
          position: [105.8, 32.4],
          headingDeg: 0,
          speedKmh: 18.52,
          kind: 'ferry',
          name: '嘉运',
          mmsi: '413987654',
          draughtM: 1.4,
          hazardousCargo: 'yes',
          state: 'moored',
        },
      },
    ]);
  });

  it.each([
    ['no JSON', '{', 'record/parse'],
    ['no latitude', { ...good, lat: undefined }, 'record/shape'],
    ['time without offset', { ...good, time: '2026-07-16T14:30:00' }, 'record/time'],
    ['unknown kind', { ...good, kind: 'submarine' }, 'record/enum'],
    ['short MMSI', { ...good, mmsi: '41' }, 'record/shape'],
    ['course beyond the circle', { ...good, courseDeg: 511 }, 'record/range'],
  ])('%s is rejected', (_, body, code) => {
    const sink = read(body);
    expect(sink.rejects.map((reject) => reject.code)).toEqual([code]);
    expect(sink.rows).toEqual([]);
  });
});
