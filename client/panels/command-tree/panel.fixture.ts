import { title } from '../../../contracts/declare.ts';
import type { CrisisRoom } from '../../../contracts/records/headquarters.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import TreeLines from './TreeLines.vue';

const seat = (zh: string, en: string, isHeld: boolean) => ({
  ...{ title: title(zh, en), unit: title('甲市政府', 'City of Jia'), isHeld },
});
const group = (zh: string, en: string, late: number) => ({
  ...seat(zh, en, true),
  tasks: { open: 2, late, done: 1 },
});
const room: CrisisRoom = {
  ...{ now: FIXTURE_NOW, crises: [], figures: null, clauses: [] },
  tree: [
    {
      ...{ plan: title('甲市防汛应急预案', 'Flood plan of Jia'), level: 'III' },
      seats: [seat('指挥长', 'Chief', true), seat('副指挥长', 'Deputy', false)],
      groups: [group('抢险救援组', 'Rescue', 1), group('转移安置组', 'Shelter', 0)],
    },
  ],
  rollCall: {
    ...{ at: FIXTURE_NOW - 300_000, dueAt: FIXTURE_NOW + 300_000, called: 9, answered: 8, notReady: 1 },
    missing: [title('乙县指挥中心', 'Centre of Yi')],
  },
};
const propsOf = (said: CrisisRoom | null) => ({ room: said, refusal: null, now: FIXTURE_NOW });
const own = title('由本系统记录，不依赖外部来源', 'Our own records: no source can be late');

export const fixture = defineFixture({
  view: TreeLines,
  props: (state) => {
    if (state === 'down') return { ...propsOf(null), refusal: refusalOf(0, '') };
    return propsOf(state === 'empty' ? { ...room, tree: [], rollCall: null } : room);
  },
  never: { late: own, stale: own, off: own },
  more: { waiting: () => propsOf(null) },
});
