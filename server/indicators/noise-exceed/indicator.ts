import { noiseStation } from '../../../contracts/layers/noise-station.ts';
import { countStations, defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';
import { noiseLimits, scanNoise } from '../standards/noise-limit.ts';

export default defineIndicator({
  slug: 'noise-exceed',
  version: 1,
  title: { zh: '噪声超标站点', en: 'Noise stations over the limit' },
  unit: { zh: '个', en: '' },
  sign: null,
  key: false,
  direction: 'down',
  limits: limitsFrom2024([4, 8, 12], { best: 0 }),
  periodS: 300,
  inputs: [noiseStation],
  formula: {
    zh: '等效声级超过所在功能区当前时段（昼间或22时至6时夜间）限值的站点数，GB 3096-2008。',
    en: 'Stations whose Leq is above the limit of their zone for the time of day (night is 22 to 6), GB 3096-2008.',
  },
  systems: ['eco-monitoring'],
  granularity: 'county',
  aggregate: 'SUM',
  roster: (city, county) => countStations(city.stations.noise, county),
  evaluate(view) {
    const limits = noiseLimits(view);
    if (limits) scanNoise(view, limits, (region, over) => view.add(region, over ? 1 : 0));
  },
});
