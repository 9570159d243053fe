import { title } from '../../../contracts/declare.ts';
import { rainGrid } from '../../../contracts/layers/rain-grid.ts';
import { defineLook } from '../look.ts';

export const look = defineLook({
  layer: rainGrid,
  order: 0,
  shownAtStart: true,
  form: 'drop',
  kinds: [{ word: title('雷达降雨', 'Radar rain'), when: [], tint: 'data' }],
  size: { farPx: 0, nearPx: 0 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  facts: ['leadS'],
  steps: { from: [0.2, 1, 4, 10, 20, 50], unit: title('mm/h', 'mm/h') },
  drawnAs: 'grid',
});
