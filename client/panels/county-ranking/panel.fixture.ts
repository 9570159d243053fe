import type { PanelState } from '../../stores/contact.ts';
import { cityReadings, countyReadings } from '../../stores/indicators.ts';
import { FIXTURE_NOW, indicatorTableIn } from '../../stores/indicators.fixture.ts';
import { defineFixture } from '../panel.ts';
import RankingView from './RankingView.vue';
import { rankingOf } from './ranking.ts';

const codes = ['1', '2', '3', '4', '5'];
const names: Readonly<Record<string, string>> = { 1: '甲区', 2: '乙区', 3: '丙县', 4: '丁县', 5: '戊县' };

function propsIn(state: string, panelState: PanelState, without: readonly string[] = []) {
  const table = indicatorTableIn(state, ['aqi'], ['', ...codes]);
  const counties = countyReadings(table, 'aqi').map((reading) =>
    without.includes(reading.region) ? { ...reading, value: null, level: null } : reading,
  );
  const ranking = rankingOf({
    counties,
    whole: cityReadings(table).get('aqi') ?? null,
    order: codes,
    nameOf: (code) => names[code] ?? null,
    rising: false,
    most: 7,
    step: 0.1,
    unit: '',
    locale: 'zh',
  });
  return { heading: '空气质量指数', ranking, state: panelState, now: FIXTURE_NOW };
}

export const fixture = defineFixture({
  view: RankingView,
  props: (state) => propsIn(state, state === 'empty' ? 'live' : state),
  more: {
    partial: () => propsIn('live', 'live', ['2', '5']),
    waiting: () => propsIn('waiting', 'waiting'),
    forbidden: () => propsIn('off', 'forbidden'),
  },
});
