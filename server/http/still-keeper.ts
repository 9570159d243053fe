// Stills of cameras, read from their sources when somebody looks, and the last one kept for when a source is gone.
import { CodedError } from '../../contracts/errors.ts';
import { noCredential } from '../kit/credential.ts';
import type { Clock } from '../kit/clock.ts';
import type { HttpReader } from '../kit/http-reader.ts';
import { createHttpReader } from '../kit/http-reader.ts';
import type { Logger } from '../kit/log.ts';

/** A picture is not asked for more often, however many look. */
const FRESH_MS = 2000;
/** A source that failed is left alone for this long. */
const PAUSE_MS = 10_000;
const TIMEOUT_S = 5;
const MAX_BYTES = 2 * 1024 * 1024;
/** Pictures kept in memory, all together. */
const KEPT_BYTES = 64 * 1024 * 1024;
/** Sources asked at one time. */
const MOST_AT_ONCE = 16;
/** What a page may show as a picture. */
const IMAGES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/svg+xml']);

export interface Still {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** When it was read, or last confirmed by the source, epoch ms. */
  readonly at: number;
  /** false: the source is gone, this is its last one. */
  readonly isLive: boolean;
}

interface Kept {
  picture: Omit<Still, 'isLive'> | null;
  /** City clock before which the source is not asked again. */
  notBefore: number;
  fault: CodedError | null;
  asking: Promise<void> | null;
}

export class StillKeeper {
  readonly #clock: Clock;
  readonly #reader: HttpReader;
  /** The one looked at longest ago first. */
  readonly #kept = new Map<string, Kept>();
  readonly #stop = new AbortController();
  #asking = 0;

  constructor(clock: Clock, log: Logger) {
    this.#clock = clock;
    const link = {
      slug: 'stills',
      base: null,
      credential: noCredential,
      clock,
      log,
      signal: this.#stop.signal,
      contact: () => undefined,
      failure: () => undefined,
      memory: { get: () => null, set: () => undefined },
    };
    const limits = { timeoutS: TIMEOUT_S, maxBytes: MAX_BYTES, redirect: 'error' } as const;
    this.#reader = createHttpReader(link, limits);
  }

  /** @throws CodedError feed/… where the source does not answer and never did; request/too-many */
  async still(url: string): Promise<Still> {
    const kept = this.#kept.get(url) ?? { picture: null, notBefore: -Infinity, fault: null, asking: null };
    this.#kept.delete(url);
    this.#kept.set(url, kept);
    if (this.#clock.now() >= kept.notBefore || kept.asking) {
      kept.asking ??= this.#ask(url, kept).finally(() => (kept.asking = null));
      await kept.asking;
    }
    if (!kept.picture) throw kept.fault ?? new CodedError('feed/unreachable', url);
    return { ...kept.picture, isLive: kept.fault === null };
  }

  close(): void {
    this.#stop.abort();
  }

  async #ask(url: string, kept: Kept): Promise<void> {
    if (this.#asking >= MOST_AT_ONCE) {
      if (kept.picture) return;
      throw new CodedError('request/too-many', 'stills: many sources are being asked');
    }
    this.#asking += 1;
    try {
      const answer = await this.#reader.get(url);
      const at = this.#clock.now();
      if (answer && !IMAGES.has(answer.contentType)) {
        throw new CodedError('feed/protocol', `${url}: content type "${answer.contentType}" is no picture`);
      }
      if (answer) kept.picture = { bytes: answer.bytes, contentType: answer.contentType, at };
      else if (kept.picture) kept.picture = { ...kept.picture, at };
      kept.fault = null;
      kept.notBefore = at + FRESH_MS;
    } catch (error) {
      kept.fault = error instanceof CodedError ? error : new CodedError('feed/unreachable', String(error));
      kept.notBefore = this.#clock.now() + PAUSE_MS;
    } finally {
      this.#asking -= 1;
      this.#forgetOldest();
    }
  }

  #forgetOldest(): void {
    let bytes = 0;
    for (const { picture } of this.#kept.values()) bytes += (picture?.bytes.length ?? 0) + 1024;
    for (const [url, { picture, asking }] of this.#kept) {
      if (bytes <= KEPT_BYTES) return;
      if (asking) continue;
      bytes -= (picture?.bytes.length ?? 0) + 1024;
      this.#kept.delete(url);
      this.#reader.forget(url);
    }
  }
}
