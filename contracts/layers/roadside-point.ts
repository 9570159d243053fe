import { number, oneOf, position, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Roadside monitoring points: cameras, radars, message signs, road weather, tunnel sensors. */
export const roadsidePoint = defineLayer({
  slug: 'roadside-point',
  title: title('路侧监测点', 'Roadside points'),
  topic: 'traffic',
  kind: 'table',
  time: 'observed',
  periodS: 60,
  expireS: null,
  retention: 'telemetry',
  columns: {
    position: position(),
    name: text(title('名称', 'Name'), 60),
    road: text(title('道路', 'Road'), 60),
    kind: oneOf(title('类型', 'Kind'), {
      camera: title('视频', 'Camera'),
      radar: title('雷达', 'Radar'),
      vms: title('情报板', 'Message sign'),
      weather: title('气象', 'Road weather'),
      tunnel: title('隧道', 'Tunnel'),
    }),
    online: oneOf(title('在线', 'Online'), { yes: title('在线', 'Online'), no: title('离线', 'Offline') }),
    visibilityM: number(title('能见度', 'Visibility'), ['m', 10, 0, 30_000]),
    roadTempC: number(title('路面温度', 'Road temperature'), ['celsius', 0.1, -40, 80]),
    roadState: oneOf(title('路面', 'Road state'), {
      dry: title('干燥', 'Dry'),
      wet: title('潮湿', 'Wet'),
      ice: title('结冰', 'Ice'),
      snow: title('积雪', 'Snow'),
    }),
    stillUrl: text(title('画面地址', 'Address of the still'), 500, {
      detail: true,
      label: 'internal',
      nullMeans: 'no camera',
      origin: 'absolute, or relative to the list; read through /api/stills',
    }),
    message: text(title('情报', 'Message'), 120, { nullMeans: 'the sign shows nothing, or it is no sign' }),
  },
});
