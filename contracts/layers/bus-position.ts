import { number, oneOf, position, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** City buses as their GTFS-Realtime vehicle positions, with the delay of their trip update. */
export const busPosition = defineLayer({
  slug: 'bus-position',
  title: title('公交车', 'Buses'),
  topic: 'traffic',
  kind: 'table',
  time: 'observed',
  moving: { freshS: 30 },
  periodS: 15,
  expireS: 600,
  retention: 'telemetry',
  columns: {
    position: position(),
    headingDeg: number(title('航向', 'Heading'), ['degree', 1, 0, 359]),
    speedKmh: number(title('速度', 'Speed'), ['km/h', 1, 0, 150]),
    name: text(title('车号', 'Bus'), 40, { origin: 'vehicle.label' }),
    route: text(title('线路', 'Route'), 60, { origin: 'trip.route_id, routes.route_short_name' }),
    direction: oneOf(title('方向', 'Direction'), {
      up: title('上行', 'Outbound'),
      down: title('下行', 'Inbound'),
    }),
    delayS: number(title('晚点', 'Delay'), ['s', 1, -7200, 7200], {
      nullMeans: 'no trip update for this trip',
    }),
    occupancy: oneOf(title('满载', 'Occupancy'), {
      empty: title('空', 'Empty'),
      many_seats: title('座位多', 'Many seats'),
      few_seats: title('座位少', 'Few seats'),
      standing: title('站立', 'Standing room'),
      crushed: title('拥挤', 'Crushed'),
      full: title('满员', 'Full'),
      not_accepting: title('不上客', 'Not accepting'),
    }),
    congestion: oneOf(title('路况', 'Congestion'), {
      unknown: title('未知', 'Unknown'),
      smooth: title('畅通', 'Smooth'),
      stop_and_go: title('走走停停', 'Stop and go'),
      congested: title('拥堵', 'Congested'),
      severe: title('严重拥堵', 'Severe'),
    }),
    stopStatus: oneOf(title('到站', 'Stop status'), {
      incoming: title('进站', 'Incoming'),
      stopped: title('停站', 'Stopped'),
      in_transit: title('在途', 'In transit'),
    }),
    stopName: text(title('站点', 'Stop'), 60),
  },
});
