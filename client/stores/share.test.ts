import fc from 'fast-check';
import { afterEach, describe, expect, it, test } from 'vitest';
import type { NumberColumn } from '../../contracts/column.ts';
import { catalog } from '../catalog.ts';
import type { Test } from '../looks/look.ts';
import { looks } from '../looks/looks.ts';
import {
  layersNow,
  moveLayer,
  setLayers,
  setOpacity,
  setSolo,
  shownAtStart,
  type LayerState,
} from './choices.ts';
import {
  addressOf,
  applyShared,
  currentShared,
  readShared,
  withoutShared,
  writeShared,
  type SharedView,
} from './share.ts';
import { toggleLayer, visible } from './view.ts';

const slugs = [...catalog.keys()];
const around = (middle: number, spread: number) =>
  fc.integer({ min: -1e5, max: 1e5 }).map((n) => Number((middle + (n / 1e5) * spread).toFixed(5)));
const place = fc.tuple(around(105.8, 2), around(32.4, 1));
const tenth = (min: number, max: number) => fc.integer({ min: min * 10, max: max * 10 }).map((n) => n / 10);

const columns = slugs.flatMap((slug) =>
  Object.entries(catalog.get(slug)?.columns ?? {}).map(([name, column]) => ({ slug, name, column })),
);
const ranges = (column: string, { min, max, step }: NumberColumn): fc.Arbitrary<Test> => {
  const end = fc.double({ min, max, noNaN: true }).map((n) => Math.round(n / step) * step + 0);
  return fc
    .oneof(fc.record({ from: end, below: end }), fc.record({ from: end }), fc.record({ below: end }))
    .map((range) => ({ column, ...range }));
};
const filters = fc
  .uniqueArray(fc.constantFrom(...columns), { maxLength: 4, selector: ({ slug }) => slug })
  .chain((chosen) =>
    fc.tuple(
      ...chosen.map(({ slug, name, column }) => {
        const tests: fc.Arbitrary<readonly Test[]> =
          column.type === 'number'
            ? ranges(name, column).map((one) => [one])
            : column.type === 'enum'
              ? fc.subarray(Object.keys(column.values), { minLength: 1 }).map((is) => [{ column: name, is }])
              : column.type === 'text'
                ? fc.string({ minLength: 1, maxLength: 12 }).map((contains) => [{ column: name, contains }])
                : fc.constant([]);
        return tests.map((test): [string, readonly Test[]] => [slug, test]);
      }),
    ),
  )
  .map((entries) => new Map(entries.filter(([, tests]) => tests.length > 0)));
const layers: fc.Arbitrary<LayerState> = fc.record({
  shown: fc.subarray(slugs),
  solo: fc.option(fc.constantFrom(...slugs)),
  opacities: fc
    .dictionary(
      fc.constantFrom(...slugs),
      fc.integer({ min: 5, max: 99 }).map((n) => n / 100),
      { maxKeys: 4 },
    )
    .map((of) => new Map(Object.entries(of))),
  filters,
  colours: fc
    .uniqueArray(fc.constantFrom(...columns), { maxLength: 3, selector: ({ slug }) => slug })
    .map((chosen) => new Map(chosen.map(({ slug, name }) => [slug, name]))),
  order: fc.option(fc.shuffledSubarray([...looks.keys()], { minLength: 1 })),
});
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
  layers,
  selection: fc.option(
    fc.record({ layer: fc.constantFrom(...slugs), key: fc.string({ minLength: 1, maxLength: 40 }) }),
  ),
  asked: fc.option(place),
  listed: fc.constantFrom(...slugs),
  moment: fc.option(fc.integer({ min: 1.6e9, max: 2e9 }).map((seconds) => seconds * 1000)),
});
const throughAddress = (before: SharedView): ReturnType<typeof readShared> => {
  const url = new URL('http://city.example/desk');
  url.search = addressOf(writeShared(before));
  return readShared(new URL(url.href).searchParams);
};

const start = currentShared();
afterEach(() => applyShared(start));

