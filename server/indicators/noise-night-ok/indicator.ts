import { noiseStation } from '../../../contracts/layers/noise-station.ts';
import { countStations, defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';
import { noiseLimits, scanNoise } from '../standards/noise-limit.ts';

export default defineIndicator({
  slug: 'noise-night-ok',
  version: 1,
  title: { zh: '夜间声环境达标率', en: 'Noise stations within the night limit' },
  unit: { zh: '%', en: '%' },
  sign: 'environment',
  key: false,
  direction: 'up',
  limits: limitsFrom2024([90, 80, 70], { best: 100 }),
  periodS: 86_400,
  inputs: [noiseStation],
  formula: {
    zh: '22时至6时，最近一次等效声级不超过功能区夜间限值的站点数 / 有数据的站点数；白天保持最近一夜末的值。',
    en: 'From 22 to 6: stations whose latest Leq is within the night limit of their zone / stations with data; by day the last value of the night stands.',
  },
  systems: ['eco-monitoring'],
  granularity: 'county',
  aggregate: 'RATE',
  roster: (city, county) => countStations(city.stations.noise, county),
  evaluate(view) {
    const limits = noiseLimits(view);
    if (limits?.isNight) scanNoise(view, limits, (region, over) => view.add(region, over ? 0 : 1));
  },
});
