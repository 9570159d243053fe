import { title } from '../../../contracts/declare.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { defineFixture } from '../panel.ts';
import { evacuationModel } from './evacuation.ts';
import EvacuationList from './EvacuationList.vue';
import { evacuationRows } from './rows.fixture.ts';

const propsOf = (rows: typeof evacuationRows | null, state = 'waiting', most = 8) => ({
  ...{ model: rows && evacuationModel(rows, most), state, now: FIXTURE_NOW, timeZone: 'Asia/Shanghai' },
});
const own = title(
  '由乡镇清点上报，清点时刻写在下面',
  'Counted by towns; the time of the oldest count stands below',
);

export const fixture = defineFixture({
  view: EvacuationList,
  props: (state) => propsOf(state === 'empty' ? [] : evacuationRows),
  never: { late: own, stale: own, down: own, off: own },
  more: {
    partial: () => propsOf(evacuationRows, 'live', 3),
    waiting: () => propsOf(null),
    forbidden: () => propsOf(null, 'forbidden'),
  },
});
