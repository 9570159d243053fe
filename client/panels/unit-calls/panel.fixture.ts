import { title } from '../../../contracts/declare.ts';
import type { LonLat } from '../../../contracts/column.ts';
import type { Call, CallPage, UnitFound } from '../../../contracts/records/call.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import UnitCalls from './UnitCalls.vue';

const county = { id: 'county:1', name: title('甲县指挥中心', 'County centre') };
const town = { id: 'town:101', name: title('河口街道', 'Hekou') };
const silent = { answer: null, answeredAt: null, answeredBy: '', text: '' } as const;
const call: Call = {
  ...{ id: 50, seq: 53, no: 'T20260716-001', kind: 'roll-call', text: '汛情点名，请应答', address: '' },
  ...{ area: null, from: { id: 'city', name: title('市值班室', 'Duty desk') }, by: 'wang' },
  ...{ at: FIXTURE_NOW - 240_000, answerUntil: FIXTURE_NOW + 360_000, incident: null },
  members: [
    {
      ...{ unit: county, notice: 'delivered', noticeAt: FIXTURE_NOW - 200_000 },
      ...{ answer: 'here', answeredAt: FIXTURE_NOW - 120_000, answeredBy: 'zhao', text: '' },
    },
    { unit: town, notice: 'sent', noticeAt: FIXTURE_NOW - 230_000, ...silent },
  ],
};
const page: CallPage = { calls: [call], withheld: null, names: {} };
const found: readonly UnitFound[] = [
  {
    ...{ ...county, at: [105.8, 32.4] },
    contacts: [{ post: title('值班室', 'Duty'), phone: '0839-1234567', dial: 'tel:08391234567' }],
  },
  { ...town, at: [105.9, 32.4], contacts: [] },
];
const area: readonly LonLat[] = [
  [105.7, 32.3],
  [106, 32.3],
  [106, 32.6],
];
const refused = () => Promise.resolve({ ok: false, refusal: refusalOf(409, '') } as const);
const props = {
  ...{ page, unread: null, area: null, incident: null, mayMake: true, mayAnswer: true, hasMap: true },
  does: {
    inside: () => Promise.resolve({ ok: true, value: { units: found } } as const),
    ...{ make: refused, answer: refused },
  },
  ...{ now: FIXTURE_NOW, moment: () => '20:00' },
};
const own = title('取自呼叫记录，不会过时', 'Out of the records of calls: never out of date');

export const fixture = defineFixture({
  view: UnitCalls,
  props: (state) => {
    if (state === 'down') return { ...props, page: null, unread: refusalOf(0, '') };
    if (state === 'off')
      return {
        ...props,
        page: { ...page, withheld: title('演练：消息只记录，不外发', 'A drill: no message leaves') },
      };
    return state === 'empty' ? { ...props, page: { ...page, calls: [] } } : props;
  },
  never: { late: own, stale: own },
  more: {
    waiting: () => ({ ...props, page: null }),
    forbidden: () => ({ ...props, page: null, unread: refusalOf(403, '') }),
    drawn: () => ({ ...props, area }),
  },
});
