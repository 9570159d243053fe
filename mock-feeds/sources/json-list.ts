// A polled JSON list as docs/upstreams.md defines it: {system, generatedAt, synthetic, items}.
import { servePolled } from '../transport/polled-document.ts';
import type { HttpHost } from '../transport/http-server.ts';
import type { World } from '../world.ts';

export interface JsonList {
  feed: string;
  /** The system that owns it. */
  system: string;
  path: string;
  periodS: number;
  /** Items as of `at`, a multiple of the period. */
  items(at: number): object[];
}

export function serveJsonList(world: World, http: HttpHost, list: JsonList): void {
  const { clock, outlet, time } = world;
  http.on(
    'GET',
    list.path,
    servePolled(clock, outlet, {
      feed: list.feed,
      contentType: 'application/json; charset=utf-8',
      periodS: list.periodS,
      build: (at) => {
        const items = outlet.faults.records(list.feed, list.items(at));
        const body = { system: list.system, generatedAt: time.iso(at), synthetic: true, items };
        return { body: Buffer.from(JSON.stringify(body)), records: items.length };
      },
    }),
  );
}

export const round = (value: number, digits: number): number => {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
};
