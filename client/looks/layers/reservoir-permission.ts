import { title } from '../../../contracts/declare.ts';
import { reservoirPermission } from '../../../contracts/layers/reservoir-permission.ts';
import { defineLook } from '../look.ts';

/** Reservoirs that store above their limit because somebody who may permit it has: the tag stands beside the dam. */
export const look = defineLook({
  layer: reservoirPermission,
  order: 58,
  shownAtStart: true,
  form: 'ring',
  kinds: [{ word: title('授权拦洪', 'Storing with permission'), when: [], tint: 'white' }],
  size: { farPx: 16, nearPx: 26 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  values: [{ zh: '授权拦洪', en: 'permitted', belowM: Infinity, rank: 9 }],
  facts: ['levelM', 'overM', 'order', 'sender', 'outflowM3S', 'untilAt', 'sinceAt'],
});
