// A feed over Server-Sent Events: resumes after the last event it has handed over, also after our own restart.
import { createEventStreamParser } from './event-stream.ts';
import type { EventStreamParser, StreamEvent } from './event-stream.ts';
import type { Link } from './feed.ts';
import { followStream } from './http-stream.ts';

export interface EventSourceOptions {
  readonly url: string;
  /** Two keep-alives of the source and a margin. */
  readonly silenceS: number;
  /** Longest event, UTF-16 units. Default 256 Ki. */
  readonly maxLength?: number;
}

/** Name of the resume point in the feed's memory. */
const CURSOR = 'lastEventId';
/** Until the source says otherwise. */
const RETRY_S = 3;

/** Follows the events until the feed ends. */
export function followEvents(
  link: Link,
  options: EventSourceOptions,
  onEvent: (event: StreamEvent) => void,
): void {
  let retryS = RETRY_S;
  let parser: EventStreamParser | null = null;
  const begin = (): void => {
    parser = createEventStreamParser({
      maxLength: options.maxLength ?? 256 * 1024,
      lastEventId: link.memory.get(CURSOR) ?? '',
      onRetry: (ms) => (retryS = Math.min(600, Math.max(0.1, ms / 1000))),
      onEvent: (event) => {
        onEvent(event);
        if (event.lastEventId !== '') link.memory.set(CURSOR, event.lastEventId);
      },
    });
  };
  const headers = (): Record<string, string> => {
    const last = link.memory.get(CURSOR);
    const accept = { accept: 'text/event-stream', 'cache-control': 'no-store' };
    return last ? { ...accept, 'last-event-id': last } : accept;
  };
  followStream(
    link,
    {
      address: () => options.url,
      headers,
      contentType: 'text/event-stream',
      silenceS: options.silenceS,
      retryS: () => retryS,
    },
    { begin, chunk: (bytes) => parser?.push(bytes) },
  );
}
