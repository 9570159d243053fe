import { title } from '../../../contracts/declare.ts';
import type { Advice, DecisionRun } from '../../../contracts/records/advice.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import type { FixtureState } from '../panel.ts';
import { defineFixture } from '../panel.ts';
import AdviceSheet from './AdviceSheet.vue';

const HOUR_MS = 3_600_000;
const hours = Array.from({ length: 13 }, (_, hour) => hour);
const course = (crest: number): number[][] =>
  hours.map((hour) => {
    const level = crest - ((hour - 7) / 5) ** 2;
    return [FIXTURE_NOW + hour * HOUR_MS, level, level - 0.05 * hour, level + 0.05 * hour];
  });
const series = (option: string, crest: number): Advice['series'][number] => ({
  ...{
    title: title('甲站', 'Gauge Jia'),
    option,
    of: 'jia',
    unit: 'm',
    observed: false,
    points: course(crest),
  },
  limits: [
    { title: title('警戒', 'Warning'), value: 463 },
    { title: title('保证', 'Guarantee'), value: 465.5 },
  ],
  peak: [FIXTURE_NOW + 7 * HOUR_MS, crest],
});
const option = (
  id: string,
  name: string,
  { crest, people }: { readonly crest: number; readonly people: number },
): Advice['options'][number] => ({
  ...{ id, title: title(name, `Option ${id.toUpperCase()}`), tasks: [] },
  facts: [
    {
      ...{ kind: 'people', value: people, unit: 'person' },
      of: title('古城进水', 'the old town flooded'),
      text: title('', ''),
      violates: people > 0 ? title('进水', 'flooded') : null,
    },
    {
      ...{ kind: 'place', value: crest, unit: 'm' },
      of: title('甲站洪峰', 'crest at Jia'),
      text: title('12:00', '12:00'),
      violates:
        crest > 465.5
          ? title('超保证 0.23 m', 'over guarantee by 0.23 m')
          : title('超警戒 0.23 m', 'over warning by 0.23 m'),
    },
    {
      ...{ kind: 'structure', value: people > 0 ? 583.45 : 585.21, unit: 'm' },
      of: title('乙水库最高', 'Yi highest'),
      text: title('20:00', '20:00'),
      violates: title('超汛限', 'over flood limit'),
    },
    {
      ...{ kind: 'cost', value: 2000, unit: 'm3/s' },
      of: title('乙水库最大出库', 'highest release of Yi'),
      text: title('2000 → 09:00 1500', '2000 → 09:00 1500'),
      violates: null,
    },
    {
      ...{ kind: 'authority', value: 1, unit: 'count' },
      of: title('批准', 'Leave'),
      text: title('超汛限运用须省级调度令', 'over the flood limit only by order of the province'),
      violates: null,
    },
  ],
});
const advice: Advice = {
  question: title(
    '嘉陵江：水库怎样调度，洪峰多高、何时到？',
    'How to run the dams, how high is the crest and when?',
  ),
  place: { id: 'reach', title: title('河段', 'Reach'), position: null, region: '' },
  ...{ findings: [], exposure: [], shapes: [], branch: [], clause: '', gaps: [] },
  options: [
    option('a', '甲 错峰拦洪', { crest: 463.23, people: 0 }),
    option('b', '乙 后期敞泄', { crest: 465.73, people: 1150 }),
  ],
  confidence: { value: 0.8, reasons: [title('方法起评 0.8', 'method: 0.8')] },
  advised: {
    ...{ option: 'a', why: title('洪峰 463.23 m，进水 0 人', 'crest 463.23 m, nobody flooded') },
    over: [
      {
        option: 'b',
        text: title('少进水 1150 人；甲站洪峰低 2.50 m', '1150 fewer flooded; crest at Jia 2.50 m lower'),
      },
    ],
  },
  series: [series('a', 463.23), series('b', 465.73)],
  validUntil: FIXTURE_NOW + 2 * HOUR_MS,
};
const run: DecisionRun = {
  ...{ id: 'run-fixture', model: 'flood-routing', state: 'done', by: 'system', at: FIXTURE_NOW - 300_000 },
  ...{
    params: {},
    progress: null,
    expectedS: 1,
    tookS: 0.4,
    fault: '',
    seq: 9,
    inputs: '0'.repeat(64),
    advice,
  },
  ...{ changed: false, superseded: false, adopted: [], dismissed: null },
  cited: [
    {
      layer: 'reservoir',
      key: 'r',
      validAt: FIXTURE_NOW - 600_000,
      quality: 'good',
      source: 'reservoir',
      ageS: 300,
      values: {},
    },
  ],
};
const gap: Advice['gaps'][number] = {
  ...{ layer: 'river-gauge', kind: 'stale', what: title('甲站 10:00 起无新值', 'Jia is silent since 10:00') },
  used: title('用最后值与预报过程续算', 'goes on from the last value with the forecasts'),
};

const propsOf = (state: string, said: DecisionRun | null) => ({
  ...{ state, run: said, model: null, charts: 1, now: FIXTURE_NOW, timeZone: 'Asia/Shanghai' },
});
const states: Readonly<Partial<Record<FixtureState, object>>> = {
  down: propsOf('down', null),
  off: propsOf('off', null),
  empty: propsOf('quiet', null),
  late: propsOf('live', { ...run, changed: true }),
  stale: propsOf('live', { ...run, advice: { ...advice, gaps: [gap], validUntil: FIXTURE_NOW - HOUR_MS } }),
};

export const fixture = defineFixture({
  view: AdviceSheet,
  props: (state) => ({ ...(states[state] ?? propsOf('live', run)) }),
  more: {
    waiting: () => propsOf('waiting', null),
    forbidden: () => propsOf('forbidden', null),
    partial: () => propsOf('live', { ...run, advice: { ...advice, gaps: [gap] } }),
  },
});
