// The shape of the grid example of CoverageJSON: uneven steps of a list of values, a height axis of one value, and cells
// without a value.
import { expect, test } from 'vitest';
import { rainGrid } from '../../../contracts/layers/rain-grid.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseRadarRain } from './parse.ts';

const example = (name: string) => ({
  type: 'Coverage',
  domain: {
    type: 'Domain',
    domainType: 'Grid',
    axes: {
      x: { values: [-10, -5, 0] },
      y: { values: [40, 50] },
      z: { values: [5] },
      t: { values: ['2010-01-01T00:12:20Z'] },
    },
    referencing: [
      {
        coordinates: ['y', 'x'],
        system: { type: 'GeographicCRS', id: 'http://www.opengis.net/def/crs/EPSG/0/4979' },
      },
      { coordinates: ['t'], system: { type: 'TemporalRS', calendar: 'Gregorian' } },
    ],
  },
  parameters: {
    [name]: {
      type: 'Parameter',
      description: { en: 'Rain rate' },
      unit: { symbol: { value: 'mm/h', type: 'http://www.opengis.net/def/uom/UCUM/' } },
      observedProperty: { id: 'http://vocab.example/P02/CSAF', label: { en: 'Rain rate' } },
    },
  },
  ranges: {
    [name]: {
      type: 'NdArray',
      dataType: 'float',
      axisNames: ['t', 'z', 'y', 'x'],
      shape: [1, 1, 2, 3],
      values: [0.5, 0.6, 0.4, 0.6, 0.2, null],
    },
  },
});

function read(body: unknown) {
  const sink = createCollectingSink();
  parseRadarRain(new TextEncoder().encode(JSON.stringify(body)), sink);
  return sink;
}

test('a height of one value is counted and left out', () => {
  const sink = read(example('rain'));
  expect(sink.rejects).toEqual([]);
  const [row] = sink.rowsOf(rainGrid);
  expect(row?.values.rainMmH).toEqual({
    nx: 3,
    ny: 2,
    values: Float32Array.of(0.6, 0.2, NaN, 0.5, 0.6, 0.4),
  });
  expect([...sink.ignored]).toEqual([['axis z', 1]]);
});

test('another quantity is refused by name', () => {
  expect(read(example('ICEC')).rejects).toMatchObject([{ code: 'record/shape', detail: /rain/ }]);
});
