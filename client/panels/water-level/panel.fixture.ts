import { reservoir } from '../../../contracts/layers/reservoir.ts';
import { riverGauge } from '../../../contracts/layers/river-gauge.ts';
import { LayerTable } from '../../../contracts/table.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { defineFixture, type FixtureState } from '../panel.ts';
import { waterRows, type GaugeTable, type ReservoirTable } from './water.ts';
import WaterBars from './WaterBars.vue';

const MINUTE = 60_000;
const AGE_MS: Readonly<Record<FixtureState, number>> = {
  live: 2 * MINUTE,
  late: 14 * MINUTE,
  stale: 80 * MINUTE,
  down: 90 * MINUTE,
  off: 0,
  empty: 0,
};

function reservoirs(ageMs: number): ReservoirTable {
  const table = new LayerTable(reservoir);
  const none = { position: null, inflowM3S: null, outflowM3S: null, gatesOpen: null, gates: null };
  const levels = [
    ['甲水库', 581.2, 583, 1766],
    ['乙水库', 447.4, 447, 2344],
  ] as const;
  for (const [name, levelM, floodLimitM, storage1e6M3] of levels) {
    table.put({
      key: name,
      validAt: FIXTURE_NOW - ageMs,
      regionCode: '',
      quality: 'good',
      source: 'reservoir',
      synthetic: true,
      values: { ...none, name, levelM, storage1e6M3, normalM: floodLimitM + 5, floodLimitM },
    });
  }
  return table;
}

function gauges(ageMs: number): GaugeTable {
  const table = new LayerTable(riverGauge);
  table.put({
    key: 'gauge',
    validAt: FIXTURE_NOW - ageMs,
    regionCode: '',
    quality: 'good',
    source: 'gauge',
    synthetic: true,
    values: {
      position: null,
      name: '丙站',
      river: null,
      levelM: 455.42,
      flowM3S: null,
      trend: null,
      warningM: 463,
      guaranteeM: 465.5,
    },
  });
  return table;
}

export const fixture = defineFixture({
  view: WaterBars,
  props: (state) => {
    const absent = state === 'off' || state === 'empty';
    const rows = waterRows({
      reservoirs: absent ? null : reservoirs(AGE_MS[state]),
      gauges: absent ? null : gauges(AGE_MS[state]),
      watched: state === 'empty' ? [] : ['甲水库', '乙水库', '丙站'],
      now: FIXTURE_NOW,
      feeds: () => (state === 'down' ? 'down' : 'live'),
    });
    return { rows, now: FIXTURE_NOW };
  },
});
