import { geometry, number, oneOf, position, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';
import { orderStateTitles } from '../records/order.ts';

/** Orders that are not over; one row for each addressee, written by the record of it (docs/orders.md). */
export const order = defineLayer({
  slug: 'order',
  title: title('指令', 'Orders'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: null,
  retention: 'record',
  ofUnits: true,
  columns: {
    position: position(title('位置', 'Position'), {
      label: 'internal',
      nullMeans: 'neither a place was named nor is the seat of the unit known',
    }),
    way: geometry(title('下达路径', 'From issuer to unit'), ['LineString'], {
      label: 'internal',
      nullMeans: 'issuer and unit sit in one place, or a seat is not known',
    }),
    title: text(title('指令', 'Order'), 160, { label: 'internal' }),
    no: text(title('编号', 'Number'), 20),
    state: oneOf(title('状态', 'State'), orderStateTitles),
    urgent: oneOf(title('紧急', 'Urgent'), { yes: title('紧急', 'Urgent'), no: title('一般', 'Normal') }),
    from: text(title('下达单位', 'From'), 120),
    unit: text(title('承办单位', 'Unit'), 120),
    unitId: text(title('单位代码', 'Unit id'), 60),
    place: text(title('地点', 'Place'), 160, { label: 'internal' }),
    dueAt: time(title('时限', 'Due'), 1000, { nullMeans: 'no time is set' }),
    overdue: oneOf(title('超时', 'Overdue'), {
      yes: title('超时', 'Overdue'),
      no: title('未超时', 'In time'),
    }),
    late: oneOf(title('签收', 'Acknowledgement'), {
      yes: title('逾时未签收或逾时签收', 'Late, or not acknowledged in time'),
      no: title('及时', 'In time'),
    }),
    escalations: number(title('升级次数', 'Steps up'), ['count', 1, 0, 100]),
    revision: number(title('版本', 'Revision'), ['count', 1, 0, 2_000_000_000], {
      origin: 'sequence of its last entry in the log',
    }),
  },
});
