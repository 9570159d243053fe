import { title } from '../../../contracts/declare.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { defineFixture } from '../panel.ts';
import BookmarkList from './BookmarkList.vue';

const HOUR = 3_600_000;
const list = [
  { name: '甲坝与下游两个站', madeAt: FIXTURE_NOW - HOUR, view: 'v.list=reservoir' },
  { name: '07-14 早班', madeAt: FIXTURE_NOW - 33 * HOUR, view: 'v.list=ticket' },
];
const local = title('只存于本浏览器，没有来源', 'Kept by this browser: no feed is behind them');

export const fixture = defineFixture({
  view: BookmarkList,
  props: (state) => ({
    list: state === 'empty' ? [] : list,
    now: FIXTURE_NOW,
    timeZone: 'Asia/Shanghai',
  }),
  never: { late: local, stale: local, down: local, off: local },
});
