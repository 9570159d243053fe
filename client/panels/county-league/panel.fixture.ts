import { title } from '../../../contracts/declare.ts';
import { defineFixture } from '../panel.ts';
import type { League, LeagueRow } from './league.ts';
import LeagueView from './LeagueView.vue';

const row = (id: string, zh: string, change: Partial<LeagueRow> = {}): LeagueRow => ({
  ...{ id, name: title(zh, `County ${id}`), place: null, reported: 0, closed: 0, overdue: 0 },
  ...{ medianHours: null, score: null },
  ...change,
});
const full: League = {
  rows: [
    row('1', '甲区', { place: 1, reported: 12, closed: 11, medianHours: 5.5, score: 93.4 }),
    row('2', '乙县', { place: 2, reported: 18, closed: 9, overdue: 3, medianHours: 21.5, score: 61.2 }),
    row('3', '丙县', { reported: 2, closed: 2, medianHours: 1.5 }),
    row('4', '丁县'),
  ],
  ...{ left: 3, ranked: 2, reported: 32, days: 30 },
};
const few: League = { ...full, rows: full.rows.slice(2), left: 0, ranked: 0, reported: 2 };
const none: League = { ...few, rows: [row('4', '丁县')], reported: 0 };

type State = 'live' | 'waiting' | 'down' | 'forbidden';
const propsOf = (league: League | null, state: State = 'live', isPast = false) => ({
  league,
  state,
  isPast,
});
const own = title('由本系统记录，不依赖外部来源', 'Our own records: no source can be late');

export const fixture = defineFixture({
  view: LeagueView,
  props: (state) => {
    if (state === 'down') return propsOf(null, 'down');
    return propsOf(state === 'empty' ? none : full);
  },
  never: { late: own, stale: own, off: own },
  more: {
    partial: () => propsOf(few),
    waiting: () => propsOf(null, 'waiting'),
    forbidden: () => propsOf(null, 'forbidden'),
    past: () => propsOf(full, 'live', true),
  },
});
