import { reservoir } from '../../../contracts/layers/reservoir.ts';
import { defineIndicator } from '../define.ts';
import type { CityFacts } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

/** Reservoirs with an ecological flow, by name → m³/s. Ids are those of the city package. */
function ecoFlows(city: CityFacts): ReadonlyMap<string, number> {
  const flows = city.thresholds.flood.at(-1)?.ecoFlowM3S ?? {};
  return new Map(
    city.stations.reservoirs.flatMap(({ id, name }) =>
      flows[id] === undefined ? [] : [[name, flows[id]] as const],
    ),
  );
}

export default defineIndicator({
  slug: 'eco-flow-ok',
  version: 1,
  title: { zh: '生态流量达标率', en: 'Reservoirs that release their ecological flow' },
  unit: { zh: '%', en: '%' },
  sign: null,
  key: false,
  direction: 'up',
  limits: limitsFrom2024([100, 98, 90], { best: 100 }),
  periodS: 3600,
  inputs: [reservoir],
  formula: {
    zh: '出库流量不低于生态流量的水库数 / 城市包规定了生态流量的水库数。',
    en: 'Reservoirs whose outflow is at least their ecological flow / reservoirs with one set in the city package.',
  },
  systems: ['x-hydrology'],
  granularity: 'city',
  aggregate: 'RATE',
  roster: (city) => ecoFlows(city).size,
  evaluate(view) {
    const flows = ecoFlows(view.city);
    const table = view.table(reservoir);
    const [name, outflow] = [table.column('name'), table.column('outflowM3S')];
    const visit = (slot: number, region: number): boolean => {
      const flow = outflow.get(slot);
      if (Number.isNaN(flow)) return false;
      view.add(region, flow >= (flows.get(name.get(slot) ?? '') ?? Infinity) ? 1 : 0);
      return true;
    };
    view.scan(reservoir, visit, { wants: (slot) => flows.has(name.get(slot) ?? '') });
  },
});
