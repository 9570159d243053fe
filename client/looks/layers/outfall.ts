import { title } from '../../../contracts/declare.ts';
import { outfall } from '../../../contracts/layers/outfall.ts';
import { defineLook } from '../look.ts';

export const look = defineLook({
  layer: outfall,
  order: 28,
  shownAtStart: true,
  form: 'outfall',
  kinds: [
    {
      word: title('排污超标', 'Over the limit'),
      when: [{ column: 'exceed', is: ['yes'] }],
      tint: 'white',
      ringed: true,
    },
    { word: title('排污口达标', 'Within the limit'), when: [{ column: 'exceed', is: ['no'] }], tint: 'grey' },
    { word: title('排污口无结论', 'Not judged'), when: [], tint: 'dim' },
  ],
  size: { farPx: 8, nearPx: 16 },
  zoom: [
    { belowM: 20_000, as: 'glyphs' },
    { belowM: 40_000, as: 'groups' },
    { belowM: Infinity, as: 'dots' },
  ],
  values: [{ zh: '{kind}', en: '{kind}', belowM: Infinity, rank: 12, kinds: [0] }],
  quiet: true,
  facts: ['exceed', 'codMgL', 'ammoniaMgL', 'flowLS', 'kind'],
  spark: 'codMgL',
});
