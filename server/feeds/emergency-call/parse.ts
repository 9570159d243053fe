import { z } from 'zod';
import { emergencyCall } from '../../../contracts/layers/emergency-call.ts';
import type { Sink } from '../../kit/feed.ts';
import { rawOf, readEvents } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';
import { clip, severityOfLevel } from '../../kit/values.ts';

const shape = compileShape(
  z.object({
    id: z.string().min(1).max(80),
    revision: z.int().min(0),
    channel: z.enum(['110', '119', '120']),
    kind: z.string().nullish(),
    title: z.string().nullish(),
    status: z.enum(['ringing', 'accepted', 'dispatched', 'arrived', 'closed']),
    level: z.int().min(1).max(4).nullish(),
    lon: z.number().nullish(),
    lat: z.number().nullish(),
    address: z.string().nullish(),
    acceptedAt: z.string().nullish(),
    updatedAt: z.string(),
    synthetic: z.boolean().nullish(),
  }),
);

/** Deliveries of the call centres (docs/upstreams.md "Webhooks") → `emergency-call`. → false: no list of events. */
export function parseCalls(body: Uint8Array, sink: Sink): boolean {
  return readEvents(body, { sink, shape }, (call) => {
    const validAt = parseIsoTime(call.updatedAt);
    const acceptedAt = typeof call.acceptedAt === 'string' ? parseIsoTime(call.acceptedAt) : null;
    if (Number.isNaN(validAt) || Number.isNaN(acceptedAt)) {
      return sink.reject('record/time', 'updatedAt or acceptedAt is no time with an offset', rawOf(call));
    }
    const { lon, lat } = call;
    sink.put(emergencyCall, {
      id: call.id,
      validAt,
      revision: call.revision,
      synthetic: call.synthetic ?? undefined,
      values: {
        position: typeof lon === 'number' && typeof lat === 'number' ? [lon, lat] : null,
        channel: call.channel,
        kind: clip(call.kind, 40),
        title: clip(call.title, 160),
        status: call.status,
        severity: severityOfLevel(call.level),
        address: clip(call.address, 160),
        acceptedAt,
      },
    });
  });
}
