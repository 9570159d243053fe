import { title } from '../../../contracts/declare.ts';
import type { Communication } from '../../../contracts/records/headquarters.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import CommunicationLines from './CommunicationLines.vue';

const MINUTE = 60_000;
const order = (zh: string, en: string, dueMin: number): Communication['orders']['waiting'][number] => ({
  ...{ no: 'Z20260716-001', to: title(zh, en), dueAt: FIXTURE_NOW + dueMin * MINUTE },
  ...{ isLate: dueMin < 0, escalations: dueMin < 0 ? 1 : 0 },
});
const talk: Communication = {
  calls: [
    {
      ...{ kind: 'roll-call', no: '', at: FIXTURE_NOW - 6 * MINUTE, dueAt: FIXTURE_NOW + 4 * MINUTE },
      ...{ called: 9, answered: 7 },
    },
  ],
  orders: {
    open: 6,
    waiting: [
      order('甲县指挥中心', 'Centre of Jia', -3),
      order('市水利局', 'Water bureau', 4),
      order('乙镇', 'Town of Yi', 8),
      order('丙镇', 'Town of Bing', 9),
    ],
  },
  meeting: {
    ...{ no: 'T20260716-002', at: FIXTURE_NOW - 9 * MINUTE, address: 'sip:flood@meet.example' },
    ...{ called: 5, coming: 3 },
  },
};
const none: Communication = { calls: [], orders: { open: 0, waiting: [] }, meeting: null };
const propsOf = (said: Communication | null) => ({ talk: said, refusal: null, rows: 5, now: FIXTURE_NOW });
const own = title('由本系统记录，不依赖外部来源', 'Our own records: no source can be late');

export const fixture = defineFixture({
  view: CommunicationLines,
  props: (state) => {
    if (state === 'down') return { ...propsOf(null), refusal: refusalOf(0, '') };
    return propsOf(state === 'empty' ? none : talk);
  },
  never: { late: own, stale: own, off: own },
  more: {
    waiting: () => propsOf(null),
    partial: () => propsOf({ ...none, orders: { open: 2, waiting: [] }, meeting: talk.meeting }),
  },
});
