import { number, oneOf, position, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';
import { gradeTitles, kindTitles, stageTitles } from '../records/incident.ts';

/** What people handle, from report to archive; one row each, written by the record of it (docs/incidents.md). */
export const incident = defineLayer({
  slug: 'incident',
  title: title('事件', 'Incidents'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: null,
  retention: 'record',
  ofUnits: true,
  columns: {
    position: position(title('位置', 'Position'), { label: 'internal', nullMeans: 'no place is known' }),
    title: text(title('标题', 'Title'), 160, { label: 'internal' }),
    no: text(title('编号', 'Number'), 20),
    kind: oneOf(title('类别', 'Kind'), kindTitles),
    stage: oneOf(title('阶段', 'Stage'), stageTitles),
    grade: oneOf(title('等级', 'Grade'), gradeTitles, { nullMeans: 'not graded yet' }),
    owner: text(title('当前责任单位', 'Whose turn'), 120),
    ownerId: text(title('单位代码', 'Unit id'), 60),
    place: text(title('地点', 'Place'), 160, { label: 'internal' }),
    dueAt: time(title('时限', 'Due'), 1000, { nullMeans: 'the step has no time standard' }),
    overdue: oneOf(title('超时', 'Overdue'), {
      yes: title('超时', 'Overdue'),
      no: title('未超时', 'In time'),
    }),
    supervised: oneOf(title('督办', 'Supervised'), {
      yes: title('督办', 'Supervised'),
      no: title('未督办', 'Not supervised'),
    }),
    urgent: oneOf(title('紧急', 'Urgent'), { yes: title('紧急', 'Urgent'), no: title('普通', 'Normal') }),
    urges: number(title('催办', 'Urged'), ['count', 1, 0, 1000]),
    dead: number(title('死亡', 'Dead'), ['person', 1, 0, 1_000_000], { nullMeans: 'nobody has said' }),
    reportedAt: time(title('接报', 'Reported')),
    revision: number(title('版本', 'Revision'), ['count', 1, 0, 2_000_000_000], {
      origin: 'sequence of its last entry in the log',
    }),
  },
});
