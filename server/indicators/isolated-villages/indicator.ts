import { isolatedPlace } from '../../../contracts/layers/isolated-place.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

export default defineIndicator({
  slug: 'isolated-villages',
  version: 1,
  title: { zh: '孤岛村', en: 'Isolated villages' },
  unit: { zh: '个', en: '' },
  sign: null,
  key: true,
  direction: 'down',
  limits: limitsFrom2024([0, 1, 5]),
  periodS: 60,
  inputs: [isolatedPlace],
  formula: {
    zh: '没有通行道路到任何医院、或到任何市县指挥中心的村数，由路网和断路即时算出；只含道路，不含停电和断网。',
    en: 'Villages without an open road to any hospital, or to any command centre; computed from roads and closures. Roads only: power and telephone are not in it.',
  },
  systems: ['smart-emergency'],
  granularity: 'county',
  aggregate: 'SUM',
  evaluate(view) {
    const kind = view.table(isolatedPlace).column('kind');
    view.scan(isolatedPlace, (slot, region) => {
      view.add(region, kind.get(slot) === 'village' ? 1 : 0);
      return kind.get(slot) !== null;
    });
  },
});
