import { policeFigures } from '../../../contracts/layers/police-figures.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';
import { countCounties } from '../standards/counties.ts';

export default defineIndicator({
  slug: 'patrol-coverage',
  version: 1,
  title: { zh: '巡防网格覆盖率', en: 'Patrol grid covered' },
  unit: { zh: '%', en: '%' },
  sign: 'public-security',
  key: false,
  direction: 'up',
  limits: limitsFrom2024([95, 85, 70], { best: 100 }),
  periodS: 3600,
  inputs: [policeFigures],
  formula: {
    zh: '最近1小时有巡逻警力经过的巡防网格数 / 巡防网格总数，由公安汇总给出。',
    en: 'Patrol grids that a patrol came through in the last hour / all patrol grids, as the police report them.',
  },
  systems: ['smart-police'],
  granularity: 'county',
  aggregate: 'RATE',
  roster: countCounties,
  evaluate(view) {
    const table = view.table(policeFigures);
    const [grids, covered] = [table.column('patrolGrids'), table.column('patrolGridsCovered')];
    view.scan(policeFigures, (slot, region) => {
      const [all, patrolled] = [grids.get(slot), covered.get(slot)];
      // More than all is a mistake of the source, not a good value.
      if (Number.isNaN(all + patrolled) || patrolled > all) return false;
      view.add(region, patrolled, all);
      return true;
    });
  },
});
