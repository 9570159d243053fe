import { geometry, number, oneOf, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Road segments with their measured speed. Level = speed over free-flow speed. */
export const roadSpeed = defineLayer({
  slug: 'road-speed',
  title: title('路段车速', 'Road speeds'),
  topic: 'traffic',
  kind: 'table',
  time: 'observed',
  periodS: 60,
  expireS: null,
  retention: 'telemetry',
  columns: {
    line: geometry(title('路段', 'Segment'), ['LineString', 'MultiLineString', 'TilesetFeature']),
    name: text(title('名称', 'Name'), 80),
    road: text(title('道路', 'Road'), 60),
    class: oneOf(title('等级', 'Class'), {
      expressway: title('高速公路', 'Expressway'),
      national: title('国道', 'National road'),
      provincial: title('省道', 'Provincial road'),
      street: title('城市道路', 'Street'),
    }),
    direction: oneOf(title('方向', 'Direction'), { up: title('上行', 'Up'), down: title('下行', 'Down') }),
    lengthM: number(title('长度', 'Length'), ['m', 1, 0, 200_000]),
    freeFlowKmh: number(title('自由流速', 'Free-flow speed'), ['km/h', 1, 1, 250]),
    speedKmh: number(title('速度', 'Speed'), ['km/h', 0.1, 0, 250]),
    level: oneOf(title('拥堵等级', 'Congestion level'), {
      free: title('畅通', 'Free'),
      mostly_free: title('基本畅通', 'Mostly free'),
      light: title('轻度拥堵', 'Light'),
      moderate: title('中度拥堵', 'Moderate'),
      severe: title('严重拥堵', 'Severe'),
    }),
    samples: number(title('样本', 'Samples'), ['count', 1, 0, 100_000]),
  },
});
