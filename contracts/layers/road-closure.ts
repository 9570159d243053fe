import { geometry, number, oneOf, position, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Stretches of the road graph that are closed now, by a report or by hand: what travel times leave out (docs/resources.md). */
export const roadClosure = defineLayer({
  slug: 'road-closure',
  title: title('断路路段', 'Closed stretches'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: null,
  retention: 'state',
  columns: {
    position: position(),
    line: geometry(title('路段', 'Stretch'), ['MultiLineString']),
    title: text(title('标题', 'Title'), 160),
    cause: oneOf(title('来源', 'Cause'), {
      event: title('道路事件', 'Road event'),
      hand: title('人工标绘', 'Marked by hand'),
    }),
    closedKm: number(title('断路里程', 'Closed'), ['km', 0.1, 0, 100_000]),
    roads: text(title('道路', 'Roads'), 200),
    isolates: number(title('孤岛乡镇', 'Towns it isolates'), ['count', 1, 0, 100_000]),
    residents: number(title('受困常住人口', 'Residents isolated'), ['person', 1, 0, 100_000_000]),
    by: text(title('标绘人', 'By'), 60, { label: 'internal' }),
    sinceAt: time(title('自', 'Since')),
  },
});
