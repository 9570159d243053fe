import type { PanelState } from '../../stores/contact.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import RankSection from '../../ui/RankSection.vue';
import { defineFixture } from '../panel.ts';
import { categoryRows } from './categories.ts';
import { ticketsOf } from './ticket.fixture.ts';

const list = [
  ...Array.from({ length: 9 }, (_, i) => ['供水', i < 2] as const),
  ...Array.from({ length: 5 }, () => ['噪声', false] as const),
  ['占道', false] as const,
];
const propsIn = (state: PanelState, tickets: typeof list) => ({
  heading: '在办诉求分类',
  note: '1 分前',
  state,
  none: '没有在办工单',
  rows: categoryRows({
    table: ticketsOf(tickets, FIXTURE_NOW),
    most: 6,
    now: FIXTURE_NOW,
    locale: 'zh',
    words: { other: '其他', overdue: '超时', unit: '件' },
  }),
});

export const fixture = defineFixture({
  view: RankSection,
  props: (state) => (state === 'empty' ? propsIn('quiet', []) : propsIn(state, list)),
  more: { waiting: () => propsIn('waiting', []), forbidden: () => propsIn('forbidden', []) },
});
