import { title } from '../../../contracts/declare.ts';
import type { ListedCluster } from '../../stores/clusters.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { defineFixture } from '../panel.ts';
import ClusterLines from './ClusterLines.vue';

const one: ListedCluster = {
  id: 'c1',
  title: '甲小区居民闻到燃气味',
  level: 'orange',
  state: 'proposed',
  confidencePct: 82,
  signals: 5,
  kinds: [
    ['emergency-call', 3],
    ['ticket', 2],
  ],
  contradictions: ['伤亡或被困人数不一：0 人、2 人'],
  lastAt: FIXTURE_NOW - 240_000,
};
const some: readonly ListedCluster[] = [
  one,
  {
    ...one,
    ...{ id: 'c2', title: '乙镇停电', level: null, confidencePct: 64, contradictions: [] },
    kinds: [['alert', 212]],
  },
  { ...one, id: 'c3', title: '丙路积水', level: 'yellow', state: 'confirmed', confidencePct: 100 },
];
interface Drawn {
  readonly clusters?: readonly ListedCluster[] | null;
  readonly refused?: boolean;
  readonly lost?: boolean;
}
const propsOf = ({ clusters = some, refused = false, lost = false }: Drawn) => ({
  ...{ clusters, refused, lost },
  chosen: 'c1',
  now: FIXTURE_NOW,
  timeZone: 'Asia/Shanghai',
});
const own = title('由本系统归并，不依赖单一来源', 'Made here, of no single source');

export const fixture = defineFixture({
  view: ClusterLines,
  props: (state) => {
    if (state === 'down') return propsOf({ lost: true });
    return propsOf({ clusters: state === 'empty' ? [] : some });
  },
  never: { late: own, stale: own, off: own },
  more: {
    waiting: () => propsOf({ clusters: null }),
    forbidden: () => propsOf({ clusters: null, refused: true }),
  },
});
