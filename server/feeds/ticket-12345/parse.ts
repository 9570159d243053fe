import { z } from 'zod';
import { ticket } from '../../../contracts/layers/ticket.ts';
import type { Sink } from '../../kit/feed.ts';
import { isObject, rawOf, readItem, readJson } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';

const change = z.object({
  caseId: z.string().min(1).max(80),
  revision: z.number().nullish(),
  changedAt: z.string(),
  channel: z.string().nullish(),
  categoryCode: z.string().nullish(),
  categoryName: z.string().nullish(),
  title: z.string().nullish(),
  text: z.string().nullish(),
  acceptAt: z.string().nullish(),
  deadlineAt: z.string().nullish(),
  status: z.enum(['accepted', 'dispatched', 'handling', 'answered', 'closed', 'returned']),
  unit: z.string().nullish(),
  callbacks: z.number().nullish(),
  satisfaction: z.number().nullish(),
  repeat: z.boolean().nullish(),
  urgent: z.boolean().nullish(),
  lon: z.number().nullish(),
  lat: z.number().nullish(),
  regionCode: z.string().max(20).nullish(),
  synthetic: z.boolean().nullish(),
});
type Change = z.infer<typeof change>;

const shape = compileShape(change);

/** Where the next page starts: the (changedAt, caseId) of the last item read. */
export interface TicketCursor {
  readonly since: string;
  readonly after: string;
}

export interface TicketPage {
  /** Items the page held, good and bad. */
  readonly count: number;
  /** After the last item; null for an empty or unreadable page. */
  readonly cursor: TicketCursor | null;
  /** The source says there is more. */
  readonly more: boolean;
}

/** One page of changes (docs/upstreams.md) → `ticket`, and where to go on. */
export function parseTickets(bytes: Uint8Array, sink: Sink): TicketPage {
  const body = readJson(bytes, sink);
  const none = { count: 0, cursor: null, more: false };
  if (body === undefined) return none;
  if (!isObject(body) || !Array.isArray(body['items'])) {
    sink.reject('record/shape', 'body: no "items" list', bytes);
    return none;
  }
  const items = body['items'] as unknown[];
  for (const item of items) readItem(item, { sink, shape }, (good) => putTicket(good, sink));
  return { count: items.length, cursor: cursorOf(items.at(-1)), more: isObject(body['next']) };
}

function putTicket(change: Change, sink: Sink): void {
  const validAt = parseIsoTime(change.changedAt);
  const acceptAt = change.acceptAt == null ? null : parseIsoTime(change.acceptAt);
  const deadlineAt = change.deadlineAt == null ? null : parseIsoTime(change.deadlineAt);
  if ([validAt, acceptAt, deadlineAt].some((at) => Number.isNaN(at))) {
    return sink.reject('record/time', `case ${change.caseId}: a time is unreadable`, rawOf(change));
  }
  sink.put(ticket, {
    id: change.caseId,
    validAt,
    revision: change.revision ?? undefined,
    regionCode: change.regionCode ?? undefined,
    synthetic: change.synthetic ?? undefined,
    values: {
      position: change.lon == null || change.lat == null ? null : [change.lon, change.lat],
      title: change.title ?? null,
      category: change.categoryName ?? null,
      categoryCode: change.categoryCode ?? null,
      channel: change.channel ?? null,
      status: change.status,
      unit: change.unit ?? null,
      acceptAt,
      deadlineAt,
      satisfaction: change.satisfaction ?? null,
      callbacks: change.callbacks ?? null,
      urgent: change.urgent == null ? null : change.urgent ? 'yes' : 'no',
      repeat: change.repeat == null ? null : change.repeat ? 'yes' : 'no',
      text: change.text ?? null,
    },
  });
}

/** Also from an item that was rejected: one bad record must not stop the cursor. */
function cursorOf(last: unknown): TicketCursor | null {
  if (!isObject(last)) return null;
  const { changedAt, caseId } = last;
  return typeof changedAt === 'string' && typeof caseId === 'string'
    ? { since: changedAt, after: caseId }
    : null;
}
