// JSON bodies: bytes → value, and the list envelope of docs/upstreams.md → items, one bad item at a time.
import type { Sink } from './feed.ts';
import type { Shape } from './shape.ts';
import { unreadable } from './unreadable.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });
/** Items of one answer beyond this are not read: an answer this long is a fault of the source. */
const MOST_ITEMS = 200_000;

/** What a list says about all its items. */
export interface ListHead {
  readonly synthetic: boolean | undefined;
}

/** Bytes, or text that was made of them → JSON value; undefined after a reject. */
export function readJson(bytes: Uint8Array | string, sink: Sink): unknown {
  try {
    return JSON.parse(typeof bytes === 'string' ? bytes : utf8.decode(bytes)) as unknown;
  } catch (error) {
    if (typeof bytes !== 'string') unreadable(bytes);
    sink.reject(
      'record/parse',
      `body: ${error instanceof Error ? error.message : String(error)}`.slice(0, 200),
      bytes,
    );
    return undefined;
  }
}

/** `{"synthetic", "items": […]}` → each item that has the shape; the others are rejected one by one. → false: no such list. */
export function readList<T>(
  bytes: Uint8Array,
  reading: { sink: Sink; shape: Shape<T> },
  onItem: (item: T, head: ListHead) => void,
): boolean {
  const { sink } = reading;
  const body = readJson(bytes, sink);
  if (body === undefined) return false;
  const items = isObject(body) ? body['items'] : undefined;
  if (!isObject(body) || !Array.isArray(items)) {
    unreadable(bytes);
    sink.reject('record/shape', 'body: no "items" list', bytes);
    return false;
  }
  const head = { synthetic: typeof body['synthetic'] === 'boolean' ? body['synthetic'] : undefined };
  if (items.length > MOST_ITEMS)
    sink.reject('record/too-large', `items: ${items.length}, read ${MOST_ITEMS}`, '');
  for (const item of items.slice(0, MOST_ITEMS) as unknown[])
    readItem(item, reading, (good) => onItem(good, head));
  return true;
}

/** Webhook body `{"events": […]}` → each event that has the shape. → false when the body is no such list. */
export function readEvents<T>(
  bytes: Uint8Array,
  reading: { sink: Sink; shape: Shape<T> },
  onEvent: (event: T) => void,
): boolean {
  const body = readJson(bytes, reading.sink);
  if (body === undefined) return false;
  const events = isObject(body) ? body['events'] : undefined;
  if (!Array.isArray(events)) {
    reading.sink.reject('record/shape', 'body: no "events" list', bytes);
    return false;
  }
  for (const event of events as unknown[]) readItem(event, reading, onEvent);
  return true;
}

/** One record of unknown shape → `onItem`, or a reject with its first fault. */
export function readItem<T>(
  item: unknown,
  reading: { sink: Sink; shape: Shape<T> },
  onItem: (item: T) => void,
): void {
  if (reading.shape.is(item)) onItem(item);
  else reading.sink.reject(reading.shape.code(), reading.shape.fault(), rawOf(item));
}

/** A record as quarantine keeps it. */
export function rawOf(item: unknown): string {
  return (JSON.stringify(item) ?? 'undefined').slice(0, 4000);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
