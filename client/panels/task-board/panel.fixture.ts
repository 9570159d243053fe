import { title } from '../../../contracts/declare.ts';
import type { BoardTask } from '../../../contracts/records/headquarters.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import BoardColumns from './BoardColumns.vue';

const MINUTE = 60_000;
const task = (id: number, text: string, more: Partial<BoardTask>): BoardTask => ({
  ...{ id, text, unit: { id: 'dept:fire', name: title('市消防救援支队', 'Fire brigade') } },
  ...{ group: title('抢险救援组', 'Rescue'), plan: title('防汛应急预案', 'Flood plan') },
  ...{ incident: 5, incidentNo: '20260716-002', incidentTitle: '竹园河水上涨', state: 'under-way' },
  ...{ givenAt: FIXTURE_NOW - 30 * MINUTE, dueAt: FIXTURE_NOW + 15 * MINUTE, isLate: false, ...more },
});
const tasks = [
  task(1, '水上救援队前置到竹园', { isLate: true, dueAt: FIXTURE_NOW - 8 * MINUTE }),
  task(2, '巡查堤防', {}),
  task(3, '开设安置点', { group: title('转移安置组', 'Shelter') }),
  task(4, '核实受损房屋', { group: null, plan: null, dueAt: null, state: 'given' }),
];
const props = { tasks, refusal: null, chosen: null, pointed: null, now: FIXTURE_NOW };
const own = title('由本系统记录，不依赖外部来源', 'Our own records: no source can be late');

export const fixture = defineFixture({
  view: BoardColumns,
  props: (state) => {
    if (state === 'down') return { ...props, tasks: null, refusal: refusalOf(0, '') };
    return state === 'empty' ? { ...props, tasks: [] } : props;
  },
  never: { late: own, stale: own, off: own },
  more: {
    chosen: () => ({ ...props, chosen: 2, pointed: 3 }),
    waiting: () => ({ ...props, tasks: null }),
    forbidden: () => ({ ...props, tasks: null, refusal: refusalOf(403, '') }),
  },
});
