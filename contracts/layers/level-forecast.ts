import { number, oneOf, position, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Forecast of a routing model: the highest level of each gauge and reservoir under each option; validAt is its moment. */
export const levelForecast = defineLayer({
  slug: 'level-forecast',
  title: title('水位推演', 'Level forecasts'),
  topic: 'emergency',
  kind: 'table',
  time: 'forecast',
  periodS: null,
  expireS: null,
  retention: 'state',
  columns: {
    position: position(),
    name: text(title('名称', 'Name'), 60),
    kind: oneOf(title('类别', 'Kind'), {
      gauge: title('水文站', 'Gauge'),
      reservoir: title('水库', 'Reservoir'),
    }),
    option: text(title('方案', 'Option'), 40),
    optionName: text(title('方案名称', 'Option'), 120),
    advised: oneOf(title('建议', 'Advised'), {
      yes: title('建议方案', 'Advised'),
      no: title('其他方案', 'Other'),
    }),
    peakM: number(title('最高水位', 'Highest level'), ['m', 0.01, -100, 6000]),
    peakLowM: number(title('区间下', 'Low'), ['m', 0.01, -100, 6000], { origin: '80 % interval' }),
    peakHighM: number(title('区间上', 'High'), ['m', 0.01, -100, 6000], { origin: '80 % interval' }),
    peakAt: time(title('最高时刻', 'Time of it')),
    peakFlowM3S: number(title('最大流量', 'Highest flow'), ['m3/s', 1, 0, 200_000], {
      origin: 'gauges: through the rating; reservoirs: highest outflow',
    }),
    warningMarginM: number(title('距警戒', 'Under warning'), ['m', 0.01, -1000, 1000], {
      nullMeans: 'no such limit',
      origin: 'warning level or flood limit minus highest level; negative: above it',
    }),
    guaranteeMarginM: number(title('距保证', 'Under guarantee'), ['m', 0.01, -1000, 1000], {
      nullMeans: 'no such limit',
      origin: 'guarantee or design level minus highest level; negative: above it',
    }),
    endM: number(title('期末水位', 'Level at the end'), ['m', 0.01, -100, 6000]),
    endAt: time(title('预见期末', 'End of the forecast')),
  },
});
