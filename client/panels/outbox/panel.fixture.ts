import { title } from '../../../contracts/declare.ts';
import type { Message, Outbox } from '../../../contracts/records/message.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import OutboxList from './OutboxList.vue';

const MINUTE = 60_000;
const at = FIXTURE_NOW - 20 * MINUTE;
const notice: Message = {
  ...{ id: 21, seq: 25, kind: 'notice', state: 'failed', cause: 'assign', once: '1-e20-a-0' },
  to: { id: 'dept:fire', name: { zh: '市消防救援支队', en: 'Fire brigade' } },
  text: '【甲市值班室】请承办：20260715-003 某小区燃气泄漏，14:35 前开始处置。请确认收到。',
  incident: { id: 3, no: '20260715-003', title: '某小区燃气泄漏', region: '1' },
  ...{ writtenAt: at, writtenBy: 'demo', approvedBy: null, attempts: 5, nextAt: null, reference: '' },
  error: 'https://sms.example.org/send: status 503: the gateway cannot take it now',
  ...{ sentAt: null, deliveredAt: null, readAt: null, readBy: '', ackDueAt: null, rung: 0 },
  ...{ escalates: null, escalatedTo: 26 },
  log: [
    { seq: 21, step: 'put', by: 'demo', at, text: '' },
    { seq: 25, step: 'fail', by: 'system', at: at + MINUTE, text: 'status 503' },
  ],
};
const reply: Message = {
  ...notice,
  ...{ id: 30, seq: 30, kind: 'reply', state: 'draft', cause: 'close', error: '', attempts: 0 },
  to: { id: 'ticket:T-7', name: { zh: '来件 T-7', en: 'Ticket T-7' } },
  text: '您反映的“小区有燃气味”已由市消防救援支队办理完毕。办理结果：已更换阀门。',
  escalatedTo: null,
  log: [{ seq: 30, step: 'put', by: 'demo', at, text: '' }],
};
const sent: Message = { ...notice, id: 26, seq: 28, state: 'delivered', error: '', escalatedTo: null };
const some: Outbox = {
  ...{ withheld: null, messages: [reply, sent, notice], total: 3, paused: { sms: FIXTURE_NOW + MINUTE } },
  counts: { draft: 1, delivered: 1, failed: 1 },
};
const drill: Outbox = {
  withheld: title('演练：消息只记录，不外发', 'A drill: messages are written down, and none leaves'),
  ...{ messages: [{ ...sent, state: 'withheld' }], total: 1, counts: { withheld: 1 }, paused: {} },
};
const props = {
  ...{ outbox: some, unread: null, state: null, chosen: 30, refusal: null, isPast: false },
  ...{ now: FIXTURE_NOW, timeZone: 'Asia/Shanghai' },
};
const own = title('取自发件记录，不会过时', 'Out of the records of messages: never out of date');

export const fixture = defineFixture({
  view: OutboxList,
  props: (state) => {
    if (state === 'down') return { ...props, outbox: null, unread: refusalOf(0, '') };
    if (state === 'off') return { ...props, outbox: drill, chosen: 26 };
    const none: Outbox = { withheld: null, messages: [], total: 0, counts: {}, paused: {} };
    return state === 'empty' ? { ...props, outbox: none } : props;
  },
  never: { late: own, stale: own },
  more: {
    waiting: () => ({ ...props, outbox: null }),
    forbidden: () => ({ ...props, outbox: null, unread: refusalOf(403, '') }),
    refused: () => ({ ...props, refusal: refusalOf(409, '') }),
    past: () => ({ ...props, isPast: true }),
  },
});
