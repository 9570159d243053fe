import { title } from '../../../contracts/declare.ts';
import { resource } from '../../../contracts/layers/resource.ts';
import { defineLook, heights } from '../look.ts';

/** Where help stands: bright where it can be had, faint where it cannot. */
export const look = defineLook({
  layer: resource,
  order: 45,
  shownAtStart: false,
  form: 'store',
  forms: {
    column: 'kind',
    codes: {
      team: 'team',
      'fire-station': 'engine',
      ambulance: 'ambulance',
      store: 'store',
      shelter: 'shelter',
      hospital: 'medical',
    },
  },
  kinds: [
    {
      word: title('资源 已满或停用', 'Resources full or closed'),
      when: [{ column: 'state', is: ['full', 'closed'] }],
      tint: 'dim',
    },
    {
      word: title('资源 使用中', 'Resources in use'),
      when: [{ column: 'state', is: ['busy'] }],
      tint: 'grey',
    },
    { word: title('应急资源', 'Resources'), when: [], tint: 'data' },
  ],
  size: { farPx: 10, nearPx: 20 },
  zoom: [
    { belowM: heights.county, as: 'glyphs' },
    { belowM: Infinity, as: 'groups' },
  ],
  quiet: true,
  values: [{ zh: '{name}', en: '{name}', belowM: heights.site, rank: 60 }],
  facts: ['kind', 'state', 'people', 'vehicles', 'places', 'beds', 'boats', 'tents', 'quilts'],
});
