import { title } from '../../../contracts/declare.ts';
import type { UnitRef } from '../../../contracts/records/incident.ts';
import type { Order, OrderPage } from '../../../contracts/records/order.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import OrderBoard from './OrderBoard.vue';

const MINUTE = 60_000;
const at = FIXTURE_NOW - 32 * MINUTE;
const units: readonly UnitRef[] = [
  { id: 'city', name: title('甲市值班室', 'Duty desk') },
  { id: 'county:1', name: title('甲县指挥中心', 'County centre') },
  { id: 'dept:water', name: title('市水利局', 'Water bureau') },
];
const [desk, county, water] = units as [UnitRef, UnitRef, UnitRef];
const late: Order = {
  ...{ id: '41-1', issue: 41, seq: 45, no: 'Z20260716-002', state: 'issued', urgent: true },
  ...{ text: '立即封闭下河堤步道，转移滞留人员。', place: '下河堤', position: null },
  ...{ from: desk, to: { unit: county, post: 'chief', person: '赵值班长' }, region: '1' },
  ...{ givenBy: 'wang', givenAt: at, dueAt: FIXTURE_NOW + 28 * MINUTE, ackMin: 10 },
  ...{ nextNudgeAt: FIXTURE_NOW + 8 * MINUTE, incident: { id: 3, no: '20260716-003', region: '1' } },
  ...{ clause: { plan: 'flood', version: 3, clause: '5.2' }, evidence: { id: 40, hash: 'a'.repeat(64) } },
  ...{ work: true, task: 43, deliveredAt: null, acknowledgedAt: null, acknowledgedBy: '', doneAt: null },
  ...{ late: true, escalations: 1, why: '' },
  log: [
    { seq: 41, verb: 'issue', by: 'wang', at, text: '' },
    { seq: 44, verb: 'remind', by: 'system', at: at + 10 * MINUTE, text: '' },
    {
      ...{ seq: 45, verb: 'escalate', by: 'system', at: at + 20 * MINUTE, text: '' },
      to: { unit: county, post: 'leader', person: '孙局长' },
    },
  ],
};
const done: Order = {
  ...late,
  ...{ id: '30-1', issue: 30, seq: 36, no: 'Z20260716-001', state: 'under-way', urgent: false, late: false },
  ...{ text: '核查水库闸门启闭状态并报告。', place: '', to: { unit: water, post: '', person: '' } },
  ...{ incident: null, clause: null, work: false, task: null, escalations: 0, acknowledgedAt: at },
  log: [
    { seq: 30, verb: 'issue', by: 'wang', at, text: '' },
    { seq: 33, verb: 'deliver', by: 'gateway', at: at + MINUTE, text: '' },
    { seq: 34, verb: 'acknowledge', by: 'li', at: at + 2 * MINUTE, text: '' },
    { seq: 36, verb: 'start', by: 'li', at: at + 3 * MINUTE, text: '' },
  ],
};
const page: OrderPage = {
  ...{ orders: [done, late], total: 2, counts: { issued: 1, 'under-way': 1 }, withheld: null },
  names: { wang: '王主任', li: '李工' },
};
const refused = () => Promise.resolve({ ok: false, refusal: refusalOf(409, '') } as const);
const props = {
  ...{ page, unread: null, chosen: '41-1', withOver: false, form: null, units },
  incidents: [
    { ...{ id: 3, name: '20260716-003 江水漫堤', kind: 'flood', region: '1', owner: 'dept:water' } } as const,
  ],
  templates: [
    {
      ...{
        id: 'close',
        title: title('封闭沿江道路', 'Close the riverside'),
        kinds: ['flood'],
        to: ['county'],
      },
      ...{ text: title('封闭{place}', 'Close {place}'), dueMin: 30, ackMin: 10, urgent: true, work: true },
    },
  ],
  ...{ map: null, position: null },
  rights: { give: true, answer: true, evidence: true },
  does: {
    ...{ give: refused, answer: refused, showPack: () => Promise.resolve(null) },
    find: {
      ...{ unit: () => Promise.resolve([]), place: () => Promise.resolve([]), near: () => '' },
      clauses: () => Promise.resolve([]),
    },
    evidence: () => ({
      rows: [{ layer: 'river-gauge', key: 'g1' }],
      view: { page: '/desk', scene: '', shared: '', at: null, clock: 'known' as const },
    }),
  },
  ...{ isPast: false, now: FIXTURE_NOW, timeZone: 'Asia/Shanghai' },
};
const own = title('取自指令记录，不会过时', 'Out of the records of orders: never out of date');

export const fixture = defineFixture({
  view: OrderBoard,
  props: (state) => {
    if (state === 'down') return { ...props, page: null, unread: refusalOf(0, '') };
    if (state === 'off')
      return {
        ...props,
        page: { ...page, withheld: title('演练：消息只记录，不外发', 'A drill: no message leaves') },
      };
    const none: OrderPage = { orders: [], total: 0, counts: {}, withheld: null, names: {} };
    return state === 'empty' ? { ...props, page: none, chosen: null } : props;
  },
  never: { late: own, stale: own },
  more: {
    waiting: () => ({ ...props, page: null }),
    forbidden: () => ({ ...props, page: null, unread: refusalOf(403, '') }),
    form: () => ({ ...props, form: { incident: 3, to: ['dept:water'], place: '下河堤' } }),
    pointing: () => ({
      ...{ ...props, form: { incident: null }, position: [105.81, 32.43] },
      map: { isAsking: true, ask: () => undefined, leave: () => undefined },
    }),
    past: () => ({ ...props, isPast: true }),
    answering: () => ({ ...props, chosen: '30-1', rights: { give: false, answer: true, evidence: false } }),
  },
});
