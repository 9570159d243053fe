import { number, oneOf, position, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Dispatch orders for reservoirs as their operators publish them. */
export const dispatchOrder = defineLayer({
  slug: 'dispatch-order',
  title: title('水库调度令', 'Dispatch orders'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: null,
  retention: 'state',
  columns: {
    position: position(),
    name: text(title('令号', 'Order'), 60),
    reservoir: text(title('水库', 'Reservoir'), 60),
    outflowM3S: number(title('出库流量', 'Outflow'), ['m3/s', 1, 0, 200_000]),
    status: oneOf(title('状态', 'Status'), {
      issued: title('已下达', 'Issued'),
      acknowledged: title('已确认', 'Acknowledged'),
      executing: title('执行中', 'Executing'),
      done: title('完成', 'Done'),
      cancelled: title('撤销', 'Cancelled'),
    }),
    sender: text(title('下达单位', 'Sender'), 80),
    fromAt: time(title('起', 'From')),
    toAt: time(title('止', 'To')),
    acknowledgedAt: time(title('确认时间', 'Acknowledged'), 1000, { nullMeans: 'not acknowledged yet' }),
    text: text(title('正文', 'Text'), 4000, { detail: true }),
  },
});
