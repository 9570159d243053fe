// A small plan for the gallery and the tests of the editor.
import { title } from '../../../contracts/declare.ts';
import type { Plan } from '../../../contracts/records/plan.ts';

export const plan: Plan = {
  id: 'flood-city',
  title: title('防汛应急预案', 'Flood plan'),
  ...{ level: 'special', kinds: ['flood'], hazard: 'flood', area: '510800', owner: 'dept:water' },
  basis: [title('防洪法', 'Flood Control Law')],
  command: {
    chief: { post: title('指挥长', 'Commander'), unit: 'city', clause: '2.1' },
    deputies: [{ post: title('副指挥长', 'Deputy'), unit: 'dept:emergency', clause: '2.1' }],
    office: { unit: 'dept:emergency', clause: '2.2' },
  },
  groups: [
    {
      ...{ id: 'rescue', name: title('抢险救援组', 'Rescue'), lead: 'dept:fire', deputy: null, members: [] },
      ...{ duties: title('搜救、排涝', 'Search and pumping'), clause: '2.3' },
    },
  ],
  levels: {
    IV: {
      ...{ when: title('2 个县区暴雨黄色预警', 'Yellow rain warnings in two counties'), clause: '5.1' },
      ...{ startedBy: title('办公室主任', 'Head of the office'), reportEveryMin: 120 },
    },
  },
  clauses: [
    { no: '5.1', title: title('Ⅳ级响应', 'Response IV'), text: title('加强值守。', 'Duty is doubled.') },
  ],
  steps: [
    {
      ...{
        id: 'look',
        clause: '5.1',
        text: title('巡查堤防', 'Patrol the dikes'),
        role: 'rescue',
        from: 'IV',
      },
      ...{ after: [], withinMin: 120, places: [], resources: [], proof: ['photo'] },
    },
    {
      ...{ id: 'move', clause: '5.1', text: title('转移群众', 'Move people'), role: null, from: 'IV' },
      ...{ after: ['look'], withinMin: 45, places: ['shelter-1'], resources: [], proof: [] },
    },
  ],
  contacts: [
    {
      ...{ unit: 'dept:fire', post: title('指挥中心', 'Control'), phone: '0839-555 0119' },
      checked: { on: '2026-06-01', reached: false },
    },
  ],
};
