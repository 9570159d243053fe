import { airStation } from '../../../contracts/layers/air-station.ts';
import type { View } from '../define.ts';
import { countStations, defineIndicator } from '../define.ts';
import { limitsFrom2024, limitsInForce } from '../score.ts';
import { airIndexOf } from '../standards/iaqi.ts';

/** Columns of the layer and of the rules. Hourly: one-hour means of gases, particles against the 24 h columns (practice). */
const POLLUTANTS = [
  { column: 'pm25Ugm3', rule: 'pm25Day', name: 'PM2.5' },
  { column: 'pm10Ugm3', rule: 'pm10Day', name: 'PM10' },
  { column: 'so2Ugm3', rule: 'so2Hour', name: 'SO₂' },
  { column: 'no2Ugm3', rule: 'no2Hour', name: 'NO₂' },
  { column: 'coMgm3', rule: 'coHour', name: 'CO' },
  { column: 'o3Ugm3', rule: 'o3Hour', name: 'O₃' },
] as const;

export default defineIndicator({
  slug: 'aqi',
  version: 1,
  title: { zh: '空气质量指数', en: 'Air quality index' },
  unit: { zh: '', en: '' },
  sign: 'environment',
  key: true,
  direction: 'down',
  limits: limitsFrom2024([50, 100, 150], { best: 0, worst: 300 }),
  periodS: 3600,
  inputs: [airStation],
  formula: {
    zh: '各污染物先求站点浓度均值（全市只取城市评价点），再按现行 HJ 633 分段求 IAQI 并向上取整，AQI 为最大值；大于50时列首要污染物。1小时均值，颗粒物套用24小时限值。2026-03-01 起的限值除 PM2.5 的 IAQI 100 外为近似值。',
    en: 'Mean of the stations per pollutant (city: stations of the city set only), then IAQI by HJ 633 in force, rounded up; AQI is the largest; above 50 the primary pollutants are named. One-hour means, particles against 24 h columns. From 2026-03-01 all but IAQI 100 of PM2.5 is approximate.',
  },
  systems: ['eco-monitoring'],
  granularity: 'station',
  aggregate: 'FORMULA',
  roster: (city, county) => {
    const { air } = city.stations;
    const citySet = air.filter((station) => station.citySet);
    return county === null && citySet.length > 0 ? citySet.length : countStations(air, county);
  },
  evaluate(view) {
    const rules = limitsInForce(view.city.thresholds.air, view.local().day);
    if (!rules) return;
    if (rules.approximate) view.approximate();
    const sums = sumStations(view);
    for (let region = 0; region < view.regionCount; region++) {
      const means = POLLUTANTS.map(({ rule }, i) => {
        const at = 2 * i * view.regionCount + region;
        return [rule, (sums[at] as number) / (sums[at + view.regionCount] as number)] as const;
      });
      const { aqi, primary } = airIndexOf(Object.fromEntries(means), rules);
      view.set(region, aqi);
      for (const { rule, name } of POLLUTANTS) if (primary.includes(rule)) view.note(region, name);
    }
  },
});

/** Sum and count of each pollutant, in lanes 2i and 2i + 1. */
function sumStations(view: View): Float64Array {
  const table = view.table(airStation);
  const [flag, name] = [table.column('flag'), table.column('name')];
  const stores = POLLUTANTS.map(({ column }) => table.column(column));
  const sums = view.lanes(2 * POLLUTANTS.length);
  const count = (region: number, slot: number): boolean => {
    const code = flag.get(slot);
    if (code !== null && code !== 'N') return false;
    let measured = false;
    for (let i = 0; i < stores.length; i++) {
      const value = stores[i]?.get(slot) ?? NaN;
      if (Number.isNaN(value)) continue;
      const at = 2 * i * view.regionCount + region;
      sums[at] = (sums[at] as number) + value;
      sums[at + view.regionCount] = (sums[at + view.regionCount] as number) + 1;
      measured = true;
    }
    return measured;
  };
  const citySet = new Set(
    view.city.stations.air.filter((station) => station.citySet).map((station) => station.name),
  );
  const wants = citySet.size === 0 ? () => true : (slot: number) => citySet.has(name.get(slot) ?? '');
  view.scan(airStation, (slot) => count(0, slot), { scope: 'city', wants });
  view.scan(airStation, (slot, region) => region > 0 && count(region, slot), { scope: 'counties' });
  return sums;
}
