import { waterSection } from '../../../contracts/layers/water-section.ts';
import { countStations, defineIndicator } from '../define.ts';
import { limitsFrom2024, limitsInForce } from '../score.ts';
import { waterClassOf } from '../standards/water-class.ts';

const GRADES = ['I', 'II', 'III', 'IV', 'V', 'worse'] as const;
const SHOWN = ['', 'Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ', 'Ⅴ', '劣Ⅴ'] as const;
const GOOD = 3;

export default defineIndicator({
  slug: 'water-good-rate',
  version: 1,
  title: { zh: '断面优良率（≤Ⅲ类）', en: 'Sections of class Ⅲ or better' },
  unit: { zh: '%', en: '%' },
  sign: 'environment',
  key: true,
  direction: 'up',
  limits: limitsFrom2024([100, 95, 85], { best: 100 }),
  periodS: 14_400,
  inputs: [waterSection],
  formula: {
    zh: '水质类别为Ⅲ类及以上的断面数 / 有监测数据的断面数；类别按 GB 3838-2002 单因子评价，取来源公布的类别与本次各项浓度所得类别中较差者。列出劣于Ⅲ类的断面和因子。',
    en: 'Sections of class Ⅲ or better / sections with data; class by the worst single item of GB 3838-2002, the worse of the one published and the one of the values at hand. Sections below Ⅲ are named with their items.',
  },
  systems: ['eco-monitoring'],
  granularity: 'county',
  aggregate: 'RATE',
  roster: (city, county) => countStations(city.stations['water-sections'], county),
  evaluate(view) {
    const items = limitsInForce(view.city.thresholds.water, view.local().day)?.items ?? {};
    const table = view.table(waterSection);
    const [grade, name, ph] = [table.column('grade'), table.column('name'), table.column('ph')];
    const [oxygen, permanganate] = [table.column('oxygenMgL'), table.column('permanganateMgL')];
    const [ammonia, phosphorus] = [table.column('ammoniaMgL'), table.column('phosphorusMgL')];
    /** One object for all rows: read at once. */
    const values = { w01001: NaN, w01009: NaN, w01019: NaN, w21003: NaN, w21011: NaN };
    view.scan(waterSection, (slot, region) => {
      values.w01001 = ph.get(slot);
      values.w01009 = oxygen.get(slot);
      values.w01019 = permanganate.get(slot);
      values.w21003 = ammonia.get(slot);
      values.w21011 = phosphorus.get(slot);
      const measured = waterClassOf(values, items);
      const published = grade.get(slot);
      const worst = Math.max(measured?.worst ?? 0, published === null ? 0 : GRADES.indexOf(published) + 1);
      if (worst === 0) return false;
      view.add(region, worst <= GOOD ? 1 : 0);
      if (worst > GOOD) {
        const by = measured?.worst === worst ? measured.by.map((code) => items[code]?.name.zh ?? code) : [];
        const text = `${name.get(slot) ?? ''} ${SHOWN[worst] ?? ''} ${by.join('、')}`.trim();
        view.note(0, text);
        if (region > 0) view.note(region, text);
      }
      return true;
    });
  },
});
