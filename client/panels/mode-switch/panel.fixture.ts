import { title } from '../../../contracts/declare.ts';
import type { Commit, Crisis, CrisisSaid, CrisisView, Proposal } from '../../../contracts/records/crisis.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf, type Refusal } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import CrisisList from './CrisisList.vue';

const MINUTE = 60_000;
const said: Omit<CrisisSaid, 'verb'> = {
  ...{ area: '甲区', name: '丙站超警', responses: [{ kind: 'flood', level: 'III' }], scene: '', plans: [] },
  ...{ until: FIXTURE_NOW + 21 * MINUTE, incident: null },
};
const crisis: Crisis = {
  ...said,
  ...{ id: 7, level: 'III', sinceAt: FIXTURE_NOW - 9 * MINUTE, isAlone: true },
};
const change = { verb: 'begin' as const, ...said };
const commit: Commit = {
  ...{ id: 7, change, at: crisis.sinceAt, by: '值班员甲', reason: '丙站超警戒' },
  ...{ proposal: null, before: null, review: null, confirmed: null },
};
const proposal: Proposal = {
  ...{
    id: 8,
    change: { verb: 'end', area: '甲区' },
    by: '值班员乙',
    at: FIXTURE_NOW - MINUTE,
    reason: '已退水',
  },
  ...{ expiresAt: FIXTURE_NOW + 29 * MINUTE, state: 'open', decided: null },
  preview: [
    {
      ...{ part: 'tick', what: title('全部屏幕', 'All screens') },
      ...{ before: title('0.5 秒', '0.5 s'), after: title('1 秒', '1 s') },
    },
  ],
};
const view: CrisisView = {
  ...{
    now: FIXTURE_NOW,
    crises: [crisis],
    proposals: [proposal],
    commits: [commit],
    troubles: [],
    names: {},
  },
};

interface Drawn {
  readonly unread?: Refusal;
  readonly refusal?: Refusal;
}
const propsOf = (shown: CrisisView | null, { unread, refusal }: Drawn = {}) => ({
  ...{ view: shown, unread: unread ?? null, refusal: refusal ?? null, self: '值班员甲' },
  ...{ nameOf: (code: string) => code, now: FIXTURE_NOW, timeZone: 'Asia/Shanghai' },
});
const logged = title('取自记录，不会过时', 'Out of the log: never out of date');

export const fixture = defineFixture({
  view: CrisisList,
  props: (state) =>
    state === 'down' || state === 'off'
      ? propsOf(null, { unread: refusalOf(state === 'down' ? 0 : 404, '') })
      : propsOf(state === 'empty' ? { ...view, crises: [], proposals: [] } : view),
  never: { late: logged, stale: logged },
  more: {
    waiting: () => propsOf(null),
    failed: () => propsOf(view, { refusal: refusalOf(409, '') }),
    forbidden: () => propsOf(null, { unread: refusalOf(403, '') }),
  },
});
