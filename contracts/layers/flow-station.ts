import { number, oneOf, position, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Traffic-count stations. */
export const flowStation = defineLayer({
  slug: 'flow-station',
  title: title('交通量观测站', 'Traffic count stations'),
  topic: 'traffic',
  kind: 'table',
  time: 'observed',
  periodS: 300,
  expireS: null,
  retention: 'telemetry',
  columns: {
    position: position(),
    name: text(title('名称', 'Name'), 60),
    road: text(title('道路', 'Road'), 60),
    direction: oneOf(title('方向', 'Direction'), {
      up: title('上行', 'Up'),
      down: title('下行', 'Down'),
      both: title('双向', 'Both'),
    }),
    flowVehH: number(title('流量', 'Flow'), ['veh/h', 1, 0, 20_000], { origin: 'volume scaled to one hour' }),
    heavySharePct: number(title('大车比例', 'Heavy share'), ['percent', 0.1, 0, 100]),
    speedKmh: number(title('平均速度', 'Mean speed'), ['km/h', 0.1, 0, 250]),
    occupancyPct: number(title('占有率', 'Occupancy'), ['percent', 0.1, 0, 100]),
    status: oneOf(title('设备', 'Device'), {
      normal: title('正常', 'Normal'),
      fault: title('故障', 'Fault'),
      maintain: title('维护', 'Maintenance'),
    }),
  },
});
