import { outfall } from '../../../contracts/layers/outfall.ts';
import { countStations, defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

export default defineIndicator({
  slug: 'outfall-exceed',
  version: 1,
  title: { zh: '超标排口', en: 'Outlets over their limit' },
  unit: { zh: '个', en: '' },
  sign: null,
  key: false,
  direction: 'down',
  limits: limitsFrom2024([0, 2, 5]),
  periodS: 300,
  inputs: [outfall],
  formula: {
    zh: '当前任一因子超过本排口限值的排口数；停运、维护、校准、故障和通讯异常的排口不计入可用数据。',
    en: 'Outlets with any factor over the limit of that outlet now; stopped, maintained, calibrating and faulty ones are not usable.',
  },
  systems: ['eco-monitoring'],
  granularity: 'county',
  aggregate: 'SUM',
  roster: (city, county) => countStations(city.stations.outfalls, county),
  evaluate(view) {
    const table = view.table(outfall);
    const [exceed, flag] = [table.column('exceed'), table.column('flag')];
    view.scan(outfall, (slot, region) => {
      const over = exceed.get(slot);
      const code = flag.get(slot);
      if (over === null || (code !== null && code !== 'N' && code !== 'T')) return false;
      view.add(region, over === 'yes' ? 1 : 0);
      return true;
    });
  },
});
