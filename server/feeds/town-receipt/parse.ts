import { z } from 'zod';
import { townReceipt } from '../../../contracts/layers/town-receipt.ts';
import type { Sink } from '../../kit/feed.ts';
import { rawOf, readEvents } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';
import { clip } from '../../kit/values.ts';

const shape = compileShape(
  z.object({
    id: z.string().min(1).max(120),
    subject: z.enum(['warning', 'dispatch-order']),
    of: z.string().min(1).max(200),
    town: z.string().regex(/^\d{9}$/),
    name: z.string().nullish(),
    lon: z.number().nullish(),
    lat: z.number().nullish(),
    person: z.string().nullish(),
    receivedAt: z.string(),
    synthetic: z.boolean().nullish(),
  }),
);

/** Deliveries of the call-and-answer system (docs/upstreams.md "Webhooks") → `town-receipt`. → false: no list of events. */
export function parseReceipts(body: Uint8Array, sink: Sink): boolean {
  return readEvents(body, { sink, shape }, (receipt) => {
    const receivedAt = parseIsoTime(receipt.receivedAt);
    if (Number.isNaN(receivedAt))
      return sink.reject('record/time', 'receivedAt is no time with an offset', rawOf(receipt));
    const { lon, lat } = receipt;
    sink.put(townReceipt, {
      id: receipt.id,
      validAt: receivedAt,
      synthetic: receipt.synthetic ?? undefined,
      values: {
        position: typeof lon === 'number' && typeof lat === 'number' ? [lon, lat] : null,
        name: clip(receipt.name, 60),
        town: receipt.town,
        subject: receipt.subject,
        of: receipt.of,
        receivedAt,
        person: clip(receipt.person, 40),
      },
    });
  });
}
