import { expect, test } from 'vitest';
import { parseOutsideMap } from './outside-map.ts';

const NONE = { imagery: [], terrain: null, tilesets: [] };

test.each([undefined, null, 'x', [], {}, { imagery: [{ credit: 'a' }], terrain: {}, tilesets: [1] }])(
  'what does not fit leaves the map without anything from outside: %j',
  (value) => expect(parseOutsideMap(value)).toEqual(NONE),
);

test('what the server says comes through, missing numbers get their usual value', () => {
  const map = parseOutsideMap({
    imagery: [
      { url: 'https://a.example.org/{z}/{x}/{y}', subdomains: ['1', 2], scheme: 'geographic', credit: 'A' },
    ],
    terrain: { url: 'https://t.example.org/', credit: 'T' },
    tilesets: [{ url: 'https://m.example.org/tileset.json', credit: 'M' }],
  });
  expect(map.imagery[0]).toEqual({
    url: 'https://a.example.org/{z}/{x}/{y}',
    subdomains: ['1', '2'],
    scheme: 'geographic',
    levelOffset: 0,
    minZoom: 0,
    maxZoom: 18,
    opacity: 1,
    credit: 'A',
  });
  expect(map.terrain?.credit).toBe('T');
  expect(map.tilesets).toHaveLength(1);
});
