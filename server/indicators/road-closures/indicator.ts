import { roadEvent } from '../../../contracts/layers/road-event.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';
import { isTrunk } from '../standards/roads.ts';

export default defineIndicator({
  slug: 'road-closures',
  version: 1,
  title: { zh: '国省干线、高速阻断', en: 'Closures of trunk roads and expressways' },
  unit: { zh: '处', en: '' },
  sign: 'traffic',
  key: true,
  direction: 'down',
  limits: limitsFrom2024([0, 2, 5]),
  periodS: 300,
  inputs: [roadEvent],
  formula: {
    zh: '未结束的阻断事件数，道路编号为国道、省道或高速公路。',
    en: 'Closure events that are not over, on roads with a national or provincial number.',
  },
  systems: ['x-highway'],
  granularity: 'county',
  aggregate: 'SUM',
  evaluate(view) {
    const table = view.table(roadEvent);
    const [kind, status, road] = [table.column('kind'), table.column('status'), table.column('road')];
    view.scan(roadEvent, (slot, region) => {
      const counts = kind.get(slot) === 'closure' && status.get(slot) !== 'closed' && isTrunk(road.get(slot));
      view.add(region, counts ? 1 : 0);
      return kind.get(slot) !== null;
    });
  },
});
