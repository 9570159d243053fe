import { policeFigures } from '../../../contracts/layers/police-figures.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';
import { countCounties } from '../standards/counties.ts';

export default defineIndicator({
  slug: 'alarm-110-ratio',
  version: 1,
  title: { zh: '110 警情基线比', en: '110 calls against baseline' },
  unit: { zh: '倍', en: '×' },
  sign: 'public-security',
  key: false,
  direction: 'down',
  limits: limitsFrom2024([1.1, 1.3, 1.6]),
  periodS: 3600,
  inputs: [policeFigures],
  formula: {
    zh: '最近1小时110警情数 / 同期数（最近4周同一星期同一小时的中位数，由公安汇总给出）；全市为各区县警情之和 / 同期之和。',
    en: '110 calls of the last hour / calls as usual (median of the same hour and weekday of the last four weeks, as the police reckon it); the city is the sum of the calls / the sum of the usual ones.',
  },
  systems: ['smart-police'],
  granularity: 'county',
  aggregate: 'AVG',
  roster: countCounties,
  evaluate(view) {
    const table = view.table(policeFigures);
    const [calls, usual] = [table.column('calls110'), table.column('calls110Usual')];
    view.scan(policeFigures, (slot, region) => {
      const [now, before] = [calls.get(slot), usual.get(slot)];
      if (Number.isNaN(now + before)) return false;
      view.add(region, now, before);
      return true;
    });
  },
});
