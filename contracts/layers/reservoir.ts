import { number, position, strings, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Reservoirs with their limits and gates. */
export const reservoir = defineLayer({
  slug: 'reservoir',
  title: title('水库', 'Reservoirs'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: 300,
  expireS: null,
  retention: 'telemetry',
  columns: {
    position: position(),
    name: text(title('名称', 'Name'), 60),
    levelM: number(title('库水位', 'Level'), ['m', 0.01, -100, 6000]),
    storage1e6M3: number(title('蓄水量', 'Storage'), ['1e6m3', 0.1, 0, 100_000]),
    inflowM3S: number(title('入库', 'Inflow'), ['m3/s', 0.1, 0, 200_000]),
    outflowM3S: number(title('出库', 'Outflow'), ['m3/s', 0.1, 0, 200_000]),
    normalM: number(title('正常蓄水位', 'Normal level'), ['m', 0.01, -100, 6000]),
    floodLimitM: number(title('汛限水位', 'Flood limit'), ['m', 0.01, -100, 6000], {
      nullMeans: 'no flood limit is set',
    }),
    gatesOpen: number(title('开启闸门', 'Gates open'), ['count', 1, 0, 200]),
    gates: strings(title('闸门开度', 'Gate openings'), [60, 30], { origin: '"no: open m"' }),
  },
});
