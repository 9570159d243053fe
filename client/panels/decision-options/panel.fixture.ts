import { title } from '../../../contracts/declare.ts';
import type { DecisionOption, OptionPage } from '../../../contracts/records/option.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import OptionTable from './OptionTable.vue';

const first: DecisionOption = {
  ...{ id: 'flood@3/III', plan: { id: 'flood', version: 3, level: 'III' }, clause: '5.2', recommended: true },
  title: title('《甲市防汛应急预案》Ⅲ级响应', 'Flood plan, level III'),
  reasons: [
    { kind: 'met', text: title('事件等级较大对应Ⅲ级响应', 'Grade III: level III'), clause: '5.2' },
    { kind: 'unmet', text: title('预案检查有 1 处错误', 'The linter finds 1 error'), clause: '' },
    { kind: 'judge', text: title('启动条件：橙色暴雨预警', 'Start condition: orange rain'), clause: '5.2' },
  ],
  ...{ confidence: { met: 4, checked: 5 }, steps: 12, units: 6 },
};
const none: DecisionOption = {
  ...{ ...first, id: 'none', plan: null, clause: '', recommended: false, steps: 0, units: 0 },
  title: title('不启动预案，继续处置', 'Start none, go on as it is'),
  reasons: [{ kind: 'unmet', text: title('事件已定为较大', 'The incident is graded III'), clause: '' }],
  confidence: { met: 0, checked: 1 },
};
const page: OptionPage = {
  sheet: {
    ...{ incident: 3, seq: 12, at: FIXTURE_NOW, evidence: ['river-gauge/g1'], hash: 'x' },
    options: [first, none],
  },
  choices: [
    {
      ...{ id: 40, incident: 3, by: 'wang', at: FIXTURE_NOW - 60_000, chosen: first, rejected: [none] },
      ...{ reason: '水位仍在上涨，按条款启动。', evidence: { id: 39, hash: 'a'.repeat(64) } },
    },
  ],
  names: { wang: '王主任' },
};
const refused = () => Promise.resolve({ ok: false, refusal: refusalOf(409, '') } as const);
const props = {
  ...{ page, unread: null, mayChoose: true, mayLook: true, choose: refused },
  ...{ showPack: () => Promise.resolve(null), moment: () => '20:00' },
};
const own = title('由现行预案和事件记录得出，不会过时', 'Out of plans and records: never out of date');

export const fixture = defineFixture({
  view: OptionTable,
  props: (state) => {
    if (state === 'down') return { ...props, page: null, unread: refusalOf(0, '') };
    if (state === 'empty')
      return { ...props, page: { ...page, choices: [], sheet: { ...page.sheet, options: [none] } } };
    return props;
  },
  never: { late: own, stale: own, off: own },
  more: {
    waiting: () => ({ ...props, page: null }),
    forbidden: () => ({ ...props, page: null, unread: refusalOf(403, '') }),
    reading: () => ({ ...props, mayChoose: false, mayLook: false }),
  },
});
