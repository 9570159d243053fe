import { outfall } from '../../../contracts/layers/outfall.ts';
import { countStations, defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

export default defineIndicator({
  slug: 'polluter-online-rate',
  version: 1,
  title: { zh: '重点排污单位联网率', en: 'Monitored outlets online' },
  unit: { zh: '%', en: '%' },
  sign: 'environment',
  key: false,
  direction: 'up',
  limits: limitsFrom2024([98, 95, 90], { best: 100 }),
  periodS: 900,
  inputs: [outfall],
  formula: {
    zh: '最近4分钟内有数据且标记不为通讯异常的排口数 / 城市包登记的排口数。',
    en: 'Outlets with data in the last 4 min and no link fault / outlets registered in the city package.',
  },
  systems: ['eco-monitoring'],
  granularity: 'county',
  aggregate: 'FORMULA',
  roster: (city, county) => countStations(city.stations.outfalls, county),
  evaluate(view) {
    const flag = view.table(outfall).column('flag');
    const counts = view.lanes(2);
    const visit = (slot: number, region: number): boolean => {
      const online = view.isFresh(outfall, slot) && flag.get(slot) !== 'B' ? 1 : 0;
      for (const at of region === 0 ? [0] : [0, region]) {
        counts[at] = (counts[at] as number) + online;
        counts[view.regionCount + at] = (counts[view.regionCount + at] as number) + 1;
      }
      return true;
    };
    view.scan(outfall, visit, { stale: 'visit' });
    const { countyOrder } = view.city.profile;
    for (let region = 0; region < view.regionCount; region++) {
      const listed = countStations(
        view.city.stations.outfalls,
        region === 0 ? null : (countyOrder[region - 1] ?? ''),
      );
      const registered = Math.max(listed, counts[view.regionCount + region] as number);
      view.set(region, (100 * (counts[region] as number)) / registered);
    }
  },
});
