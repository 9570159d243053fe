import { title } from '../../../contracts/declare.ts';
import { advice } from '../../../contracts/layers/advice.ts';
import { defineLook } from '../look.ts';

/** Where a model has something to say. */
export const look = defineLook({
  layer: advice,
  order: 54,
  shownAtStart: false,
  form: 'ring',
  kinds: [
    {
      word: title('推演建议（有效）', 'Advice that stands'),
      when: [{ column: 'state', is: ['current', 'changed', 'adopted'] }],
      tint: 'white',
    },
    { word: title('推演建议（过期或未采纳）', 'Advice that is over'), when: [], tint: 'dim' },
  ],
  size: { farPx: 12, nearPx: 20 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  facts: ['advised', 'confidence', 'state', 'computedAt', 'validUntil', 'headlines', 'gaps'],
});
