import { number, oneOf, position, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Air-quality stations, one-hour means. */
export const airStation = defineLayer({
  slug: 'air-station',
  title: title('空气站', 'Air stations'),
  topic: 'environment',
  kind: 'table',
  time: 'observed',
  periodS: 3600,
  expireS: null,
  retention: 'telemetry',
  columns: {
    position: position(),
    name: text(title('名称', 'Name'), 60),
    pm25Ugm3: number(title('PM2.5', 'PM2.5'), ['ug/m3', 0.1, 0, 2000]),
    pm10Ugm3: number(title('PM10', 'PM10'), ['ug/m3', 0.1, 0, 5000]),
    so2Ugm3: number(title('SO₂', 'SO₂'), ['ug/m3', 0.1, 0, 5000]),
    no2Ugm3: number(title('NO₂', 'NO₂'), ['ug/m3', 0.1, 0, 5000]),
    coMgm3: number(title('CO', 'CO'), ['mg/m3', 0.01, 0, 500]),
    o3Ugm3: number(title('O₃', 'O₃'), ['ug/m3', 0.1, 0, 2000]),
    flag: oneOf(title('标记', 'Flag'), {
      N: title('正常', 'Normal'),
      F: title('停运', 'Stopped'),
      M: title('维护', 'Maintenance'),
      C: title('校准', 'Calibration'),
      D: title('故障', 'Fault'),
      T: title('超量程', 'Over range'),
    }),
  },
});
