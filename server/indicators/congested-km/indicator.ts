import { roadSpeed } from '../../../contracts/layers/road-speed.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

export default defineIndicator({
  slug: 'congested-km',
  version: 1,
  title: { zh: '城区拥堵里程', en: 'Congested streets' },
  unit: { zh: 'km', en: 'km' },
  sign: 'traffic',
  key: false,
  direction: 'down',
  limits: limitsFrom2024([4, 8, 15], { best: 0 }),
  periodS: 300,
  inputs: [roadSpeed],
  formula: {
    zh: '拥堵等级为中度或严重的城市道路路段长度之和（上、下行分别计）。',
    en: 'Length of street segments at moderate or severe congestion, each direction on its own.',
  },
  systems: ['smart-transport'],
  granularity: 'county',
  aggregate: 'SUM',
  evaluate(view) {
    const table = view.table(roadSpeed);
    const [level, length, roadClass] = [
      table.column('level'),
      table.column('lengthM'),
      table.column('class'),
    ];
    const visit = (slot: number, region: number): boolean => {
      const code = level.get(slot);
      const metres = length.get(slot);
      if (code === null || Number.isNaN(metres)) return false;
      view.add(region, code === 'moderate' || code === 'severe' ? metres / 1000 : 0);
      return true;
    };
    view.scan(roadSpeed, visit, { wants: (slot) => roadClass.get(slot) === 'street' });
  },
});
