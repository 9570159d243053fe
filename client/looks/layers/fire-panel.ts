import { title } from '../../../contracts/declare.ts';
import { firePanel } from '../../../contracts/layers/fire-panel.ts';
import { defineLook, heights } from '../look.ts';

export const look = defineLook({
  layer: firePanel,
  order: 23,
  shownAtStart: true,
  form: 'panel',
  kinds: [
    {
      word: title('消防报警', 'Fire alarm'),
      when: [{ column: 'state', is: ['alarm'] }],
      tint: 'white',
      ringed: true,
    },
    {
      word: title('消防故障、离线', 'Fault or offline'),
      when: [{ column: 'state', is: ['fault', 'offline'] }],
      tint: 'white',
    },
    { word: title('消防设施正常', 'Fire panels normal'), when: [], tint: 'dim' },
  ],
  size: { farPx: 8, nearPx: 15 },
  zoom: [
    { belowM: heights.site, as: 'glyphs' },
    { belowM: 25_000, as: 'groups' },
  ],
  quiet: true,
  facts: ['state', 'smokeAlarms', 'pressureMPa'],
  spark: 'pressureMPa',
});
