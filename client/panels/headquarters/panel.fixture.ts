import { title } from '../../../contracts/declare.ts';
import type { Centre, HeadquartersView, RollCall, Seat } from '../../../contracts/records/headquarters.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import CommandDesk from './CommandDesk.vue';

const MINUTE = 60_000;
const unit = (id: string, zh: string) => ({ id, name: title(zh, id) });
const seat = (id: string, zh: string, name: string | null): Seat => ({
  ...{ seat: id, title: title(zh, id), unit: unit('city', '甲市政府') },
  holder:
    name === null ? null : { name, account: '', how: 'roster', since: null, until: null, by: '', reason: '' },
});
const call: RollCall = {
  ...{
    id: 3,
    at: FIXTURE_NOW - 12 * MINUTE,
    by: '值班长',
    area: '甲',
    dueAt: FIXTURE_NOW - 2 * MINUTE,
    text: '',
  },
  called: [unit('county:1', '乙县指挥中心'), unit('county:2', '丙县指挥中心')],
  answers: [
    {
      ...{ unit: 'county:1', at: FIXTURE_NOW - 9 * MINUTE, by: '乙县' },
      ...{ state: 'limited', people: 3, text: '两人在途', isLate: false },
    },
  ],
  ...{ missing: [unit('county:2', '丙县指挥中心')], escalatedAt: FIXTURE_NOW - 2 * MINUTE, endedAt: null },
};
const centres: Centre[] = call.called.map((one) => ({
  unit: one,
  kind: 'county',
  onDuty: ['张三'],
  last: null,
}));
const view: HeadquartersView = {
  now: FIXTURE_NOW,
  headquarters: [
    {
      ...{ run: 9, plan: title('甲市防汛应急预案', 'Flood plan'), incident: 5, incidentNo: '20260716-002' },
      ...{
        level: 'III',
        seats: [seat('chief', '指挥长', '王市长'), seat('office', '办公室', null)],
        log: [],
      },
      groups: [
        {
          ...seat('group:rescue', '抢险救援组', '李支队长'),
          members: [],
          tasks: { open: 2, late: 1, done: 3 },
        },
      ],
    },
  ],
  ...{ centres, calls: [call] },
};
const no = () => Promise.resolve(false);
const props = {
  ...{ view, unread: null, refusal: null, now: FIXTURE_NOW, timeZone: 'Asia/Shanghai' },
  does: { bind: no, call: no, answer: no, end: no },
};
const own = title('由本系统记录，不依赖外部来源', 'Our own records: no source can be late');

export const fixture = defineFixture({
  view: CommandDesk,
  props: (state) => {
    if (state === 'down') return { ...props, view: null, unread: refusalOf(0, '') };
    return state === 'empty' ? { ...props, view: { ...view, headquarters: [], calls: [] } } : props;
  },
  never: { late: own, stale: own, off: own },
  more: {
    waiting: () => ({ ...props, view: null }),
    forbidden: () => ({ ...props, view: null, unread: refusalOf(403, '') }),
    failed: () => ({ ...props, refusal: refusalOf(409, '') }),
  },
});
