import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog } from '../catalog.ts';
import { readShared, withoutShared, writeShared, type SharedView } from './share.ts';

const slugs = [...catalog.keys()];
const around = (middle: number, spread: number) =>
  fc.integer({ min: -1e6, max: 1e6 }).map((n) => Number((middle + (n / 1e6) * spread).toFixed(6)));
const place = fc.tuple(around(105.8, 2), around(32.4, 1));
const tenth = (min: number, max: number) => fc.integer({ min: min * 10, max: max * 10 }).map((n) => n / 10);
const shared: fc.Arbitrary<SharedView> = fc.record({
  camera: fc.option(
    fc.record({
      at: place,
      rangeM: fc.integer({ min: 300, max: 900_000 }),
      headingDeg: tenth(0, 360),
      pitchDeg: tenth(-90, -10),
    }),
  ),
  flat: fc.boolean(),
  layers: fc.subarray(slugs),
  selection: fc.option(
    fc.record({ layer: fc.constantFrom(...slugs), key: fc.string({ minLength: 1, maxLength: 40 }) }),
  ),
  asked: fc.option(place),
  listed: fc.constantFrom(...slugs),
});

describe('a share link', () => {
  it('gives back the view it was made of, through a whole address', () => {
    fc.assert(
      fc.property(shared, (before) => {
        const url = new URL('http://city.example/desk');
        url.search = writeShared(before).toString();
        const after = readShared(new URL(url.href).searchParams);
        expect(after).toEqual(before);
      }),
    );
  });

  it('is nothing where the address says nothing of a view', () =>
    expect(readShared(new URLSearchParams('lang=en&debug'))).toBeNull());

  it('leaves out what cannot be', () => {
    const query = new URLSearchParams({
      v: '999,32,100m,0,-56',
      'v.layers': 'no-such,warning',
      'v.object': 'no-such/1',
    });
    const read = readShared(query);
    expect(read).toMatchObject({ camera: null, layers: ['warning'], selection: null, flat: false });
  });

  it('can be taken out of an address again', () =>
    expect(withoutShared(new URLSearchParams('lang=en&v=1,2,3m,0,-5&v.mode=2d')).toString()).toBe('lang=en'));
});
