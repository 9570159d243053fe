// Whether a browser sends a request for a page of ours: only such may change anything or open a socket with its cookie.
import type { IncomingHttpHeaders } from 'node:http';

/** false: it comes from a page of another address. Programs that are no browsers say neither header. */
export function isSameOrigin({ origin, host, ...headers }: IncomingHttpHeaders): boolean {
  if (origin !== undefined) return URL.parse(origin)?.host === host;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}
