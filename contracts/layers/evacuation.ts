import { number, oneOf, position, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';
import { taskStateTitles } from '../records/task.ts';

/** How many people tasks move out of which place, and how many have left; with sums by task, incident and city (docs/incidents.md). */
export const evacuation = defineLayer({
  slug: 'evacuation',
  title: title('转移进度', 'Evacuation'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: null,
  retention: 'record',
  ofUnits: true,
  columns: {
    position: position(title('位置', 'Position'), { label: 'internal', nullMeans: 'it is a sum of places' }),
    name: text(title('名称', 'Name'), 160, { label: 'internal' }),
    scope: oneOf(title('范围', 'Scope'), {
      place: title('村或乡镇', 'Place'),
      task: title('任务', 'Task'),
      incident: title('事件', 'Incident'),
      city: title('全市', 'City'),
    }),
    toMove: number(title('应转移', 'To move'), ['person', 1, 0, 100_000_000]),
    moved: number(title('已转移', 'Moved'), ['person', 1, 0, 100_000_000]),
    refused: number(title('拒绝转移', 'Refuse'), ['person', 1, 0, 100_000_000], {
      origin: 'people who do not want to leave and are still there',
    }),
    percent: number(title('转移率', 'Share moved'), ['percent', 0.1, 0, 1_000_000], {
      nullMeans: 'nobody is to move',
      origin: 'moved / to move · 100',
    }),
    place: text(title('区划代码', 'Place code'), 20, { nullMeans: 'it is a sum of places' }),
    taskId: number(title('任务', 'Task id'), ['count', 1, 0, 2_000_000_000], {
      nullMeans: 'it is a sum of tasks',
    }),
    incident: text(title('事件编号', 'Incident'), 20, { nullMeans: 'it is the sum of the city' }),
    incidentId: number(title('事件', 'Incident id'), ['count', 1, 0, 2_000_000_000], {
      nullMeans: 'it is the sum of the city',
    }),
    unit: text(title('承办单位', 'Unit'), 120, { nullMeans: 'it is a sum of tasks' }),
    unitId: text(title('单位代码', 'Unit id'), 60, { nullMeans: 'it is a sum of tasks' }),
    state: oneOf(title('任务状态', 'State of the task'), taskStateTitles, {
      nullMeans: 'it is a sum of tasks',
    }),
    countedAt: time(title('清点', 'Counted'), 1000, { nullMeans: 'a part of it was not counted yet' }),
  },
});
