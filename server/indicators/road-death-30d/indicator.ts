import { policeFigures } from '../../../contracts/layers/police-figures.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';
import { countCounties } from '../standards/counties.ts';

export default defineIndicator({
  slug: 'road-death-30d',
  version: 1,
  title: { zh: '交通亡人事故（30 日）', en: 'Fatal road accidents (30 days)' },
  unit: { zh: '起', en: '' },
  sign: 'public-security',
  key: true,
  direction: 'down',
  limits: limitsFrom2024([4, 6, 9], { best: 0 }),
  periodS: 86_400,
  inputs: [policeFigures],
  formula: {
    zh: '最近30日各区县亡人道路交通事故起数之和，由公安汇总给出；未报的区县降低覆盖率。',
    en: 'Fatal road accidents of the last 30 days, the sum of the counties, as the police report them; a county that does not report lowers the coverage.',
  },
  systems: ['smart-police'],
  granularity: 'county',
  aggregate: 'SUM',
  roster: countCounties,
  evaluate(view) {
    const accidents = view.table(policeFigures).column('fatalAccidents30d');
    view.scan(policeFigures, (slot, region) => {
      const count = accidents.get(slot);
      if (Number.isNaN(count)) return false;
      view.add(region, count);
      return true;
    });
  },
});
