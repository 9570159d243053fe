import { title } from '../../../contracts/declare.ts';
import type { CrisisRoom } from '../../../contracts/records/headquarters.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import OptionLines from './OptionLines.vue';

const clause = (no: string, isActive: boolean): CrisisRoom['clauses'][number] => ({
  ...{ plan: title('甲市防汛应急预案', 'Flood plan of Jia'), no, level: 'III', isActive },
  title: title('响应措施', 'What is done'),
  text: title(
    '封控沿江低洼路段，前置水上救援力量。',
    'Low roads along the river are closed; boats stand by.',
  ),
});
const room: CrisisRoom = {
  ...{ now: FIXTURE_NOW, crises: [], figures: null, tree: [], rollCall: null },
  clauses: [clause('5.2', true), clause('6.1', false)],
};
const propsOf = (said: CrisisRoom | null) => ({ room: said, refusal: null, rows: 4 });
const own = title('取自预案库，不会过时', 'Out of the library of plans: never out of date');

export const fixture = defineFixture({
  view: OptionLines,
  props: (state) => {
    if (state === 'down') return { ...propsOf(null), refusal: refusalOf(0, '') };
    return propsOf(state === 'empty' ? { ...room, clauses: [] } : room);
  },
  never: { late: own, stale: own, off: own },
  more: { waiting: () => propsOf(null) },
});
