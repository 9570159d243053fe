import { describe, expect, it } from 'vitest';
import { weatherStation } from '../../../contracts/layers/weather-station.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseWeather } from './parse.ts';

const good = {
  stationId: 'w1',
  name: '站',
  time: '2026-07-16T06:30:00Z',
  lon: 105.8,
  lat: 32.4,
  tempC: -3.2,
  windDirDeg: 360,
  pressureHPa: 948.6,
};

function read(body: unknown) {
  const sink = createCollectingSink();
  parseWeather(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), sink);
  return sink;
}

describe('parseWeather', () => {
  it('maps a report', () => {
    expect(read(good).rowsOf(weatherStation)).toEqual([
      {
        id: 'w1',
        validAt: Date.UTC(2026, 6, 16, 6, 30),
        synthetic: undefined,
        values: {
          position: [105.8, 32.4],
          name: '站',
          elevationM: null,
          tempC: -3.2,
          humidityPct: null,
          windMs: null,
          windDirDeg: 360,
          gustMs: null,
          pressureHPa: 948.6,
          visibilityM: null,
          rain1hMm: null,
        },
      },
    ]);
  });

  it.each([
    ['no JSON', '{', 'record/parse'],
    ['no latitude', { ...good, lat: undefined }, 'record/shape'],
    ['time without offset', { ...good, time: '2026-07-16T14:30:00' }, 'record/time'],
    ['renamed id', { ...good, stationId: undefined, id: 'w1' }, 'record/shape'],
  ])('%s is rejected', (_, body, code) => {
    const sink = read(body);
    expect(sink.rejects.map((reject) => reject.code)).toEqual([code]);
    expect(sink.rows).toEqual([]);
  });
});
