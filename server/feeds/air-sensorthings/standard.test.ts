// The shapes of the examples of OGC SensorThings 1.1: links of every entity, a time interval, an observation without a
// result time, and quantities that are no pollutant.
import { expect, test } from 'vitest';
import { airStation } from '../../../contracts/layers/air-station.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseDatastreams } from './parse.ts';

const datastream = (name: string, symbol: string, result: number) => ({
  '@iot.id': 1,
  '@iot.selfLink': 'http://example.org/v1.1/Datastreams(1)',
  'Thing@iot.navigationLink': 'http://example.org/v1.1/Datastreams(1)/Thing',
  name: `${name} datastream`,
  description: 'This is a datastream',
  observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
  unitOfMeasurement: { name, symbol, definition: 'http://unitsofmeasure.org/ucum.html' },
  observedArea: {
    type: 'Polygon',
    coordinates: [
      [
        [105, 32],
        [106, 32],
        [106, 33],
        [105, 32],
      ],
    ],
  },
  phenomenonTime: '2014-03-01T13:00:00Z/2015-05-11T15:30:00Z',
  resultTime: '2014-03-01T13:00:00Z/2015-05-11T15:30:00Z',
  ObservedProperty: { '@iot.id': 1, name, definition: 'http://example.org/property' },
  Thing: {
    '@iot.id': 1,
    '@iot.selfLink': 'http://example.org/v1.1/Things(1)',
    name: 'Oven',
    properties: { owner: 'Noah Liang', color: 'Black' },
    Locations: [
      {
        '@iot.id': 1,
        encodingType: 'application/geo+json',
        location: { type: 'Feature', geometry: { type: 'Point', coordinates: [105.8, 32.4] } },
      },
    ],
  },
  Observations: [
    {
      '@iot.id': 1,
      '@iot.selfLink': 'http://example.org/v1.1/Observations(1)',
      phenomenonTime: '2014-12-31T11:59:59.00+08:00/2014-12-31T12:59:59.00+08:00',
      resultTime: null,
      result,
    },
  ],
});

test('an interval counts at its end; what is no pollutant is counted by its name', () => {
  const sink = createCollectingSink();
  const body = {
    '@iot.count': 2,
    '@iot.nextLink': 'http://example.org/v1.1/Datastreams?$top=2&$skip=2',
    value: [datastream('PM2.5', 'µg/m³', 70.4), datastream('Temperature', '°C', 21)],
  };
  expect(parseDatastreams(new TextEncoder().encode(JSON.stringify(body)), sink)).toBe(body['@iot.nextLink']);
  expect(sink.rejects).toEqual([]);
  expect(sink.rowsOf(airStation)).toMatchObject([
    {
      id: '1',
      validAt: Date.UTC(2014, 11, 31, 4, 59, 59),
      values: { position: [105.8, 32.4], name: 'Oven' },
    },
  ]);
  expect([...sink.ignored.keys()].join()).toContain('Temperature');
});
