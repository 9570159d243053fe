import { reservoir } from '../../../contracts/layers/reservoir.ts';
import { countStations, defineIndicator } from '../define.ts';
import { isInSeason } from '../local-time.ts';
import { limitsFrom2024 } from '../score.ts';

/** Season of the city's calendar in which the flood limit counts. */
const FLOOD_SEASON = 'flood';

export default defineIndicator({
  slug: 'reservoir-over-limit',
  version: 1,
  title: { zh: '超汛限水位（最大）', en: 'Largest level above the flood limit' },
  unit: { zh: 'm', en: 'm' },
  sign: null,
  key: true,
  direction: 'down',
  limits: limitsFrom2024([0, 0.5, 1.5], { best: -1, worst: 3 }),
  periodS: 3600,
  inputs: [reservoir],
  formula: {
    zh: '各水库（库水位 − 控制水位）的最大值；汛期控制水位为汛限水位，未设汛限或非汛期为正常蓄水位。',
    en: 'Largest (level − controlling level) of the reservoirs; in the flood season that is the flood limit, otherwise, or where none is set, the normal level.',
  },
  systems: ['x-hydrology'],
  granularity: 'station',
  aggregate: 'MAX',
  roster: (city, county) => countStations(city.stations.reservoirs, county),
  evaluate(view) {
    const season = view.city.calendar.seasons.find(({ id }) => id === FLOOD_SEASON);
    const inFlood = season !== undefined && isInSeason(view.local().day, season);
    const table = view.table(reservoir);
    const [level, normal] = [table.column('levelM'), table.column('normalM')];
    const limit = table.column('floodLimitM');
    const name = table.column('name');
    view.scan(reservoir, (slot, region) => {
      const floodLimit = inFlood ? limit.get(slot) : NaN;
      const over = level.get(slot) - (Number.isNaN(floodLimit) ? normal.get(slot) : floodLimit);
      view.extreme(region, over, name.get(slot));
      return !Number.isNaN(over);
    });
  },
});
