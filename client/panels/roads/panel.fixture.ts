import { title } from '../../../contracts/declare.ts';
import type { RoadsView } from '../../../contracts/records/road.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import type { RoadDoes } from './does.ts';
import RoadBoard from './RoadBoard.vue';

const roads: RoadsView = {
  ...{ nodes: 9000, pieces: 9100, km: { expressway: 560, national: 490, minor: 1190 }, schematicKm: 1190 },
  measured: 820,
  closures: [
    {
      ...{ id: 'hand/12', cause: 'hand', title: '山体滑坡，双向中断', roads: ['G543 国道543'], km: 1.4 },
      ...{ at: [105.1, 32.4], region: '', since: FIXTURE_NOW - 3_000_000, by: 'li', incident: null },
      ...{ isolates: ['1'], residents: 14_200 },
    },
    {
      ...{ id: 'event/a', cause: 'event', title: 'G5 K1652+400 道路封闭', roads: ['G5 京昆高速'], km: 2.6 },
      ...{ at: [105.9, 32.6], region: '', since: FIXTURE_NOW - 900_000, by: null, incident: null },
      ...{ isolates: [], residents: 0 },
    },
  ],
  isolated: [
    {
      ...{ code: '1', name: title('甲乡', 'Township A'), position: [105, 32.4], residents: 14_200 },
      ...{ kind: 'town', town: null, lost: 'both', cuts: ['hand/12'], detourMin: 96 },
    },
    {
      ...{ code: '101', name: title('乙村', 'Village B'), position: [105.02, 32.4], residents: 137 },
      ...{ kind: 'village', town: title('甲乡', 'Township A') },
      ...{ lost: 'both', cuts: ['hand/12'], detourMin: null },
    },
  ],
};
const never = (): Promise<never> => new Promise(() => undefined);
const does: RoadDoes = { preview: never, close: never, open: never };
const props = { roads, refusal: null, ring: null, may: true, isPast: false, does, moment: () => '10:00' };
const own = title(
  '由路网即时计算，来源的迟到见数据源页',
  'Computed at once; late sources are on the data page',
);

export const fixture = defineFixture({
  view: RoadBoard,
  props: (state) => {
    if (state === 'down') return { ...props, roads: null, refusal: refusalOf(0, '') };
    return state === 'empty' ? { ...props, roads: { ...roads, closures: [], isolated: [] } } : props;
  },
  never: { late: own, stale: own, off: own },
  more: {
    waiting: () => ({ ...props, roads: null }),
    forbidden: () => ({ ...props, roads: null, refusal: refusalOf(403, '') }),
    past: () => ({ ...props, isPast: true }),
  },
});
