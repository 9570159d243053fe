import { geometry, number, oneOf, position, severity, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Accidents, works and closures on roads. */
export const roadEvent = defineLayer({
  slug: 'road-event',
  title: title('道路事件', 'Road events'),
  topic: 'traffic',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: null,
  retention: 'state',
  columns: {
    position: position(),
    line: geometry(title('影响路段', 'Affected stretch'), ['LineString', 'MultiLineString']),
    title: text(title('标题', 'Title'), 160),
    kind: oneOf(title('类型', 'Kind'), {
      accident: title('事故', 'Accident'),
      works: title('施工', 'Works'),
      closure: title('阻断', 'Closure'),
      congestion: title('拥堵', 'Congestion'),
      hazard: title('险情', 'Hazard'),
      weather: title('天气', 'Weather'),
    }),
    severity: oneOf(title('严重程度', 'Severity'), severity),
    status: oneOf(title('状态', 'Status'), {
      active: title('持续', 'Active'),
      clearing: title('疏导', 'Clearing'),
      closed: title('结束', 'Closed'),
    }),
    road: text(title('道路', 'Road'), 60),
    direction: text(title('方向', 'Direction'), 40),
    kMark: text(title('桩号', 'K mark'), 20),
    lanesClosed: number(title('封闭车道', 'Lanes closed'), ['count', 1, 0, 20]),
    queueM: number(title('排队', 'Queue'), ['m', 10, 0, 100_000]),
    startAt: time(title('开始', 'Start')),
    endAt: time(title('结束', 'End'), 1000, { nullMeans: 'open end' }),
  },
});
