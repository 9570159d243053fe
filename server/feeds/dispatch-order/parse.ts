import { z } from 'zod';
import { dispatchOrder } from '../../../contracts/layers/dispatch-order.ts';
import type { SampleContext } from '../../kit/feed.ts';
import { rawOf, readList } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';

const item = z.object({
  orderNo: z.string().min(1).max(80),
  reservoir: z.string(),
  issuedAt: z.string(),
  from: z.string().nullish(),
  to: z.string().nullish(),
  outflow: z.number().nullish(),
  sender: z.string().nullish(),
  text: z.string().nullish(),
  status: z.enum(['issued', 'acknowledged', 'executing', 'done', 'cancelled']),
  acknowledgedAt: z.string().nullish(),
});

const shape = compileShape(item);

/**
 * List of reservoir dispatch orders (docs/upstreams.md) → `dispatch-order`, placed at its reservoir.
 * A change of status is a newer row: its moment is the acknowledgement, or the issue, whichever is later.
 */
export function parseDispatchOrders(
  bytes: Uint8Array,
  context: Pick<SampleContext, 'sink' | 'station'>,
): void {
  const { sink } = context;
  readList(bytes, { sink, shape }, (order, head) => {
    const issuedAt = parseIsoTime(order.issuedAt);
    const acknowledgedAt = optionalTime(order.acknowledgedAt);
    const fromAt = optionalTime(order.from);
    const toAt = optionalTime(order.to);
    if ([issuedAt, acknowledgedAt, fromAt, toAt].some((at) => Number.isNaN(at))) {
      return sink.reject('record/time', `order ${order.orderNo}: a time is unreadable`, rawOf(order));
    }
    const place = context.station('reservoirs', order.reservoir);
    sink.put(dispatchOrder, {
      id: order.orderNo,
      validAt: Math.max(issuedAt, acknowledgedAt ?? issuedAt),
      revision: STATUS_ORDER[order.status],
      synthetic: head.synthetic,
      values: {
        position: place ? [Number(place['lon']), Number(place['lat'])] : null,
        name: order.orderNo,
        reservoir: place?.['name'] ?? order.reservoir,
        outflowM3S: order.outflow ?? null,
        status: order.status,
        sender: order.sender ?? null,
        fromAt,
        toAt,
        acknowledgedAt,
        text: order.text ?? null,
      },
    });
  });
}

/** Orders only move on: the status is the revision of one and the same moment. */
const STATUS_ORDER = { issued: 0, acknowledged: 1, executing: 2, done: 3, cancelled: 4 } as const;

function optionalTime(text: string | null | undefined): number | null {
  return text == null ? null : parseIsoTime(text);
}
