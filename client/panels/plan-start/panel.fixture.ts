import { title } from '../../../contracts/declare.ts';
import type { PlanSummary } from '../../../contracts/records/plan-actions.ts';
import type { PlanRun } from '../../../contracts/records/plan-run.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf, type Answer } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import PlanStart from './PlanStart.vue';

const name = title('防汛应急预案', 'Flood plan');
const plan: PlanSummary = {
  ...{
    id: 'flood-city',
    title: name,
    level: 'special',
    kinds: ['flood'],
    owner: 'dept:water',
    area: '510800',
  },
  ...{ seq: 3, inForce: 1, underWork: null, changedAt: FIXTURE_NOW, steps: 16, errors: 0, warnings: 2 },
};
const run: PlanRun = {
  ...{ id: 9, seq: 9, plan: 'flood-city', title: name, version: 1, issued: null, incident: 5, level: 'III' },
  ...{ incidentNo: '20260716-002', startedAt: FIXTURE_NOW, startedBy: 'wang', endedAt: null, levels: [] },
};
const done = (): Promise<Answer<never>> => Promise.resolve({ ok: false, refusal: refusalOf(0, '') });
const props = {
  incident: { id: 5, kind: 'flood', grade: 'III', stage: 'handling', title: '竹园河水上涨' },
  ...{ plans: [plan], refusal: null, runs: [run, { ...run, id: 8, level: null, endedAt: FIXTURE_NOW }] },
  ...{ mayStart: true, mayRead: true, isPast: false, moment: () => '10:00' },
  does: { preview: done, do: done },
};
const own = title('由本系统记录，不依赖外部来源', 'Our own records: no source can be late');

export const fixture = defineFixture({
  view: PlanStart,
  props: (state) => {
    if (state === 'down') return { ...props, plans: null, runs: [], refusal: refusalOf(0, '') };
    return state === 'empty' ? { ...props, plans: [], runs: [] } : props;
  },
  never: { late: own, stale: own, off: own },
  more: {
    waiting: () => ({ ...props, plans: null, runs: [] }),
    forbidden: () => ({ ...props, mayStart: false, plans: null, refusal: refusalOf(403, '') }),
    past: () => ({ ...props, isPast: true }),
  },
});
