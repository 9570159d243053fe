import { title } from '../../../contracts/declare.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf, type Operation, type Refusal } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import CrisisList from './CrisisList.vue';

const MINUTE = 60_000;
const crisis: Operation = {
  id: 7,
  kind: 'mode/crisis',
  at: FIXTURE_NOW - 9 * MINUTE,
  by: '值班员甲',
  reason: '丙站超警戒',
  until: FIXTURE_NOW + 21 * MINUTE,
  status: 'active',
  undoable: true,
  body: { area: '甲区' },
};

interface Drawn {
  readonly unread?: Refusal;
  readonly refusal?: Refusal;
  readonly ending?: number;
}
const propsOf = (crises: readonly Operation[] | null, { unread, refusal, ending }: Drawn = {}) => ({
  crises,
  unread: unread ?? null,
  refusal: refusal ?? null,
  ending: ending ?? null,
  nameOf: (code: string) => code,
  now: FIXTURE_NOW,
  timeZone: 'Asia/Shanghai',
});
const logged = title('取自操作日志，不会过时', 'Out of the log of operations: never out of date');

export const fixture = defineFixture({
  view: CrisisList,
  props: (state) =>
    state === 'down' || state === 'off'
      ? propsOf(null, { unread: refusalOf(state === 'down' ? 0 : 404, '') })
      : propsOf(state === 'empty' ? [] : [crisis]),
  never: { late: logged, stale: logged },
  more: {
    waiting: () => propsOf(null),
    failed: () => propsOf([crisis], { ending: 7, refusal: refusalOf(409, '') }),
    forbidden: () => propsOf(null, { unread: refusalOf(403, '') }),
  },
});
