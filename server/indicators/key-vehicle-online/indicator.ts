import { vehiclePosition } from '../../../contracts/layers/vehicle-position.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

export default defineIndicator({
  slug: 'key-vehicle-online',
  version: 1,
  title: { zh: '两客一危在线率', en: 'Coaches and hazardous-goods trucks online' },
  unit: { zh: '%', en: '%' },
  sign: 'traffic',
  key: false,
  direction: 'up',
  limits: limitsFrom2024([98, 95, 90], { best: 100 }),
  periodS: 300,
  inputs: [vehiclePosition],
  formula: {
    zh: '最近2分钟内有定位的客运、危货车数 / 最近30分钟内上过线的客运、危货车数。',
    en: 'Coaches and hazardous-goods trucks with a position in the last 2 min / those heard of in the last 30 min.',
  },
  systems: ['smart-transport'],
  granularity: 'county',
  aggregate: 'RATE',
  evaluate(view) {
    const kind = view.table(vehiclePosition).column('kind');
    const wants = (slot: number): boolean => kind.get(slot) === 'coach' || kind.get(slot) === 'hazmat';
    const visit = (slot: number, region: number): boolean => {
      view.add(region, view.isFresh(vehiclePosition, slot) ? 1 : 0);
      return true;
    };
    view.scan(vehiclePosition, visit, { stale: 'visit', wants });
  },
});
