import { describe, expect, it } from 'vitest';
import { airStation } from '../../../contracts/layers/air-station.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseDatastreams } from './parse.ts';

interface Parts {
  factor?: string;
  symbol?: string;
  result?: unknown;
  at?: string;
  flag?: string;
}

function stream({
  factor = 'PM2.5',
  symbol = 'µg/m³',
  result = 30,
  at = '2026-07-16T06:00:00Z',
  flag = 'N',
}: Parts = {}) {
  return {
    '@iot.id': 1,
    unitOfMeasurement: { symbol },
    properties: { factor },
    Thing: {
      '@iot.id': 7,
      name: '站',
      Locations: [{ location: { type: 'Point', coordinates: [105.8, 32.4, 487] } }],
    },
    Observations: [{ phenomenonTime: at, result, parameters: { flag } }],
  };
}

function read(value: unknown[], more: object = {}) {
  const sink = createCollectingSink();
  const next = parseDatastreams(new TextEncoder().encode(JSON.stringify({ value, ...more })), sink);
  return { sink, next, rows: sink.rowsOf(airStation) };
}

describe('parseDatastreams', () => {
  it('joins the factors of one station and moment into one row', () => {
    const { rows } = read([stream(), stream({ factor: 'O3', result: 88 })]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      id: '7',
      values: { pm25Ugm3: 30, o3Ugm3: 88, position: [105.8, 32.4], flag: 'N' },
    });
  });

  it('puts a factor that lags before the newer ones', () => {
    const { rows } = read([stream(), stream({ factor: 'SO2', result: 9, at: '2026-07-16T05:00:00Z' })]);
    expect(rows.map((row) => row.values.so2Ugm3)).toEqual([9, undefined]);
  });

  it.each([
    ['CO', 'mg/m³', 0.6, { coMgm3: 0.6 }],
    ['CO', 'µg/m³', 600, { coMgm3: 0.6 }],
    ['NO2', 'mg/m3', 0.03, { no2Ugm3: 30 }],
    ['PM10', 'ug/m3', '41.5', { pm10Ugm3: 41.5 }],
  ])('%s in %s is converted to the unit of its column', (factor, symbol, result, values) => {
    expect(read([stream({ factor, symbol, result })]).rows[0]?.values).toMatchObject(values);
  });

  it('a device flag makes the row suspect', () => {
    expect(read([stream({ flag: 'C' }), stream({ factor: 'O3' })]).rows[0]).toMatchObject({
      quality: 'suspect',
      values: { flag: 'C' },
    });
  });

  it('takes the end of an interval', () => {
    const { rows } = read([stream({ at: '2026-07-16T05:00:00Z/2026-07-16T06:00:00Z' })]);
    expect(rows[0]?.validAt).toBe(Date.UTC(2026, 6, 16, 6));
  });

  it('says where the next page is', () => {
    expect(read([], { '@iot.nextLink': '/x?$skip=1' }).next).toBe('/x?$skip=1');
    expect(read([]).next).toBeNull();
  });

  it('ignores other observed properties by name and rejects what is no number', () => {
    const { sink } = read([
      stream({ factor: 'Ozone precursor' }),
      stream({ result: 'n/a' }),
      stream({ flag: 'Z' }),
    ]);
    expect(sink.ignored.get('observed property Ozone precursor')).toBe(1);
    expect(sink.rejects.map((reject) => reject.code)).toEqual(['record/shape', 'record/enum']);
  });
});
