import { title } from '../../../contracts/declare.ts';
import type { Bulletin, DutyView, HandOver, ShiftTime } from '../../../contracts/records/duty.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf, type Answer } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import DutyBoard from './DutyBoard.vue';

const HOUR = 3_600_000;
const shift: ShiftTime = {
  ...{ id: 'day', name: title('白班', 'Day shift'), from: '08:30', to: '20:30', day: '2026-07-16' },
  ...{ startAt: FIXTURE_NOW - 4 * HOUR, endAt: FIXTURE_NOW + 8 * HOUR },
};
const handed: HandOver = {
  ...{
    id: 7,
    unit: 'city',
    shift,
    by: 'li',
    at: FIXTURE_NOW - HOUR,
    text: '关注甲江水位，明早复核。',
    signed: null,
  },
  items: [
    {
      ...{ kind: 'incident', id: '1', text: title('20260716-001 燃气泄漏', '20260716-001 Gas leak') },
      ...{ marks: [title('处置', 'Handling'), title('超时', 'overdue')], region: '1' },
    },
    {
      ...{ kind: 'feed', id: 'rain', text: title('雨量', 'Rain') },
      marks: [title('中断', 'down')],
      region: '1',
    },
  ],
};
const view: DutyView = {
  ...{ now: FIXTURE_NOW, shift, next: null, shifts: [shift] },
  units: [
    { id: 'city', name: title('市值班室', 'City desk') },
    { id: 'dept:fire', name: title('消防', 'Fire') },
  ],
  onDuty: [
    {
      ...{ unit: 'city', day: shift.day, shift: 'day', version: 3, versions: 2, by: 'wang', at: FIXTURE_NOW },
      people: [
        { name: '王主任', post: 'leader', account: '' },
        { name: '李值班', post: 'officer', account: 'li' },
      ],
    },
  ],
  handOvers: [
    handed,
    { ...handed, id: 5, signed: { by: 'zhao', at: FIXTURE_NOW - HOUR / 2, text: '已知悉' } },
  ],
  names: { li: '李值班', zhao: '赵值班' },
};
const bulletin: Bulletin = {
  ...{ from: FIXTURE_NOW - 4 * HOUR, to: FIXTURE_NOW, incidents: [] },
  sections: [
    {
      title: title('事件办理', 'Incidents'),
      figures: [
        { title: title('接报', 'reported'), value: 3, query: '/api/incidents?reportedFrom=1' },
        { title: title('办结', 'closed'), value: 1, query: '/api/duty/entries?kind=incident/close' },
      ],
    },
  ],
};
const done = (): Promise<Answer<never>> => Promise.resolve({ ok: false, refusal: refusalOf(0, '') });
const props = {
  ...{ view, bulletin, refusal: null, mayRoster: true, mayHand: true, now: FIXTURE_NOW },
  ...{ timeZone: 'Asia/Shanghai' },
  does: { handOver: done, sign: done, openItems: done, setRoster: done, undoRoster: done },
};
const own = title('由本系统记录，不依赖外部来源', 'Our own records: no source can be late');

export const fixture = defineFixture({
  view: DutyBoard,
  props: (state) => {
    if (state === 'down') return { ...props, view: null, bulletin: null, refusal: refusalOf(0, '') };
    if (state !== 'empty') return props;
    return { ...props, view: { ...view, onDuty: [], handOvers: [] }, bulletin: null };
  },
  never: { late: own, stale: own, off: own },
  more: {
    waiting: () => ({ ...props, view: null, bulletin: null }),
    forbidden: () => ({ ...props, view: null, bulletin: null, refusal: refusalOf(403, '') }),
    between: () => ({ ...props, view: { ...view, shift: null, next: shift, onDuty: [] } }),
  },
});
