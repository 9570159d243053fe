import { title } from '../../../contracts/declare.ts';
import type { PlanSummary } from '../../../contracts/records/plan-actions.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import { plan } from './plan.fixture.ts';
import PlanList from './PlanList.vue';

const { id, level, kinds, owner, area } = plan;
const flood: PlanSummary = {
  ...{ id, title: plan.title, level, kinds, owner, area, seq: 3, inForce: 1, underWork: null },
  ...{ changedAt: FIXTURE_NOW, steps: 2, errors: 0, warnings: 2 },
};
const fire: PlanSummary = {
  ...flood,
  ...{ id: 'forest-fire', title: title('森林火灾应急预案', 'Forest fire plan'), kinds: ['forest-fire'] },
  ...{ inForce: null, underWork: { no: 1, state: 'review' }, errors: 1 },
};
const props = { plans: [flood, fire], refusal: null, moment: () => '10:00' };
const own = title('由本系统记录，不依赖外部来源', 'Our own records: no source can be late');

export const fixture = defineFixture({
  view: PlanList,
  props: (state) => {
    if (state === 'down') return { ...props, plans: null, refusal: refusalOf(0, '') };
    return state === 'empty' ? { ...props, plans: [] } : props;
  },
  never: { late: own, stale: own, off: own },
  more: {
    waiting: () => ({ ...props, plans: null }),
    forbidden: () => ({ ...props, plans: null, refusal: refusalOf(403, '') }),
  },
});
