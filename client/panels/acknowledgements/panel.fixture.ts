import { title } from '../../../contracts/declare.ts';
import type { AcknowledgementPage, AcknowledgementView } from '../../../contracts/records/acknowledgement.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import AckList from './AckList.vue';

const MINUTE = 60_000;
const town = (n: number, zh: string) => ({ id: `town:10110${n}`, name: title(zh, `Town ${n}`) });
const [a, b, c] = [town(1, '甲镇'), town(2, '乙镇'), town(3, '丙乡')];
const answer = { by: 'feed:town-receipt', way: 'system', text: '', isLate: false } as const;
const warning: AcknowledgementView = {
  ...{ id: 7, seq: 9, subject: 'warning', of: 'w1', title: '市气象台发布暴雨橙色预警', severity: 'orange' },
  ...{ at: FIXTURE_NOW - 14 * MINUTE, dueAt: FIXTURE_NOW - 4 * MINUTE, asked: [a, b, c], endedAt: null },
  answers: [
    { ...answer, unit: a.id, at: FIXTURE_NOW - 12 * MINUTE },
    { ...answer, unit: b.id, at: FIXTURE_NOW - 2 * MINUTE, isLate: true },
  ],
  escalated: [{ at: FIXTURE_NOW - 4 * MINUTE, to: 'county', missing: 2 }],
  missing: [
    {
      ...{ unit: c, notice: 'sent' },
      contacts: [{ post: title('值班室', 'Duty'), phone: '0839-1234567', dial: 'tel:08391234567' }],
    },
  ],
};
const order: AcknowledgementView = {
  ...{ id: 8, seq: 8, subject: 'dispatch-order', of: 'DD-1', title: '甲水库调度令 DD-1', severity: null },
  ...{ at: FIXTURE_NOW - 3 * MINUTE, dueAt: FIXTURE_NOW + 27 * MINUTE, asked: [a], endedAt: null },
  ...{ answers: [], escalated: [], missing: [{ unit: a, notice: null, contacts: [] }] },
};
const page: AcknowledgementPage = { acknowledgements: [warning, order], withheld: null, names: {} };
const does = { phoned: () => Promise.resolve({ ok: false, refusal: refusalOf(409, '') } as const) };
const props = { page, refusal: null, mayAnswer: true, does, now: FIXTURE_NOW, moment: () => '20:00' };
const own = title('取自签收记录，不会过时', 'Out of the records of acknowledgements: never out of date');

export const fixture = defineFixture({
  view: AckList,
  props: (state) => {
    if (state === 'down') return { ...props, page: null, refusal: refusalOf(0, '') };
    return state === 'empty' ? { ...props, page: { ...page, acknowledgements: [] } } : props;
  },
  never: { late: own, stale: own, off: own },
  more: {
    waiting: () => ({ ...props, page: null }),
    forbidden: () => ({ ...props, page: null, refusal: refusalOf(403, '') }),
    drill: () => ({ ...props, page: { ...page, withheld: title('演练', 'A drill') }, mayAnswer: false }),
  },
});
