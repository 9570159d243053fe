import { title } from '../../../contracts/declare.ts';
import { releasePlan } from '../../../contracts/layers/release-plan.ts';
import { defineLook } from '../look.ts';

export const look = defineLook({
  layer: releasePlan,
  order: 48,
  shownAtStart: false,
  form: 'order',
  kinds: [
    {
      word: title('撤回的调度方案', 'Withdrawn scheme'),
      when: [{ column: 'state', is: ['withdrawn'] }],
      tint: 'dim',
      over: true,
    },
    { word: title('拟调度方案', 'Scheme drawn up'), when: [], tint: 'grey' },
  ],
  size: { farPx: 10, nearPx: 16 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  facts: ['scheme', 'reservoir', 'maxM3S', 'fromAt', 'steps'],
});
