import { title } from '../../../contracts/declare.ts';
import type { Conformance, PlanRun, StepProgress } from '../../../contracts/records/plan-run.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import PlanProgress from './PlanProgress.vue';

const MINUTE = 60_000;
const START = FIXTURE_NOW - 60 * MINUTE;
const run: PlanRun = {
  ...{
    id: 9,
    seq: 9,
    plan: 'flood-city',
    title: title('防汛应急预案', 'Flood plan'),
    version: 1,
    issued: null,
  },
  ...{ incident: 5, incidentNo: '20260716-002', level: 'III', startedAt: START, startedBy: 'wang' },
  ...{ endedAt: null, levels: [{ seq: 9, level: 'III', by: 'wang', at: START, reason: '橙色预警' }] },
};
const step = (id: string, zh: string, more: Partial<StepProgress>): StepProgress => ({
  ...{
    key: `9-9-${id}`,
    step: id,
    clause: '5.2',
    text: title(zh, id),
    after: [],
    state: 'open',
    receivedAt: null,
    task: 1,
  },
  ...{ unit: { id: 'dept:fire', name: title('市消防救援支队', 'Fire brigade') }, doneAt: null },
  ...{ plannedStartAt: START, plannedDueAt: START + 45 * MINUTE, givenAt: START },
  ...{ dueAt: START + 45 * MINUTE, ...more },
});
const steps = [
  step('patrol', '巡查堤防', { clause: '5.1', state: 'done', doneAt: START + 30 * MINUTE }),
  step('close', '封控沿江低洼路段', { state: 'late' }),
  step('boats', '水上救援队前置', { state: 'done-late', doneAt: START + 55 * MINUTE }),
  step('shelter', '开设安置点', { dueAt: START + 90 * MINUTE, plannedDueAt: START + 90 * MINUTE }),
  step('move', '转移群众', {
    ...{ state: 'waiting', task: null, givenAt: null, after: ['shelter'] },
    ...{ plannedStartAt: START + 90 * MINUTE, plannedDueAt: START + 150 * MINUTE, dueAt: null },
  }),
  step('schools', '停课', { state: 'withdrawn' }),
];
const conformance: Conformance = {
  progress: {
    ...{ run, now: FIXTURE_NOW, steps },
    counts: { waiting: 1, open: 1, late: 1, done: 1, 'done-late': 1, withdrawn: 1 },
  },
  clauses: [
    {
      ...{ clause: '5.1', title: title('Ⅳ级响应', 'Response IV'), inTime: 1, due: 1 },
      ...{ steps: steps.slice(0, 1), meanDelayMs: -15 * MINUTE },
    },
    {
      ...{ clause: '5.2', title: title('Ⅲ级响应', 'Response III'), inTime: 0, due: 2 },
      ...{ steps: steps.slice(1), meanDelayMs: 10 * MINUTE },
    },
  ],
  scorePercent: 33,
  incident: { no: '20260716-002', title: '竹园河水上涨' },
};
const props = {
  ...{ runs: [run], shown: 9, refusal: null, conformance, now: FIXTURE_NOW, timeZone: 'Asia/Shanghai' },
  ...{ selection: null, hover: null },
};
const own = title('由本系统记录，不依赖外部来源', 'Our own records: no source can be late');

export const fixture = defineFixture({
  view: PlanProgress,
  props: (state) => {
    if (state === 'down')
      return { ...props, runs: null, shown: null, conformance: null, refusal: refusalOf(0, '') };
    return state === 'empty' ? { ...props, runs: [], shown: null, conformance: null } : props;
  },
  never: { late: own, stale: own, off: own },
  more: {
    waiting: () => ({ ...props, runs: null, shown: null, conformance: null }),
    chosen: () => ({ ...props, selection: { layer: 'plan-step', key: '9-9-close' } }),
    forbidden: () => ({ ...props, runs: null, conformance: null, refusal: refusalOf(403, '') }),
  },
});
