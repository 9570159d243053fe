// Server-Sent Events (WHATWG HTML §9.2): growing ids, a bounded history for Last-Event-ID, comment keep-alive.
import type { ServerResponse } from 'node:http';
import type { Exchange } from './http-server.ts';
import type { WireTime } from '../engine/wire-time.ts';
import type { Outlet } from './outlet.ts';

export interface EventStream {
  /** Sends to all who listen and keeps it for those who come back. */
  publish(event: string, payload: object): void;
  connect(exchange: Exchange): void;
  close(): void;
}

const KEEP = 500;
const KEEP_ALIVE_MS = 15_000;
const RETRY_MS = 2_000;

export function createEventStream(
  feed: string,
  { outlet, wire }: { outlet: Outlet; wire: WireTime },
  /** What a newcomer without Last-Event-ID gets first. */
  snapshot: () => { event: string; payload: object }[],
): EventStream {
  const history: { id: number; event: string; payload: object }[] = [];
  const listeners = new Set<ServerResponse>();
  let lastId = 0;
  const frame = (id: number, event: string, payload: object): Buffer =>
    Buffer.from(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(payload)}\n\n`);
  const write = (response: ServerResponse, item: { id: number; event: string; payload: object }): void => {
    for (const payload of outlet.faults.records(feed, [item.payload])) {
      outlet.push(feed, { bytes: frame(item.id, item.event, payload), records: 1 }, (bytes) => {
        if (!response.destroyed) response.write(bytes);
      });
    }
  };
  const stopBeat = wire.every(KEEP_ALIVE_MS, () => {
    if (outlet.faults.transport(feed).stopped) return;
    for (const response of listeners) response.write(': keep-alive\n\n');
  });
  return {
    publish: (event, payload) => {
      const item = { id: ++lastId, event, payload };
      history.push(item);
      if (history.length > KEEP) history.shift();
      for (const response of listeners) write(response, item);
    },
    connect: ({ request, response }) => {
      if (outlet.faults.transport(feed).stopped) {
        outlet.drop(feed);
        response.writeHead(503).end();
        return;
      }
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
      });
      response.write(`retry: ${RETRY_MS}\n\n`);
      const last = Number(request.headers['last-event-id'] ?? NaN);
      const oldest = history[0]?.id ?? lastId + 1;
      const known = Number.isInteger(last) && last >= oldest - 1 && last <= lastId;
      if (known) for (const item of history.filter((h) => h.id > last)) write(response, item);
      else for (const item of snapshot()) write(response, { id: lastId, ...item });
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
    },
    close: () => {
      stopBeat();
      for (const response of listeners) response.end();
    },
  };
}
