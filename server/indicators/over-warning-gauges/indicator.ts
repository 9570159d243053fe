import { riverGauge } from '../../../contracts/layers/river-gauge.ts';
import { countStations, defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

export default defineIndicator({
  slug: 'over-warning-gauges',
  version: 1,
  title: { zh: '超警戒水位站数', en: 'Gauges at or above the warning level' },
  unit: { zh: '个', en: '' },
  sign: null,
  key: true,
  direction: 'down',
  limits: limitsFrom2024([0, 1, 3]),
  periodS: 300,
  inputs: [riverGauge],
  formula: {
    zh: '水位不低于警戒水位的水文站数；其中不低于保证水位的另列。',
    en: 'River gauges at or above their warning level; those at or above the guarantee level are named.',
  },
  systems: ['x-hydrology'],
  granularity: 'county',
  aggregate: 'SUM',
  roster: (city, county) => countStations(city.stations['river-gauges'], county),
  evaluate(view) {
    const table = view.table(riverGauge);
    const [level, warning] = [table.column('levelM'), table.column('warningM')];
    const [guarantee, name] = [table.column('guaranteeM'), table.column('name')];
    view.scan(riverGauge, (slot, region) => {
      const above = level.get(slot) - warning.get(slot);
      if (Number.isNaN(above)) return false;
      view.add(region, above >= 0 ? 1 : 0);
      if (level.get(slot) >= guarantee.get(slot)) {
        const text = `${name.get(slot) ?? ''} 超保证`;
        view.note(0, text);
        if (region > 0) view.note(region, text);
      }
      return true;
    });
  },
});
