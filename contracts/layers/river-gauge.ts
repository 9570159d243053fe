import { number, oneOf, position, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** River gauges with their warning and guarantee levels. */
export const riverGauge = defineLayer({
  slug: 'river-gauge',
  title: title('水文站', 'River gauges'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: 300,
  expireS: null,
  retention: 'telemetry',
  columns: {
    position: position(),
    name: text(title('名称', 'Name'), 60),
    river: text(title('河流', 'River'), 40),
    levelM: number(title('水位', 'Level'), ['m', 0.01, -100, 6000], { origin: 'z' }),
    flowM3S: number(title('流量', 'Flow'), ['m3/s', 0.1, 0, 200_000], { origin: 'q' }),
    trend: oneOf(title('水势', 'Trend'), {
      falling: title('落', 'Falling'),
      rising: title('涨', 'Rising'),
      steady: title('平', 'Steady'),
    }),
    warningM: number(title('警戒水位', 'Warning level'), ['m', 0.01, -100, 6000]),
    guaranteeM: number(title('保证水位', 'Guarantee level'), ['m', 0.01, -100, 6000]),
  },
});
