import { rainGauge } from '../../../contracts/layers/rain-gauge.ts';
import { LayerTable } from '../../../contracts/table.ts';
import type { PanelState } from '../../stores/contact.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { defineFixture, type FixtureState } from '../panel.ts';
import { listColumns, liveSlots } from './list.ts';
import ListView from './ListView.vue';

const MINUTE = 60_000;
/** Age of the rows; their period is 5 minutes. */
const AGE_MS: Readonly<Partial<Record<FixtureState, number>>> = { late: 12 * MINUTE, stale: 90 * MINUTE };

function tableIn(state: FixtureState): LayerTable {
  const table = new LayerTable(rainGauge);
  for (const [i, name] of ['甲站', '乙站', '丙站'].entries())
    table.put({
      key: `g${i}`,
      validAt: FIXTURE_NOW - (AGE_MS[state] ?? MINUTE) - i * 1000,
      regionCode: '',
      quality: i === 2 ? 'suspect' : 'good',
      source: 'rain-gauge',
      synthetic: true,
      values: {
        position: null,
        name,
        tipsMm: i,
        rain1hMm: 4.2 * i,
        rain3hMm: null,
        rain24hMm: 18.4 + i,
        batteryV: 12.6,
      },
    });
  return table;
}

function propsIn(state: PanelState, table: LayerTable | null, found = true) {
  return {
    layer: rainGauge,
    table,
    version: 0,
    now: FIXTURE_NOW,
    state,
    order: found ? liveSlots(table) : [],
    columns: listColumns(rainGauge).slice(0, 2),
    sort: { by: 'name', descending: false },
  };
}

export const fixture = defineFixture({
  view: ListView,
  props: (state) =>
    state === 'live' || state === 'late' || state === 'stale'
      ? propsIn(state, tableIn(state))
      : propsIn(state === 'empty' ? 'quiet' : state, null),
  more: {
    filtered: () => propsIn('live', tableIn('live'), false),
    waiting: () => propsIn('waiting', null),
    forbidden: () => propsIn('forbidden', null),
  },
});
