import { title } from '../../../contracts/declare.ts';
import type { Situation, SituationPage } from '../../../contracts/records/situation.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import SituationReports from './SituationReports.vue';

const report: Situation = {
  ...{ id: 60, no: 'B20260716-002', issue: 2, kind: 'follow', by: 'wang', at: FIXTURE_NOW - 600_000 },
  incident: { id: 3, no: '20260716-003', title: '江水漫堤', seq: 44 },
  sections: [
    {
      title: title('灾情与事件', 'The incident'),
      figures: [
        {
          ...{ id: 'fact.evacuated', title: title('转移安置（人）', 'Evacuated'), value: 120, before: 80 },
          ...{ entries: [31], rows: [] },
        },
      ],
    },
    {
      title: title('指令', 'Orders'),
      figures: [
        {
          ...{ id: 'orders.issued', title: title('下达', 'Given'), value: 2, before: null },
          ...{ entries: [41], rows: [] },
        },
      ],
    },
  ],
  cited: [{ seq: 31, what: title('更正', 'Amend'), by: 'li', at: FIXTURE_NOW - 900_000 }],
  previous: { id: 50, no: 'B20260716-001', at: FIXTURE_NOW - 7_200_000 },
  ...{ text: '甲江水位继续上涨，下河堤已封闭。', next: '每小时续报。', decisions: [] },
  evidence: { id: 59, hash: 'a'.repeat(64) },
};
const page: SituationPage = { reports: [report], kinds: ['follow'], names: { wang: '王主任' } };
const refused = () => Promise.resolve({ ok: false, refusal: refusalOf(409, '') } as const);
const props = {
  ...{ incident: 3, page, unread: null, units: [], mayIssue: true, does: { draft: refused, issue: refused } },
  ...{ now: FIXTURE_NOW, moment: () => '20:00' },
};
const own = title('签发后不再改变，不会过时', 'What was issued does not change: never out of date');

export const fixture = defineFixture({
  view: SituationReports,
  props: (state) => {
    if (state === 'down') return { ...props, page: null, unread: refusalOf(0, '') };
    return state === 'empty' ? { ...props, page: { ...page, reports: [], kinds: ['special'] } } : props;
  },
  never: { late: own, stale: own, off: own },
  more: {
    waiting: () => ({ ...props, page: null }),
    forbidden: () => ({ ...props, page: null, unread: refusalOf(403, '') }),
    reading: () => ({ ...props, mayIssue: false }),
  },
});
