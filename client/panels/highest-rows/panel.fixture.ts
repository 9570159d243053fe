import { airStation } from '../../../contracts/layers/air-station.ts';
import { LayerTable } from '../../../contracts/table.ts';
import { formatAge } from '../../i18n/numbers.ts';
import type { PanelState } from '../../stores/contact.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import RankSection from '../../ui/RankSection.vue';
import { defineFixture } from '../panel.ts';
import { highestOf } from './highest.ts';

const AGE_MS: Readonly<Record<string, number>> = { late: 9_000_000, stale: 14_000_000 };
const none = { position: null, pm10Ugm3: null, so2Ugm3: null, no2Ugm3: null, coMgm3: null, o3Ugm3: null };
const values: readonly (readonly [string, number])[] = [
  ['甲站', 46],
  ['乙站', 38.5],
  ['丙站', 21],
];

function propsIn(state: PanelState, known = values) {
  const table = new LayerTable(airStation);
  const at = FIXTURE_NOW - (AGE_MS[state] ?? 600_000);
  for (const [name, pm25Ugm3] of known) {
    table.put({
      key: name,
      validAt: at,
      regionCode: '',
      quality: 'good',
      source: 'air',
      synthetic: true,
      values: { ...none, name, pm25Ugm3, flag: 'N' },
    });
  }
  const { rows } = highestOf({
    table: table,
    column: 'pm25Ugm3',
    rising: false,
    most: 5,
    now: FIXTURE_NOW,
    locale: 'zh',
  });
  return {
    heading: '空气站 · PM2.5',
    note: formatAge((FIXTURE_NOW - at) / 1000, 'zh'),
    state,
    rows,
    none: '没有测点报数',
  };
}

export const fixture = defineFixture({
  view: RankSection,
  props: (state) => (state === 'empty' ? propsIn('live', []) : propsIn(state)),
  more: {
    partial: () => propsIn('degraded', values.slice(0, 1)),
    waiting: () => propsIn('waiting', []),
    forbidden: () => propsIn('forbidden', []),
  },
});
