import { radiationStation } from '../../../contracts/layers/radiation-station.ts';
import { countStations, defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

export default defineIndicator({
  slug: 'radiation-nsv',
  version: 1,
  title: { zh: '环境γ剂量率', en: 'Ambient gamma dose rate' },
  unit: { zh: 'nGy/h', en: 'nGy/h' },
  sign: null,
  key: false,
  direction: 'band',
  limits: limitsFrom2024([50, 150]),
  periodS: 300,
  inputs: [radiationStation],
  formula: {
    zh: '各站剂量率的最大值；常值50至150 nGy/h。',
    en: 'Highest dose rate of the stations; 50 to 150 nGy/h is usual.',
  },
  systems: ['eco-monitoring'],
  granularity: 'station',
  aggregate: 'MAX',
  roster: (city, county) => countStations(city.stations.radiation, county),
  evaluate(view) {
    const table = view.table(radiationStation);
    const [dose, name] = [table.column('doseRateNGyH'), table.column('name')];
    view.scan(radiationStation, (slot, region) => {
      view.extreme(region, dose.get(slot), name.get(slot));
      return !Number.isNaN(dose.get(slot));
    });
  },
});
