import { firePanel } from '../../../contracts/layers/fire-panel.ts';
import { countStations, defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

export default defineIndicator({
  slug: 'fire-panel-ok',
  version: 1,
  title: { zh: '消防设施完好率', en: 'Fire panels in order' },
  unit: { zh: '%', en: '%' },
  sign: null,
  key: false,
  direction: 'up',
  limits: limitsFrom2024([98, 95, 90], { best: 100 }),
  periodS: 300,
  inputs: [firePanel],
  formula: {
    zh: '状态为正常或报警（能够工作）的消防控制室数 / 有数据的消防控制室数；故障和离线计为不完好。',
    en: 'Panels that are normal or in alarm (they work) / panels with data; faulty and offline ones are not in order.',
  },
  systems: ['smart-fire'],
  granularity: 'county',
  aggregate: 'RATE',
  roster: (city, county) => countStations(city.stations['fire-panels'], county),
  evaluate(view) {
    const state = view.table(firePanel).column('state');
    view.scan(firePanel, (slot, region) => {
      const code = state.get(slot);
      if (code === null) return false;
      view.add(region, code === 'normal' || code === 'alarm' ? 1 : 0);
      return true;
    });
  },
});
