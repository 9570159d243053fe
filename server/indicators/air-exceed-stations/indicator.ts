import { airStation } from '../../../contracts/layers/air-station.ts';
import { countStations, defineIndicator } from '../define.ts';
import { limitsFrom2024, limitsInForce } from '../score.ts';
import { iaqiOf } from '../standards/iaqi.ts';

const COLUMNS = [
  { column: 'pm25Ugm3', rule: 'pm25Day' },
  { column: 'pm10Ugm3', rule: 'pm10Day' },
  { column: 'so2Ugm3', rule: 'so2Hour' },
  { column: 'no2Ugm3', rule: 'no2Hour' },
  { column: 'coMgm3', rule: 'coHour' },
  { column: 'o3Ugm3', rule: 'o3Hour' },
] as const;
const EXCEEDS = 100;

export default defineIndicator({
  slug: 'air-exceed-stations',
  version: 1,
  title: { zh: '空气超标站点', en: 'Air stations over the limit' },
  unit: { zh: '个', en: '' },
  sign: null,
  key: false,
  direction: 'down',
  limits: limitsFrom2024([0, 1, 3]),
  periodS: 3600,
  inputs: [airStation],
  formula: {
    zh: '任一污染物 IAQI 大于100（1小时均值，颗粒物套用24小时限值）的站点数。',
    en: 'Stations where the IAQI of any pollutant is above 100 (one-hour means, particles against 24 h columns).',
  },
  systems: ['eco-monitoring'],
  granularity: 'county',
  aggregate: 'SUM',
  roster: (city, county) => countStations(city.stations.air, county),
  evaluate(view) {
    const rules = limitsInForce(view.city.thresholds.air, view.local().day);
    if (!rules) return;
    if (rules.approximate) view.approximate();
    const table = view.table(airStation);
    const flag = table.column('flag');
    const stores = COLUMNS.map(({ column }) => table.column(column));
    const points = COLUMNS.map(({ rule }) => rules.breakpoints[rule] ?? []);
    view.scan(airStation, (slot, region) => {
      const code = flag.get(slot);
      if (code !== null && code !== 'N') return false;
      let worst = NaN;
      for (let i = 0; i < stores.length; i++) {
        const iaqi = iaqiOf(stores[i]?.get(slot) ?? NaN, rules.iaqi, points[i] ?? []);
        if (!(iaqi <= worst) && !Number.isNaN(iaqi)) worst = iaqi;
      }
      if (Number.isNaN(worst)) return false;
      view.add(region, worst > EXCEEDS ? 1 : 0);
      return true;
    });
  },
});
