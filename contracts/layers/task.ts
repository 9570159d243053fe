import { number, oneOf, position, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';
import { taskStateTitles } from '../records/task.ts';

/** What units were asked to do for incidents and is not done yet; one row each, written by the record of it (docs/incidents.md). */
export const task = defineLayer({
  slug: 'task',
  title: title('任务', 'Tasks'),
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
      nullMeans: 'neither it nor its incident has a place on the map',
    }),
    title: text(title('任务', 'Task'), 160, { label: 'internal' }),
    state: oneOf(title('状态', 'State'), taskStateTitles),
    incident: text(title('事件编号', 'Incident'), 20),
    incidentId: number(title('事件', 'Incident id'), ['count', 1, 0, 2_000_000_000]),
    unit: text(title('承办单位', 'Unit'), 120),
    unitId: text(title('单位代码', 'Unit id'), 60),
    place: text(title('地点', 'Place'), 160, { label: 'internal' }),
    dueAt: time(title('时限', 'Due'), 1000, { nullMeans: 'no time is set' }),
    overdue: oneOf(title('超时', 'Overdue'), {
      yes: title('超时', 'Overdue'),
      no: title('未超时', 'In time'),
    }),
    revision: number(title('版本', 'Revision'), ['count', 1, 0, 2_000_000_000], {
      origin: 'sequence of its last entry in the log',
    }),
  },
});