describe('a share link', () => {
  it('gives back the view it was made of, through a whole address', () => {
    fc.assert(
      fc.property(shared, (before) => {
        expect(throughAddress(before)).toEqual({ view: before, ignored: [] });
      }),
    );
  });

  it('makes another screen stand as this one did', () => {
    fc.assert(
      fc.property(shared, (before) => {
        // Colours wait for rows; a camera needs a map; a place that is asked takes the selection's stead.
        const layersOf = { ...before.layers, colours: new Map<string, string>() };
        applyShared({ ...before, layers: layersOf, camera: null, asked: null });
        const once = currentShared();
        applyShared(start);
        const { view: read } = throughAddress(once);
        if (!read) throw new Error('no view');
        applyShared(read);
        expect(currentShared()).toEqual(once);
        expect(once.layers.shown).toEqual(before.layers.shown);
        expect(once.layers.filters).toEqual(before.layers.filters);
      }),
      { numRuns: 50 },
    );
  });

  it('is short and readable while little was chosen', () => {
    setLayers({ ...layersNow(), shown: shownAtStart });
    toggleLayer('ticket');
    setOpacity('reservoir', 0.6);
    const address = addressOf(writeShared(currentShared()));
    expect(address).toMatch(/^v\.off=ticket&v\.opacity=reservoir:60&v\.list=bus-position$/);
  });

  it('is nothing where the address says nothing of a view', () =>
    expect(readShared(new URLSearchParams('lang=en&debug'))).toEqual({ view: null, ignored: [] }));

  test.each([
    ['v', '999,32,100m,0,-56'],
    ['v', ''],
    ['v.mode', '4d'],
    ['v.on', 'no-such,warning'],
    ['v.opacity', 'reservoir:0'],
    ['v.opacity', 'reservoir'],
    ['v.colour', 'reservoir:toString'],
    ['v.order', 'no-such'],
    ['v.filter', 'reservoir/levelM:high'],
    ['v.filter', 'reservoir/levelM:..'],
    ['v.filter', 'ticket/status:never-heard'],
    ['v.object', 'no-such/1'],
    ['v.object', 'reservoir/'],
    ['v.place', '105.8'],
    ['v.at', 'yesterday'],
    ['v.at', '2026-02-31T25:00:00Z'],
    ['v.layers', 'warning'],
    ['v.later', '1'],
  ])('says that %s=%s is ignored, and ignores it', (name, value) => {
    const read = readShared(
      new URLSearchParams([
        ['v.list', 'warning'],
        [name, value],
      ]),
    );
    expect(read.ignored).toEqual([name]);
    expect(read.view).toMatchObject({
      camera: null,
      selection: null,
      asked: null,
      moment: null,
      flat: false,
    });
    expect(read.view?.layers.filters.size).toBe(0);
  });

  it('never fails on what people make of it', () => {
    const name = fc.constantFrom(
      'v',
      'v.on',
      'v.off',
      'v.solo',
      'v.opacity',
      'v.colour',
      'v.order',
      'v.filter',
      'v.at',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string())), (pairs) => {
        const { view } = readShared(new URLSearchParams(pairs.map(([key, value]) => [key, value])));
        if (view) applyShared(view);
      }),
    );
  });

  it('can be taken out of an address again', () =>
    expect(
      withoutShared(new URLSearchParams('lang=en&v=1,2,3m,0,-5&v.mode=2d&v.later=1&vx=2')).toString(),
    ).toBe('lang=en&vx=2'));
});

describe('layers', () => {
  it('come back after one was alone, also through a link', () => {
    toggleLayer('ticket');
    const before = new Map(visible);
    setSolo('warning');
    const { view: read } = throughAddress(currentShared());
    setLayers(start.layers);
    if (read) setLayers(read.layers);
    expect([...visible].filter(([, isShown]) => isShown)).toEqual([['warning', true]]);
    setSolo(null);
    expect(new Map(visible)).toEqual(before);
  });

  it('keep their order, and one the order does not name lies on top', () => {
    const usual = layersNow();
    expect(usual.order).toBeNull();
    const [lowest = ''] = looks.keys();
    moveLayer(lowest, 1);
    moveLayer(lowest, 1);
    const { order } = layersNow();
    setLayers({ ...usual, order: ['warning'] });
    expect(layersNow().order?.[0]).toBe('warning');
    expect(layersNow().order).toHaveLength(looks.size);
    if (order) setLayers({ ...usual, order });
    expect(layersNow().order).toEqual(order);
  });
});
