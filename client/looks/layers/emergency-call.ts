import { title } from '../../../contracts/declare.ts';
import { emergencyCall } from '../../../contracts/layers/emergency-call.ts';
import { defineLook, heights } from '../look.ts';

export const look = defineLook({
  layer: emergencyCall,
  order: 61,
  shownAtStart: true,
  form: 'police',
  forms: { column: 'channel', codes: { '110': 'police', '119': 'fire', '120': 'medical' } },
  kinds: [
    {
      word: title('已结束', 'Closed'),
      when: [{ column: 'status', is: ['closed'] }],
      tint: 'dim',
      over: true,
      scale: 0.6,
    },
    {
      word: title('处置中警情', 'Calls being handled'),
      when: [{ column: 'status', is: ['dispatched', 'arrived'] }],
      tint: 'grey',
    },
    { word: title('待处置警情', 'Calls waiting'), when: [], tint: 'white' },
  ],
  size: { farPx: 10, nearPx: 19 },
  zoom: [
    { belowM: heights.town, as: 'glyphs' },
    { belowM: Infinity, as: 'groups' },
  ],
  mix: true,
  facts: ['kind', 'status', 'acceptedAt', 'severity', 'address'],
});
