// A document that is asked for: built once a period, answered with ETag and Last-Modified, 304 where nothing changed.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import type { Clock } from '../engine/clock.ts';
import type { Exchange, Handler } from './http-server.ts';
import type { Outlet } from './outlet.ts';

export interface PolledDocument {
  feed: string;
  contentType: string;
  /** Content changes at most this often. */
  periodS: number;
  /** Builds the body for the moment `at` (a multiple of the period). */
  build(at: number, exchange: Exchange): { body: Buffer; records: number };
  /** Where the body depends on the request: one cache entry each. */
  variant?(exchange: Exchange): string;
}

interface Cached {
  key: string;
  body: Buffer;
  records: number;
  etag: string;
  modified: string;
}

const matches = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);

/** Writes at most `bytesPerS`, for the fault `slow`. */
async function writeSlowly(response: ServerResponse, body: Buffer, bytesPerS: number): Promise<void> {
  const portion = Math.max(1, Math.round(bytesPerS / 5));
  for (let at = 0; at < body.length && !response.destroyed; at += portion) {
    response.write(body.subarray(at, at + portion));
    await sleep(200);
  }
  response.end();
}

/** Sends bytes as the feed's faults allow: not at all (503), late, slowly or damaged. */
export async function answer(
  outlet: Outlet,
  exchange: Exchange,
  message: { feed: string; body: Buffer; records: number; headers: Record<string, string> },
): Promise<void> {
  const { response } = exchange;
  const { feed } = message;
  const { stopped, delayMs, bytesPerS } = outlet.faults.transport(feed);
  if (stopped) {
    outlet.drop(feed);
    response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('stopped');
    return;
  }
  if (delayMs > 0) await sleep(delayMs);
  const body = outlet.faults.bytes(feed, message.body);
  outlet.count(feed, { records: message.records, bytes: body.length });
  response.writeHead(200, { ...message.headers, 'content-length': String(body.length) });
  if (exchange.request.method === 'HEAD') response.end();
  else if (bytesPerS !== null) await writeSlowly(response, body, bytesPerS);
  else response.end(body);
}

/** Handler of a polled document. */
export function servePolled(clock: Clock, outlet: Outlet, document: PolledDocument): Handler {
  const cache = new Map<string, Cached>();
  const periodMs = document.periodS * 1000;
  return async (exchange) => {
    const { request, response } = exchange;
    const at = Math.floor(clock.now() / periodMs) * periodMs;
    const variant = document.variant?.(exchange) ?? '';
    const key = `${at}/${outlet.faults.mark(document.feed) ?? ''}`;
    let entry = cache.get(variant);
    if (entry?.key !== key) {
      const { body, records } = document.build(at, exchange);
      const etag = `"${createHash('sha1').update(body).digest('base64url')}"`;
      // The same bytes as a period ago did not change then.
      const modified = entry?.etag === etag ? entry.modified : new Date(at).toUTCString();
      entry = { key, body, records, etag, modified };
      if (cache.size > 64) cache.clear();
      cache.set(variant, entry);
    }
    const headers = {
      'content-type': document.contentType,
      etag: entry.etag,
      'last-modified': entry.modified,
      'cache-control': 'no-cache',
    };
    const none = request.headers['if-none-match'];
    const since = Date.parse(request.headers['if-modified-since'] ?? '');
    const unchanged =
      none !== undefined
        ? matches(none, entry.etag)
        : Number.isFinite(since) && Date.parse(entry.modified) <= since;
    if (unchanged && !outlet.faults.transport(document.feed).stopped) {
      outlet.count(document.feed, { records: 0, bytes: 0 });
      response.writeHead(304, headers);
      response.end();
      return;
    }
    await answer(outlet, exchange, {
      feed: document.feed,
      body: entry.body,
      records: entry.records,
      headers,
    });
  };
}
