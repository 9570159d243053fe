import { expect, test } from 'vitest';
import { parseDifferences, sumOf } from './differences.ts';

const row = { kind: 'changed', key: 'g1', name: '站', validAt: [1, 2], knownAt: 9, columns: [{ column: 'levelM', before: 1, after: null }] }; // prettier-ignore

test('an answer is taken over, what does not fit is left out', () => {
  const told = parseDifferences({
    layers: [{ layer: 'river-gauge', added: 2, gone: 0, changed: 1, rows: [row, { kind: 'odd', key: 'x' }, null] }], // prettier-ignore
    absent: ['mode'],
  });
  expect(told).toEqual({
    layers: [{ layer: 'river-gauge', added: 2, gone: 0, changed: 1, rows: [row] }],
    absent: ['mode'],
  });
  expect(sumOf(told)).toBe(3);
});

test.each([[null], [{}], [{ layers: 'none' }]])('%j is no answer', (body) => {
  expect(() => parseDifferences(body)).toThrow('differences');
});
