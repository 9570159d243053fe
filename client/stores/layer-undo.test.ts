import fc from 'fast-check';
import { expect, it } from 'vitest';
import { catalog } from '../catalog.ts';
import { looks } from '../looks/looks.ts';
import { filterBy, layersNow, moveLayer, opacityOf, setOpacity, setSolo } from './choices.ts';
import { canRedoLayers, canUndoLayers, changeLayers, redoLayers, undoLayers } from './layer-undo.ts';
import { toggleLayer } from './view.ts';

const slug = fc.constantFrom(...looks.keys());
const change = fc.oneof(
  slug.map((one) => () => toggleLayer(one)),
  slug.map((one) => () => setSolo(one)),
  slug.map((one) => () => moveLayer(one, 1)),
  fc.tuple(slug, fc.integer({ min: 5, max: 100 })).map(
    ([one, percent]) =>
      () =>
        setOpacity(one, percent / 100),
  ),
  slug.map((one) => () => filterBy(one, [{ column: 'name', contains: one }])),
);

it('goes all the way back, and forth again', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
      const states = [layersNow()];
      for (const one of changes) {
        changeLayers(one);
        states.push(layersNow());
      }
      for (const state of states.slice(0, -1).reverse()) {
        undoLayers();
        expect(layersNow()).toEqual(state);
      }
      for (const state of states.slice(1)) {
        redoLayers();
        expect(layersNow()).toEqual(state);
      }
    }),
    { numRuns: 40 },
  );
});

it('takes the pull of a slider as one step', () => {
  const [first = ''] = catalog.keys();
  changeLayers(() => setOpacity(first, 1));
  for (const percent of [90, 70, 40])
    changeLayers(() => setOpacity(first, percent / 100), `opacity ${first}`);
  undoLayers();
  expect(opacityOf(first)).toBe(1);
  expect(canRedoLayers()).toBe(true);
  changeLayers(() => toggleLayer(first));
  expect(canRedoLayers()).toBe(false);
  while (canUndoLayers()) undoLayers();
});
