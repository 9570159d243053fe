// One HTTP GET as feeds need it: conditional, bounded in time and size, with faults as codes.
// Compression, keep-alive and redirects (at most 20, http and https only) are the platform's fetch.
import { CodedError } from '../../contracts/errors.ts';
import type { Link } from './feed.ts';
import { whenUnreadable } from './unreadable.ts';

export interface HttpAnswer {
  readonly url: string;
  readonly bytes: Uint8Array;
  /** Lower-case, without parameters; '' where the source did not say. */
  readonly contentType: string;
  /** Epoch ms of the city clock when the last byte was in. */
  readonly receivedAt: number;
}

export interface HttpReaderOptions {
  /** For the whole exchange, body included. Default 20 s. */
  readonly timeoutS?: number;
  /** Largest body after decompression. Default 16 MiB. */
  readonly maxBytes?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** `error`: an answer that sends us elsewhere is a failure. Default `follow`. */
  readonly redirect?: 'follow' | 'error';
}

export interface HttpReader {
  /**
   * `url` may be relative to the base address. → the answer, or null for "not modified since the last call of the
   * same address". @throws CodedError feed/unreachable, feed/timeout, feed/status, record/too-large
   */
  get(url: string): Promise<HttpAnswer | null>;
  /** Forgets validators, so that the next answer of `url` comes whole. */
  forget(url: string): void;
}

interface Validators {
  readonly etag: string | null;
  readonly modified: string | null;
}

/** Addresses whose validators are remembered; the oldest is forgotten first. */
const REMEMBERED = 500;

/** @throws CodedError feed/unreachable when a relative address has no base */
export function resolveAddress(link: Pick<Link, 'slug' | 'base'>, url: string): string {
  const address = URL.parse(url, link.base ?? undefined);
  if (!address || !/^https?:$/.test(address.protocol)) {
    throw new CodedError(
      'feed/unreachable',
      `feed ${link.slug}: "${url}" is no http address and there is no base for it`,
    );
  }
  return address.href;
}

export function createHttpReader(link: Link, options: HttpReaderOptions = {}): HttpReader {
  const timeoutMs = (options.timeoutS ?? 20) * 1000;
  const maxBytes = options.maxBytes ?? 16 * 1024 * 1024;
  const seen = new Map<string, Validators>();

  const get = async (relative: string): Promise<HttpAnswer | null> => {
    const url = resolveAddress(link, relative);
    const known = seen.get(url);
    const credential = link.credential(url);
    const headers: Record<string, string> = { accept: '*/*', ...options.headers, ...credential };
    if (known?.etag) headers['if-none-match'] = known.etag;
    if (known?.modified) headers['if-modified-since'] = known.modified;
    return exchange(
      link,
      { url, timeoutMs, headers, redirect: isEmpty(credential) ? (options.redirect ?? 'follow') : 'error' },
      async (response) => {
        if (response.status === 304 && known) {
          await response.body?.cancel();
          return null;
        }
        if (!response.ok) {
          await response.body?.cancel();
          throw new CodedError('feed/status', `${url}: status ${response.status}`);
        }
        const bytes = await readBounded(response, url, maxBytes);
        remember(seen, url, response.headers);
        whenUnreadable(bytes, () => seen.delete(url));
        const contentType =
          (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
        return { url, bytes, contentType, receivedAt: link.clock.now() };
      },
    );
  };
  return { get, forget: (relative) => seen.delete(resolveAddress(link, relative)) };
}

/** Who is sent elsewhere would show the credential there. */
const isEmpty = (headers: Readonly<Record<string, string>>): boolean => Object.keys(headers).length === 0;

interface Exchange {
  readonly url: string;
  readonly timeoutMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly redirect: 'follow' | 'error';
}

/** Runs one request under the time-out and the feed's own end, and turns what goes wrong into codes. */
async function exchange<T>(
  link: Link,
  request: Exchange,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  let timedOut = false;
  const timer = link.clock.after(request.timeoutMs, () => {
    timedOut = true;
    abort.abort();
  });
  const signal = AbortSignal.any([abort.signal, link.signal]);
  try {
    const { headers, redirect } = request;
    return await read(await fetch(request.url, { headers, redirect, signal }));
  } catch (error) {
    if (error instanceof CodedError) throw error;
    if (timedOut)
      throw new CodedError('feed/timeout', `${request.url}: nothing whole within ${request.timeoutMs} ms`);
    throw new CodedError('feed/unreachable', `${request.url}: ${reasonOf(error)}`);
  } finally {
    timer.stop();
    abort.abort();
  }
}

/** fetch wraps the socket's own words in `cause`. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message ? error.cause.message : error.message;
}

async function readBounded(response: Response, url: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw new CodedError('record/too-large', `${url}: more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  if (chunks.length === 1 && chunks[0]) return chunks[0];
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function remember(seen: Map<string, Validators>, url: string, headers: Headers): void {
  seen.delete(url);
  const validators = { etag: headers.get('etag'), modified: headers.get('last-modified') };
  if (!validators.etag && !validators.modified) return;
  seen.set(url, validators);
  const oldest = seen.size > REMEMBERED ? seen.keys().next().value : undefined;
  if (oldest !== undefined) seen.delete(oldest);
}
