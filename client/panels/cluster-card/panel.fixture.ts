import { title } from '../../../contracts/declare.ts';
import type { Cluster, ClusterSignal } from '../../../contracts/records/cluster.ts';
import type { ListedCluster } from '../../stores/clusters.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf, type Refusal } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import ClusterCard from './ClusterCard.vue';

const MINUTE = 60_000;
const facts = { closed: false, hurt: null, region: '990101', rule: '', synthetic: true };
const call: ClusterSignal = {
  layer: 'emergency-call',
  key: 'c1',
  at: FIXTURE_NOW - 12 * MINUTE,
  title: '甲小区闻到燃气味',
  position: null,
  severity: 'orange',
  confidence: 1,
  reasons: [],
  facts: { ...facts, hurt: 2 },
};
const signals: readonly ClusterSignal[] = [
  call,
  {
    ...call,
    ...{ layer: 'ticket', key: 't1', at: FIXTURE_NOW - 7 * MINUTE, title: '甲小区燃气泄漏，无人员伤亡' },
    ...{ severity: null, confidence: 0.84, facts: { ...facts, hurt: 0, closed: true } },
    reasons: ['相距 140 m', '相隔 5 分钟', '共同用词：燃气、泄漏'],
  },
];
const cluster: Cluster = {
  id: 'c1',
  state: 'proposed',
  title: call.title,
  severity: 'orange',
  position: null,
  region: '990101',
  confidence: 0.84,
  reasons: signals[1]?.reasons ?? [],
  contradictions: ['伤亡或被困人数不一：0 人、2 人', '1 条来源称已办结，1 条仍在办'],
  firstAt: call.at,
  lastAt: FIXTURE_NOW - 7 * MINUTE,
  by: null,
  count: 2,
  kinds: { 'emergency-call': 1, ticket: 1 },
  signals,
};
const other: ListedCluster = {
  ...{ id: 'c2', title: '乙镇停电', level: null, state: 'proposed', confidencePct: 64, signals: 212 },
  ...{ kinds: [['alert', 212]], contradictions: [], lastAt: FIXTURE_NOW },
};
interface Drawn {
  readonly cluster?: Cluster | null;
  readonly unread?: Refusal | null;
}
const propsOf = ({ cluster: drawn = cluster, unread = null }: Drawn) => ({
  cluster: drawn,
  unread,
  others: [other],
  now: FIXTURE_NOW,
  timeZone: 'Asia/Shanghai',
  judge: () => Promise.resolve(null),
  make: () => Promise.resolve(null),
});
const own = title('由本系统归并，不依赖单一来源', 'Made here, of no single source');

export const fixture = defineFixture({
  view: ClusterCard,
  props: (state) =>
    state === 'down'
      ? propsOf({ cluster: null, unread: refusalOf(0, '') })
      : propsOf({ cluster: state === 'empty' ? { ...cluster, contradictions: [] } : cluster }),
  never: { late: own, stale: own, off: own },
  more: {
    waiting: () => propsOf({ cluster: null }),
    forbidden: () => propsOf({ cluster: null, unread: refusalOf(403, '') }),
  },
});
