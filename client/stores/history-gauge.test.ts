import { expect, test } from 'vitest';
import { formatBytes, parseGauge } from './history-gauge.ts';

test('the gauge is read out of the health of the server', () => {
  const share = { retention: 'telemetry', bytes: 5, rawFrom: 1, from: null };
  const history = { bytes: 9, maxBytes: 100, shortened: 1, shortenedFiles: ['a.seg'], classes: [share, 'x'] };
  expect(parseGauge({ history })).toEqual({ ...history, classes: [share] });
  expect(parseGauge({ history: { bytes: null, maxBytes: 7 } }).bytes).toBeNull();
  expect(() => parseGauge({ status: 'ok' })).toThrow('nothing of history');
});

test.each([
  [0, '0.00 kB'],
  [12_345, '12.3 kB'],
  [380e6, '380 MB'],
  [1.239e9, '1.24 GB'],
])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
