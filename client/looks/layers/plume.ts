import { title } from '../../../contracts/declare.ts';
import { plume } from '../../../contracts/layers/plume.ts';
import { defineLook } from '../look.ts';

/** What a model says of a gas: in the colour of models, never in that of a severity. */
export const look = defineLook({
  layer: plume,
  order: 67,
  shownAtStart: true,
  form: 'wind',
  kinds: [
    {
      word: title('无可用风向，未计算', 'No wind known, not computed'),
      when: [{ column: 'state', is: ['no-wind'] }],
      tint: 'dim',
      ringed: true,
    },
    {
      word: title('气体扩散（推演，AEGL-3/2/1 由密到疏）', 'Gas plume (modelled, AEGL-3/2/1)'),
      when: [],
      tint: 'forecast',
      ringed: true,
    },
  ],
  size: { farPx: 15, nearPx: 24 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  facts: [
    'gas',
    'peopleZone',
    'protectiveM',
    'aegl2M',
    'aegl3M',
    'isolationM',
    'towardDeg',
    'windMs',
    'stability',
    'rateKgS',
    'rateFrom',
  ],
  drawnAs: 'hatch',
});
