import { waterSection } from '../../../contracts/layers/water-section.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024, limitsInForce } from '../score.ts';

export default defineIndicator({
  slug: 'upstream-metal-ratio',
  version: 1,
  title: { zh: '入境断面重金属超标倍数', en: 'Metals at inlet sections over their limit' },
  unit: { zh: '倍限值', en: '× limit' },
  sign: 'environment',
  key: true,
  direction: 'down',
  limits: limitsFrom2024([0.5, 0.8, 1], { best: 0, worst: 2 }),
  periodS: 14_400,
  inputs: [waterSection],
  formula: {
    zh: '入境断面（城市包中标注）铊、锑浓度与饮用水源限值之比的最大值：铊0.0001 mg/L，锑0.005 mg/L。',
    en: 'Largest ratio of thallium and antimony to the limits of drinking sources (0.0001 and 0.005 mg/L) at the inlet sections that the city package marks.',
  },
  systems: ['eco-monitoring'],
  granularity: 'station',
  aggregate: 'MAX',
  roster: (city, county) =>
    city.stations['water-sections'].filter(
      ({ role, countyCode }) => role === 'inlet' && (county === null || countyCode === county),
    ).length,
  evaluate(view) {
    const limits = limitsInForce(view.city.thresholds.water, view.local().day)?.drinkingSource ?? {};
    const thalliumLimit = limits['w20127'] ?? NaN;
    const antimonyLimit = limits['w20122b'] ?? NaN;
    const table = view.table(waterSection);
    const [thallium, antimony] = [table.column('thalliumMgL'), table.column('antimonyMgL')];
    const name = table.column('name');
    const inlets = new Set(
      view.city.stations['water-sections']
        .filter(({ role }) => role === 'inlet')
        .map((section) => section.name),
    );
    const visit = (slot: number, region: number): boolean => {
      const first = thallium.get(slot) / thalliumLimit;
      const second = antimony.get(slot) / antimonyLimit;
      // Comparisons with NaN are false: what was not measured moves no extreme.
      view.extreme(region, first, name.get(slot));
      view.extreme(region, second, name.get(slot));
      return !Number.isNaN(first) || !Number.isNaN(second);
    };
    view.scan(waterSection, visit, { wants: (slot) => inlets.has(name.get(slot) ?? '') });
  },
});
