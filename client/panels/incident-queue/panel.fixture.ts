import { title } from '../../../contracts/declare.ts';
import { incident } from '../../../contracts/layers/incident.ts';
import { LayerTable } from '../../../contracts/table.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { defineFixture } from '../panel.ts';
import IncidentQueue from './IncidentQueue.vue';
import { queueModel, type IncidentRow } from './queue.ts';

const MINUTE = 60_000;
const samples = [
  ['1', '甲小区燃气泄漏', 'gas-leak', 'handling', 'III', '市住建局', 40, 'no'],
  ['2', '乙路多车追尾', 'traffic', 'reported', null, '甲市值班室', -12, 'yes'],
  ['3', '丙镇山体滑坡', 'geo-hazard', 'assigned', 'II', '丙县指挥中心', 8, 'no'],
] as const;

function rows(): IncidentRow[] {
  const table = new LayerTable(incident);
  for (const [key, name, kind, stage, grade, owner, minutes, overdue] of samples) {
    table.put({
      key,
      validAt: FIXTURE_NOW,
      source: 'leader-cockpit',
      synthetic: true,
      values: {
        ...{
          position: null,
          title: name,
          no: `20260715-00${key}`,
          kind,
          stage,
          grade,
          owner,
          ownerId: `dept:${key}`,
        },
        ...{
          place: '',
          dueAt: FIXTURE_NOW + minutes * MINUTE,
          overdue,
          supervised: grade === 'II' ? 'yes' : 'no',
        },
        ...{ urgent: 'yes', urges: overdue === 'yes' ? 1 : 0, reportedAt: FIXTURE_NOW, revision: 1 },
      },
    });
  }
  return [...table.rows()];
}

interface Drawn {
  readonly all?: readonly IncidentRow[] | null;
  readonly refused?: boolean;
}
const propsOf = ({ all = rows(), refused = false }: Drawn) => ({
  model: all && queueModel(all, { filter: 'open', owner: null }),
  filter: 'open',
  owner: null,
  refused,
  chosen: '1',
  now: FIXTURE_NOW,
  timeZone: 'Asia/Shanghai',
});
const own = title('由本系统记录，不依赖外部来源', 'Our own records: no source can be late');

export const fixture = defineFixture({
  view: IncidentQueue,
  props: (state) => propsOf({ all: state === 'empty' ? [] : undefined }),
  never: { late: own, stale: own, down: own, off: own },
  more: {
    waiting: () => propsOf({ all: null }),
    forbidden: () => propsOf({ all: null, refused: true }),
  },
});
