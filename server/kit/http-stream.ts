// A long-lived HTTP answer read chunk by chunk: connects, watches the keep-alive, comes back after a loss.
import { CodedError } from '../../contracts/errors.ts';
import { BREAKER_FAILURES, createBackOff, randomOf } from './back-off.ts';
import type { Link } from './feed.ts';
import { reportFailure } from './http-poll.ts';
import { reasonOf, resolveAddress } from './http-reader.ts';

export interface StreamOptions {
  /** Read afresh for each connection: may carry a cursor. May be relative to the base address. */
  readonly address: () => string;
  readonly headers?: () => Readonly<Record<string, string>>;
  /** Wanted content type; another one is a failure. */
  readonly contentType?: string;
  /** Without a byte for this long (keep-alives included) the connection counts as lost. */
  readonly silenceS: number;
  /** Wait before coming back, seconds; read afresh, a source may change it. Grows with failures in a row. */
  readonly retryS: () => number;
}

export interface StreamReader {
  /** A new connection begins: forget half-read bytes. */
  begin(): void;
  /** @throws CodedError when the source does not keep to its protocol: the connection is dropped. */
  chunk(bytes: Uint8Array): void;
}

/** Looks in vain before a silent connection counts as lost: one alone is a machine that slept, whose bytes still wait. */
const LOOKS = 4;

/** A source that sends more than is read lets others have their turn after so much work: people wait for theirs. */
const TURN_MS = 6;
/** Smaller pieces come from a source that is read as fast as it speaks: those are taken at once. */
const MUCH_BYTES = 32 * 1024;

/** Follows the stream until the feed ends. */
export function followStream(link: Link, options: StreamOptions, reader: StreamReader): void {
  const random = randomOf(link.slug);
  let backOff = createBackOff(1000, random);

  const run = async (): Promise<void> => {
    while (!link.signal.aborted) {
      try {
        await readOnce(link, options, {
          begin: () => reader.begin(),
          chunk: (bytes) => {
            reader.chunk(bytes);
            backOff = createBackOff(options.retryS() * 1000, random);
          },
        });
        link.log.debug('feed.stream-ended', { feed: link.slug });
      } catch (error) {
        if (link.signal.aborted) return;
        reportFailure(link, error, backOff.failures + 1 >= BREAKER_FAILURES);
      }
      if (link.signal.aborted) return;
      await link.clock.sleep(backOff.failure(), link.signal);
    }
  };
  void run();
}

async function readOnce(link: Link, options: StreamOptions, reader: StreamReader): Promise<void> {
  const url = resolveAddress(link, options.address());
  const abort = new AbortController();
  const signal = AbortSignal.any([abort.signal, link.signal]);
  const silenceMs = options.silenceS * 1000;
  let silent = false;
  let heardAt = link.clock.elapsed();
  let looks = 0;
  const watch = link.clock.every(Math.max(50, silenceMs / LOOKS), () => {
    looks += 1;
    if (looks < LOOKS || link.clock.elapsed() - heardAt < silenceMs) return;
    silent = true;
    abort.abort();
  });
  try {
    const credential = link.credential(url);
    // Who is sent elsewhere would show the credential there.
    const redirect = Object.keys(credential).length === 0 ? 'follow' : 'error';
    const headers = { ...options.headers?.(), ...credential };
    const response = await fetch(url, { headers, redirect, signal });
    checkAnswer(response, url, options.contentType);
    link.contact();
    reader.begin();
    let workedMs = 0;
    for await (const chunk of response.body ?? []) {
      heardAt = link.clock.elapsed();
      looks = 0;
      link.contact();
      const began = performance.now();
      reader.chunk(chunk);
      workedMs += performance.now() - began;
      if (chunk.byteLength < MUCH_BYTES || workedMs < TURN_MS) continue;
      workedMs = 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
  } catch (error) {
    if (error instanceof CodedError) throw error;
    if (silent) throw new CodedError('feed/timeout', `${url}: silent for ${options.silenceS} s`);
    throw new CodedError('feed/unreachable', `${url}: ${reasonOf(error)}`);
  } finally {
    watch.stop();
    abort.abort();
  }
}

function checkAnswer(response: Response, url: string, contentType: string | undefined): void {
  if (response.status !== 200) throw new CodedError('feed/status', `${url}: status ${response.status}`);
  const type = response.headers.get('content-type') ?? '';
  if (contentType && !type.toLowerCase().startsWith(contentType)) {
    throw new CodedError('feed/protocol', `${url}: content type "${type}" instead of ${contentType}`);
  }
}
