import { roadsidePoint } from '../../../contracts/layers/roadside-point.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';
import { isExpressway } from '../standards/roads.ts';

export default defineIndicator({
  slug: 'visibility-min',
  version: 1,
  title: { zh: '高速最低能见度', en: 'Lowest visibility on expressways' },
  unit: { zh: 'm', en: 'm' },
  sign: 'traffic',
  key: true,
  direction: 'up',
  limits: limitsFrom2024([500, 200, 100], { best: 1000, worst: 0 }),
  periodS: 60,
  inputs: [roadsidePoint],
  formula: {
    zh: '高速公路（按道路编号）路侧监测点能见度的最小值；只计装有能见度传感器的点。',
    en: 'Lowest visibility of the roadside points on expressways (by road number) that sense it.',
  },
  systems: ['smart-transport', 'x-weather'],
  granularity: 'station',
  aggregate: 'MIN',
  evaluate(view) {
    const table = view.table(roadsidePoint);
    const [road, visibility] = [table.column('road'), table.column('visibilityM')];
    const name = table.column('name');
    const visit = (slot: number, region: number): boolean => {
      view.extreme(region, visibility.get(slot), name.get(slot));
      return true;
    };
    const wants = (slot: number): boolean =>
      !Number.isNaN(visibility.get(slot)) && isExpressway(road.get(slot));
    view.scan(roadsidePoint, visit, { wants });
  },
});
