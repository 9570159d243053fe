import { roadSpeed } from '../../../contracts/layers/road-speed.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

export default defineIndicator({
  slug: 'highway-speed-ratio',
  version: 1,
  title: { zh: '高速平均车速/自由流', en: 'Expressway speed over free flow' },
  unit: { zh: '%', en: '%' },
  sign: 'traffic',
  key: false,
  direction: 'up',
  limits: limitsFrom2024([80, 60, 40], { best: 100, worst: 0 }),
  periodS: 300,
  inputs: [roadSpeed],
  formula: {
    zh: '高速公路路段按长度加权：Σ(速度×长度)/Σ(自由流速×长度)。',
    en: 'Expressway segments weighted by length: Σ(speed × length) / Σ(free-flow speed × length).',
  },
  systems: ['smart-transport'],
  granularity: 'county',
  aggregate: 'RATE',
  evaluate(view) {
    const table = view.table(roadSpeed);
    const [speed, free] = [table.column('speedKmh'), table.column('freeFlowKmh')];
    const [length, roadClass] = [table.column('lengthM'), table.column('class')];
    const visit = (slot: number, region: number): boolean => {
      const km = length.get(slot) / 1000;
      const actual = speed.get(slot) * km;
      const possible = free.get(slot) * km;
      if (Number.isNaN(actual + possible)) return false;
      view.add(region, actual, possible);
      return true;
    };
    view.scan(roadSpeed, visit, { wants: (slot) => roadClass.get(slot) === 'expressway' });
  },
});
