import { number, oneOf, position, strings, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Hydrographs that the forecasting service publishes: what will flow past a gauge or into a reservoir. */
export const flowForecast = defineLayer({
  slug: 'flow-forecast',
  title: title('洪水预报过程', 'Forecast hydrographs'),
  topic: 'emergency',
  kind: 'table',
  time: 'forecast',
  periodS: 1800,
  expireS: null,
  retention: 'state',
  columns: {
    position: position(),
    name: text(title('名称', 'Name'), 60),
    kind: oneOf(title('类别', 'Kind'), {
      gauge: title('河道流量', 'Flow of a river'),
      inflow: title('入库流量', 'Inflow of a reservoir'),
    }),
    maxM3S: number(title('洪峰流量', 'Highest flow'), ['m3/s', 0.1, 0, 200_000]),
    maxAt: time(title('峰现时间', 'Time of it')),
    untilAt: time(title('预见期末', 'End of the forecast')),
    method: text(title('方法', 'Method'), 200),
    points: strings(title('过程', 'Hydrograph'), [200, 40], {
      origin: '"epoch ms flow m³/s", rising, straight lines between',
    }),
  },
});
