import { roadSpeed } from '../../../contracts/layers/road-speed.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024, limitsInForce } from '../score.ts';

/** Codes of road-speed in the order of the weights: free to severe. */
const LEVELS = ['free', 'mostly_free', 'light', 'moderate', 'severe'] as const;

export default defineIndicator({
  slug: 'tpi',
  version: 1,
  title: { zh: '交通运行指数', en: 'Traffic performance index' },
  unit: { zh: '', en: '' },
  sign: 'traffic',
  key: true,
  direction: 'down',
  limits: limitsFrom2024([4, 6, 8], { best: 0, worst: 10 }),
  periodS: 300,
  inputs: [roadSpeed],
  formula: {
    zh: 'TPI = 10×Σ(VKT×w)/ΣVKT，对城市道路路段求和；VKT = 长度×样本数（无样本数按1计），w 按拥堵等级（速度/自由流速）取0.1、0.3、0.5、0.7、0.9。',
    en: 'TPI = 10·Σ(VKT·w)/ΣVKT over the segments of streets; VKT = length × probe samples (1 where not said), w = 0.1, 0.3, 0.5, 0.7, 0.9 by congestion level (speed over free flow).',
  },
  systems: ['smart-transport'],
  granularity: 'county',
  aggregate: 'FORMULA',
  evaluate(view) {
    const weights = limitsInForce(view.city.thresholds.traffic, view.local().day)?.tpiWeights ?? [];
    const table = view.table(roadSpeed);
    const [level, length, samples] = [
      table.column('level'),
      table.column('lengthM'),
      table.column('samples'),
    ];
    const roadClass = table.column('class');
    const sums = view.lanes(2);
    const count = (region: number, vkt: number, weight: number): void => {
      sums[region] = (sums[region] as number) + vkt * weight;
      sums[view.regionCount + region] = (sums[view.regionCount + region] as number) + vkt;
    };
    const visit = (slot: number, region: number): boolean => {
      const code = level.get(slot);
      const vkt = length.get(slot) * (samples.get(slot) || 1);
      const weight = code === null ? NaN : (weights[LEVELS.indexOf(code)] ?? NaN);
      if (!(vkt > 0) || Number.isNaN(weight)) return false;
      count(0, vkt, weight);
      if (region > 0) count(region, vkt, weight);
      return true;
    };
    view.scan(roadSpeed, visit, { wants: (slot) => roadClass.get(slot) === 'street' });
    for (let region = 0; region < view.regionCount; region++) {
      view.set(region, (10 * (sums[region] as number)) / (sums[view.regionCount + region] as number));
    }
  },
});
