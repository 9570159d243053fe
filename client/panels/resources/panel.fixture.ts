import { title } from '../../../contracts/declare.ts';
import type { Booking, ResourceView } from '../../../contracts/records/resource.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import type { ResourceDoes } from './does.ts';
import ResourceBoard from './ResourceBoard.vue';

const MIN = 60_000;
const booking: Booking = {
  ...{ id: 7, seq: 7, resource: 'store', resourceName: '甲区物资库', region: '', incidentRegion: '' },
  ...{ items: { boats: 4 }, incident: 1, incidentNo: 'E0716-01', task: null, note: '', state: 'contested' },
  ...{ by: 'li', at: FIXTURE_NOW - 12 * MIN, against: [5], decided: null, ended: null },
};
const outlook = {
  perHour: -120,
  emptyAt: FIXTURE_NOW + 150 * MIN,
  reports: 8,
  since: FIXTURE_NOW - 40 * MIN,
};
const store: ResourceView = {
  ...{ key: 'store', name: '甲区物资库', kind: 'store', state: 'ready', speciality: null, owner: '甲局' },
  ...{ notFor: [], position: [105.8, 32.4], region: '', source: 'resource', synthetic: true },
  validAt: FIXTURE_NOW - 3 * MIN,
  items: [
    { item: 'quilts', now: 300, total: 1500, held: 0, free: 300, outlook },
    { item: 'boats', now: 6, total: 6, held: 4, free: 2, outlook: null },
  ],
  bookings: [booking],
};
const shelter: ResourceView = {
  ...store,
  ...{ key: 'shelter', name: '乙体育场', kind: 'shelter', state: 'full', bookings: [] },
  items: [
    {
      item: 'places',
      now: 0,
      total: 4000,
      held: 0,
      free: 0,
      outlook: { ...outlook, perHour: 0, emptyAt: null },
    },
  ],
};
const never = (): Promise<never> => new Promise(() => undefined);
const does: ResourceDoes = { book: never, release: never, decide: never, enough: never, reach: never };
const props = {
  ...{ resources: [store, shelter], near: null, place: null, enough: null, refusal: null },
  incidents: [{ id: 1, name: 'E0716-01 河水上涨' }],
  may: { book: true, decide: true },
  ...{ does, isPast: false, now: FIXTURE_NOW, timeZone: 'Asia/Shanghai', kind: null, item: null },
};
const own = title('由各资源自己的上报时刻说明', 'Each row says how old it is');
const near = {
  ...{ at: [105.8, 32.4] as const, toRoadM: 40, schematic: true, closures: 2, unreachable: 1 },
  resources: [
    {
      ...{ resource: store, minutes: 18.4, km: 14.2, score: 20.1, load: 0.6 },
      reasons: [title('公路 14.2 km，约 18 分钟', '14.2 km by road, about 18 min')],
    },
  ],
};

export const fixture = defineFixture({
  view: ResourceBoard,
  props: (state) => {
    if (state === 'down') return { ...props, resources: null, refusal: refusalOf(0, '') };
    if (state === 'stale') return { ...props, now: FIXTURE_NOW + 60 * MIN };
    return state === 'empty' ? { ...props, resources: [] } : props;
  },
  never: { late: own, off: own },
  more: {
    waiting: () => ({ ...props, resources: null }),
    forbidden: () => ({ ...props, resources: null, refusal: refusalOf(403, '') }),
    near: () => ({ ...props, near, place: { at: near.at, name: '丙镇', incident: 1 } }),
  },
});
