// The way out of every feed: faults are applied and messages counted in one place.
import type { Clock } from '../engine/clock.ts';
import type { FaultBook } from '../faults/fault-book.ts';

export interface FeedCount {
  messages: number;
  records: number;
  bytes: number;
  /** Messages kept back by a fault or because nobody listened. */
  dropped: number;
  lastAt: number | null;
}

export interface Outlet {
  faults: FaultBook;
  count(feed: string, sent: { records: number; bytes: number }): void;
  drop(feed: string): void;
  counts(): Record<string, FeedCount>;
  /** Sends one message of a push feed as its faults allow: now, later, damaged, or not at all. */
  push(feed: string, message: { bytes: Buffer; records: number }, send: (bytes: Buffer) => void): void;
}

/** A slowed feed keeps at most this much waiting. */
const MAX_WAIT_MS = 120_000;

export function createOutlet(clock: Clock, faults: FaultBook): Outlet {
  const counts = new Map<string, FeedCount>();
  const freeAt = new Map<string, number>();
  const countOf = (feed: string): FeedCount => {
    const known = counts.get(feed);
    if (known !== undefined) return known;
    const fresh = { messages: 0, records: 0, bytes: 0, dropped: 0, lastAt: null };
    counts.set(feed, fresh);
    return fresh;
  };
  const count: Outlet['count'] = (feed, { records, bytes }) => {
    const c = countOf(feed);
    c.messages += 1;
    c.records += records;
    c.bytes += bytes;
    c.lastAt = clock.now();
  };
  const drop = (feed: string): void => {
    countOf(feed).dropped += 1;
  };
  return {
    faults,
    count,
    drop,
    counts: () => Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
    push: (feed, message, send) => {
      const { stopped, delayMs, bytesPerS } = faults.transport(feed);
      if (stopped) return drop(feed);
      const bytes = faults.bytes(feed, message.bytes);
      const go = (): void => {
        count(feed, { records: message.records, bytes: bytes.length });
        send(bytes);
      };
      let wait = delayMs;
      if (bytesPerS !== null) {
        const now = clock.now();
        const free = Math.max(now, freeAt.get(feed) ?? now) + (bytes.length / Math.max(1, bytesPerS)) * 1000;
        if (free - now > MAX_WAIT_MS) return drop(feed);
        freeAt.set(feed, free);
        wait += free - now;
      }
      if (wait > 0) clock.at(clock.now() + wait, go);
      else go();
    },
  };
}
