import { title } from '../../../contracts/declare.ts';
import { stageTitles } from '../../../contracts/records/incident.ts';
import { taskStateTitles } from '../../../contracts/records/task.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { defineFixture } from '../panel.ts';
import { inHandOf, type Piece } from './in-hand.ts';
import InHandRows from './InHandRows.vue';

const MINUTE_MS = 60_000;
const piece = (key: string, name: string, more: Partial<Piece> & { readonly minutes?: number }): Piece => {
  const { minutes, ...rest } = more;
  return {
    ...{ key, incident: key, name, standing: [], who: '甲市值班室' },
    dueAt: minutes === undefined ? null : FIXTURE_NOW + minutes * MINUTE_MS,
    isLate: minutes !== undefined && minutes < 0,
    ...rest,
  };
};
const incidents = [
  piece('1', '甲小区燃气泄漏', { minutes: 40, standing: [stageTitles.handling], who: '市住建局' }),
  piece('2', '乙路多车追尾，占用两条车道', { minutes: -12, standing: [stageTitles.reported] }),
  piece('3', '丙镇山体滑坡', { minutes: 130, standing: [stageTitles.assigned], who: '丙县指挥中心' }),
  piece('4', '丁村失联', { standing: [stageTitles.accepted] }),
];
const tasks = [
  piece('5', '关阀、疏散、测浓度', { minutes: 18, standing: [taskStateTitles['under-way']], who: '甲镇' }),
];

interface Drawn {
  readonly pieces?: readonly Piece[] | null;
  readonly of?: 'incident' | 'task';
  readonly state?: 'live' | 'waiting' | 'forbidden';
}
const propsOf = ({ pieces = incidents, of = 'incident', state = 'live' }: Drawn) => ({
  ...{ model: pieces && inHandOf(pieces, 3), of, state, now: FIXTURE_NOW },
});
const own = title('由本系统记录，不依赖外部来源', 'Our own records: no source can be late');

export const fixture = defineFixture({
  view: InHandRows,
  props: (state) => propsOf({ pieces: state === 'empty' ? [] : incidents }),
  never: { late: own, stale: own, down: own, off: own },
  more: {
    partial: () => propsOf({ pieces: tasks, of: 'task' }),
    waiting: () => propsOf({ pieces: null, state: 'waiting' }),
    forbidden: () => propsOf({ pieces: null, state: 'forbidden' }),
  },
});
