import { title } from '../../../contracts/declare.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf, type Operation, type Refusal } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import OperationList from './OperationList.vue';

const HOUR = 3_600_000;
const some: readonly Operation[] = [
  {
    id: 1,
    kind: 'sensor/silence',
    at: FIXTURE_NOW - HOUR,
    by: '值班员甲',
    reason: '探头检修',
    until: FIXTURE_NOW + 5 * HOUR,
    status: 'active',
    undoable: true,
    body: {},
  },
  {
    id: 2,
    kind: 'value/fill',
    at: FIXTURE_NOW - 26 * HOUR,
    by: '值班员乙',
    reason: '人工读水尺',
    until: null,
    status: 'active',
    undoable: false,
    body: {},
  },
];

interface Drawn {
  readonly operations?: readonly Operation[] | null;
  readonly unread?: Refusal | null;
  readonly refusal?: Refusal | null;
  readonly asking?: number | null;
}
const propsOf = ({ operations = some, unread = null, refusal = null, asking = null }: Drawn) => ({
  operations,
  unread,
  refusal,
  asking,
  objectOf: ({ id }: Operation) => `水位站 · 丙站 ${id}`,
  now: FIXTURE_NOW,
  timeZone: 'Asia/Shanghai',
});
const logged = title('取自操作日志，不会过时', 'Out of the log of operations: never out of date');

export const fixture = defineFixture({
  view: OperationList,
  props: (state) =>
    state === 'down'
      ? propsOf({ unread: refusalOf(0, '') })
      : state === 'off'
        ? propsOf({ operations: null, unread: refusalOf(404, '') })
        : propsOf({ operations: state === 'empty' ? [] : some }),
  never: { late: logged, stale: logged },
  more: {
    waiting: () => propsOf({ operations: null }),
    failed: () => propsOf({ asking: 1, refusal: refusalOf(409, '') }),
    forbidden: () => propsOf({ operations: null, unread: refusalOf(403, '') }),
  },
});
