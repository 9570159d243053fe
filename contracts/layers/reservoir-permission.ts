import { number, position, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Reservoirs over their flood limit that an order in force permits to store (授权拦洪); computed from orders and levels (docs/acknowledgements.md). */
export const reservoirPermission = defineLayer({
  slug: 'reservoir-permission',
  title: title('授权拦洪', 'Storing with permission'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: null,
  retention: 'state',
  columns: {
    position: position(),
    name: text(title('水库', 'Reservoir'), 60),
    levelM: number(title('库水位', 'Level'), ['m', 0.01, -100, 6000]),
    overM: number(title('超汛限', 'Over the flood limit'), ['m', 0.01, 0, 1000]),
    order: text(title('令号', 'Order'), 60),
    sender: text(title('授权单位', 'Permitted by'), 80),
    outflowM3S: number(title('出库流量', 'Outflow'), ['m3/s', 1, 0, 200_000]),
    untilAt: time(title('有效至', 'Until'), 1000, { nullMeans: 'until another order' }),
    sinceAt: time(title('自', 'Since')),
  },
});
