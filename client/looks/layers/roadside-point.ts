import { title } from '../../../contracts/declare.ts';
import { roadsidePoint } from '../../../contracts/layers/roadside-point.ts';
import { defineLook, heights } from '../look.ts';

export const look = defineLook({
  layer: roadsidePoint,
  order: 20,
  shownAtStart: true,
  form: 'camera',
  forms: {
    column: 'kind',
    codes: { camera: 'camera', radar: 'radar', vms: 'sign', weather: 'weather', tunnel: 'tunnel' },
  },
  kinds: [
    {
      word: title('路侧设备离线', 'Roadside device offline'),
      when: [{ column: 'online', is: ['no'] }],
      tint: 'dim',
    },
    {
      word: title('路面结冰、积雪', 'Ice or snow on the road'),
      when: [{ column: 'roadState', is: ['ice', 'snow'] }],
      tint: 'white',
      ringed: true,
    },
    {
      word: title('能见度 200 m 以下', 'Visibility under 200 m'),
      when: [{ column: 'visibilityM', below: 200 }],
      tint: 'white',
      ringed: true,
    },
    { word: title('路侧监测点', 'Roadside points'), when: [], tint: 'grey' },
  ],
  size: { farPx: 8, nearPx: 17 },
  zoom: [
    { belowM: heights.site, as: 'glyphs' },
    { belowM: 25_000, as: 'groups' },
  ],
  values: [{ zh: '{visibilityM}', en: '{visibilityM}', belowM: heights.town, rank: 50, kinds: [2] }],
  quiet: true,
  facts: ['kind', 'online', 'visibilityM', 'roadState', 'message'],
  still: { column: 'kind', is: 'camera' },
});
