import { number, oneOf, position, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Outlets of monitored polluters (HJ 212). */
export const outfall = defineLayer({
  slug: 'outfall',
  title: title('排污口', 'Outfalls'),
  topic: 'environment',
  kind: 'table',
  time: 'observed',
  periodS: 60,
  expireS: null,
  retention: 'telemetry',
  columns: {
    position: position(),
    name: text(title('名称', 'Name'), 80),
    kind: oneOf(title('类型', 'Kind'), {
      water: title('废水', 'Waste water'),
      air: title('废气', 'Waste gas'),
    }),
    codMgL: number(title('COD', 'COD'), ['mg/L', 0.1, 0, 10_000], { origin: 'w01018 / 011' }),
    ammoniaMgL: number(title('氨氮', 'NH₃-N'), ['mg/L', 0.01, 0, 1000], { origin: 'w21003 / 060' }),
    phosphorusMgL: number(title('总磷', 'TP'), ['mg/L', 0.01, 0, 1000], { origin: 'w21011 / 101' }),
    ph: number(title('pH', 'pH'), ['pH', 0.01, 0, 14], { origin: 'w01001 / 001' }),
    flowLS: number(title('流量', 'Flow'), ['L/s', 0.1, 0, 100_000], { origin: 'w00000 / B01' }),
    so2Mgm3: number(title('SO₂', 'SO₂'), ['mg/m3', 0.1, 0, 10_000], { origin: 'a21026 / 02' }),
    noxMgm3: number(title('NOx', 'NOx'), ['mg/m3', 0.1, 0, 10_000], { origin: 'a21002 / 03' }),
    dustMgm3: number(title('颗粒物', 'Particulate'), ['mg/m3', 0.1, 0, 10_000], { origin: 'a34013 / 01' }),
    exceed: oneOf(title('超标', 'Over limit'), {
      yes: title('超标', 'Over limit'),
      no: title('达标', 'Within'),
    }),
    flag: oneOf(title('标记', 'Flag'), {
      N: title('正常', 'Normal'),
      F: title('停运', 'Stopped'),
      M: title('维护', 'Maintenance'),
      S: title('手工', 'Manual'),
      D: title('故障', 'Fault'),
      C: title('校准', 'Calibration'),
      T: title('超量程', 'Over range'),
      B: title('通讯异常', 'Link fault'),
    }),
  },
});
