import { z } from 'zod';
import type { Geometry } from '../../../contracts/column.ts';
import { CodedError } from '../../../contracts/errors.ts';
import { roadEvent } from '../../../contracts/layers/road-event.ts';
import { createEventStreamParser } from '../../kit/event-stream.ts';
import type { StreamEvent } from '../../kit/event-stream.ts';
import type { Sink } from '../../kit/feed.ts';
import { rawOf, readItem, readJson } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';
import { clip, severityOfLevel } from '../../kit/values.ts';

/** Longest event, UTF-16 units; the affected stretch is the longest part. */
export const MAX_EVENT = 64 * 1024;

const place = z.tuple([z.number(), z.number()]);

const upsertSchema = z.object({
  id: z.string().min(1).max(80),
  kind: z.enum(['accident', 'works', 'closure', 'congestion', 'hazard', 'weather']),
  severity: z.int().min(1).max(4).nullish(),
  status: z.enum(['active', 'clearing', 'closed']),
  title: z.string().nullish(),
  road: z.string().nullish(),
  direction: z.string().nullish(),
  kMark: z.union([z.string(), z.number().min(0).max(100_000), z.null()]).optional(),
  lon: z.number(),
  lat: z.number(),
  line: z.union([z.array(place).min(2), z.null()]).optional(),
  lanesClosed: z.int().nullish(),
  queueM: z.number().nullish(),
  startAt: z.string().nullish(),
  endAt: z.string().nullish(),
  reportedAt: z.string(),
  synthetic: z.boolean().nullish(),
});
type Upsert = z.infer<typeof upsertSchema>;
const upsert = compileShape(upsertSchema);

const removal = compileShape(z.object({ id: z.string().min(1).max(80), reportedAt: z.string().nullish() }));

/** One event of the stream (docs/upstreams.md "events") → `road-event`. */
export function parseRoadEvent(event: StreamEvent, sink: Sink, receivedAt: number): void {
  if (event.type !== 'upsert' && event.type !== 'remove') return sink.ignore('event of another type');
  const body = readJson(Buffer.from(event.data), sink);
  if (body === undefined) return;
  if (event.type === 'upsert') return readItem(body, { sink, shape: upsert }, (item) => putEvent(item, sink));
  readItem(body, { sink, shape: removal }, (item) => {
    const at = timeOrNull(item.reportedAt);
    if (Number.isNaN(at))
      return sink.reject('record/time', 'reportedAt is no time with an offset', rawOf(item));
    sink.remove(roadEvent, item.id, 'gone', at ?? receivedAt);
  });
}

function putEvent(item: Upsert, sink: Sink): void {
  const validAt = parseIsoTime(item.reportedAt);
  const startAt = timeOrNull(item.startAt);
  const endAt = timeOrNull(item.endAt);
  if (Number.isNaN(validAt) || Number.isNaN(startAt) || Number.isNaN(endAt)) {
    return sink.reject('record/time', 'reportedAt, startAt or endAt is no time with an offset', rawOf(item));
  }
  sink.put(roadEvent, {
    id: item.id,
    validAt,
    synthetic: item.synthetic ?? undefined,
    values: {
      position: [item.lon, item.lat],
      line: lineOf(item.line),
      title: clip(item.title, 160),
      kind: item.kind,
      // Road events count upwards: 4 is the gravest.
      severity: severityOfLevel(item.severity ? 5 - item.severity : null),
      status: item.status,
      road: clip(item.road, 60),
      direction: clip(item.direction, 40),
      kMark: typeof item.kMark === 'number' ? markOf(item.kMark) : clip(item.kMark, 20),
      lanesClosed: item.lanesClosed ?? null,
      queueM: item.queueM ?? null,
      startAt,
      endAt,
    },
  });
}

function lineOf(line: Upsert['line']): Geometry | null {
  return line ? { type: 'LineString', coordinates: line } : null;
}

/** Kilometres along the road → the mark as it stands on the post: 242.7 → K242+700. */
function markOf(km: number): string {
  const metres = Math.round(km * 1000);
  return `K${Math.floor(metres / 1000)}+${String(metres % 1000).padStart(3, '0')}`;
}

function timeOrNull(text: string | null | undefined): number | null {
  return typeof text === 'string' ? parseIsoTime(text) : null;
}

/** A recorded piece of the stream, as bytes. */
export function parseRoadEventStream(bytes: Uint8Array, sink: Sink, receivedAt: number): void {
  const parser = createEventStreamParser({
    maxLength: MAX_EVENT,
    onEvent: (event) => parseRoadEvent(event, sink, receivedAt),
  });
  try {
    parser.push(bytes);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    sink.reject(error.code, error.message, bytes.subarray(0, 4000));
  }
}
