import { number, position, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Rain gauges, tips of 0.1 mm. */
export const rainGauge = defineLayer({
  slug: 'rain-gauge',
  title: title('雨量站', 'Rain gauges'),
  topic: 'environment',
  kind: 'table',
  time: 'observed',
  periodS: 300,
  expireS: null,
  retention: 'telemetry',
  columns: {
    position: position(),
    name: text(title('名称', 'Name'), 60),
    tipsMm: number(title('时段雨量', 'Rain of the interval'), ['mm', 0.1, 0, 500]),
    rain1hMm: number(title('1 小时雨量', 'Rain 1 h'), ['mm', 0.1, 0, 500]),
    rain3hMm: number(title('3 小时雨量', 'Rain 3 h'), ['mm', 0.1, 0, 1000]),
    rain24hMm: number(title('24 小时雨量', 'Rain 24 h'), ['mm', 0.1, 0, 3000]),
    antecedentMm: number(title('前期有效雨量', 'Antecedent effective rain'), ['mm', 0.1, 0, 3000], {
      nullMeans: 'the station does not report it',
      origin: 'antecedentMm: the ten days before the last 24 hours, each day worth 0.84 of the one after it',
    }),
    batteryV: number(title('电压', 'Battery'), ['V', 0.1, 0, 60]),
  },
});
