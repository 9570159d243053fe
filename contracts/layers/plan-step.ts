import { geometry, number, oneOf, position, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';
import { stepStateTitles } from '../records/plan-run.ts';

/** Steps of activated plans, while they are active; one row each, written by the record of the activation (docs/plans.md). */
export const planStep = defineLayer({
  slug: 'plan-step',
  title: title('预案步骤', 'Steps of plans'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: null,
  retention: 'record',
  ofUnits: true,
  columns: {
    position: position(title('位置', 'Position'), {
      label: 'internal',
      nullMeans: 'its task stands on the map itself, or neither it nor the incident has a place',
    }),
    way: geometry(title('承办单位到现场', 'From unit to place'), ['LineString'], {
      label: 'internal',
      nullMeans: 'the unit sits at the place, or one of both is not known',
    }),
    title: text(title('步骤', 'Step'), 160, { label: 'internal' }),
    state: oneOf(title('状态', 'State'), stepStateTitles),
    clause: text(title('条款', 'Clause'), 20),
    plan: text(title('预案', 'Plan'), 120),
    incident: text(title('事件编号', 'Incident'), 20),
    incidentId: number(title('事件', 'Incident id'), ['count', 1, 0, 2_000_000_000]),
    unit: text(title('承办单位', 'Unit'), 120),
    unitId: text(title('单位代码', 'Unit id'), 60),
    task: number(title('任务', 'Task id'), ['count', 1, 0, 2_000_000_000], {
      nullMeans: 'it is not given yet',
    }),
    startAt: time(title('计划开始', 'Planned from'), 1000),
    dueAt: time(title('时限', 'Due'), 1000, { nullMeans: 'no time is set' }),
  },
});
