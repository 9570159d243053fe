import { title } from '../../../contracts/declare.ts';
import type { ChartModel } from '../../charts/model.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import type { SeriesAnswer } from '../../stores/series.ts';
import { defineFixture, type FixtureState } from '../panel.ts';
import TrendView from './TrendView.vue';

const HOUR = 3_600_000;
const STEP = 600_000;
/** How long ago the last value came. */
const SILENT_MS: Readonly<Partial<Record<FixtureState, number>>> = {
  late: 0.5 * HOUR,
  stale: 4 * HOUR,
  down: 7 * HOUR,
};

function model(state: FixtureState): ChartModel {
  const to = FIXTURE_NOW;
  const from = to - 24 * HOUR;
  const end = to - (SILENT_MS[state] ?? 0);
  const points = [];
  for (let at = from; at <= end; at += STEP) {
    const hour = (at - from) / HOUR;
    points.push({ at, value: 461.2 + 1.6 * Math.sin(hour / 5) + hour * 0.06 });
  }
  return {
    title: '丙站 水位',
    unit: 'm',
    step: 0.01,
    shape: 'line',
    from,
    to,
    lines: [{ key: 'c', name: '水位', points: state === 'empty' ? [] : points, kind: 'observed' }],
    limits: [{ value: 463, word: '警戒 463.00', severity: 'orange', side: 'above' }],
    gaps: end < to ? [[end, to]] : [[from + 6 * HOUR, from + 10 * HOUR]],
  };
}

const answers: Readonly<Partial<Record<FixtureState, SeriesAnswer>>> = {
  off: { state: 'none' },
  down: { state: 'failed', reason: 'HTTP 502' },
};

const propsIn = (state: FixtureState) => ({
  column: 'levelM',
  hours: 24,
  columns: [{ slug: 'levelM', title: title('水位', 'Level') }],
  shown: 'levelM',
  answer: answers[state] ?? {
    state: 'ready',
    series: { columns: new Map(), series: [], isLoaded: state !== 'late' },
  },
  model: model(state),
  now: FIXTURE_NOW,
  timeZone: 'Asia/Shanghai',
});

/** Two objects, the second pointed at on the map. */
function compared() {
  const props = propsIn('live');
  const [line] = props.model.lines;
  const second = (line?.points ?? []).map(({ at, value }) => ({
    at,
    value: value === null ? null : value - 1.3,
  }));
  const lines = [
    { key: 'c', name: '丙站', points: line?.points ?? [], kind: 'observed' as const },
    { key: 'd', name: '丁站', points: second, kind: 'observed' as const },
  ];
  const model = { ...props.model, title: '水位', lines, limits: [], gaps: [] };
  return { ...props, model, lit: 'd', others: [{ key: 'd', name: '丁站' }], kept: true };
}

export const fixture = defineFixture({
  view: TrendView,
  props: propsIn,
  more: {
    chosen: compared,
    waiting: () => ({ ...propsIn('live'), answer: { state: 'loading' } }),
    forbidden: () => ({ ...propsIn('live'), answer: { state: 'forbidden' } }),
  },
});
