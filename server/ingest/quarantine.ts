// Bad records, kept apart: counted by feed and reason, with a bounded set of the latest samples to look at.
// A flood costs one counter a record: nothing is built for records that are not sampled.
import type { ErrorCode } from '../../contracts/errors.ts';
import { maskHex, maskText } from './mask.ts';
import type { QuarantineSample, QuarantineShelf, UnknownDevice } from './port.ts';

/** Samples kept of one feed and reason. */
const SAMPLES = 20;
/** Samples taken of one feed and reason in one second: a person reads them, not a machine. */
const SAMPLES_PER_SECOND = 5;
const RAW_BYTES = 2048;
const DETAIL_CHARS = 300;
const DEVICES = 1000;

interface Shelf {
  readonly feed: string;
  readonly code: ErrorCode;
  count: number;
  lastAt: number;
  second: number;
  inSecond: number;
  next: number;
  readonly samples: QuarantineSample[];
}

/** What is kept of one bad record; built only when it is sampled. */
export interface BadRecord {
  readonly detail: string;
  readonly raw: string | Uint8Array;
}

export interface Refusal {
  readonly feed: string;
  readonly code: ErrorCode;
  /** Epoch ms. */
  readonly at: number;
}

export class Quarantine {
  readonly #shelves = new Map<string, Map<ErrorCode, Shelf>>();
  readonly #devices = new Map<
    string,
    { feed: string; device: string; count: number; firstAt: number; lastAt: number }
  >();

  /** Counts one bad record; `describe` is called only when a sample of it is kept. */
  count({ feed, code, at }: Refusal, describe: () => BadRecord): void {
    const shelf = this.#shelf(feed, code);
    shelf.count += 1;
    shelf.lastAt = at;
    const second = Math.floor(at / 1000);
    if (second !== shelf.second) {
      shelf.second = second;
      shelf.inSecond = 0;
    }
    if (shelf.inSecond >= SAMPLES_PER_SECOND) return;
    shelf.inSecond += 1;
    const { detail, raw } = describe();
    shelf.samples[shelf.next] = capture(at, detail, raw);
    shelf.next = (shelf.next + 1) % SAMPLES;
    if (code === 'record/unknown-device') this.#noteDevice(feed, detail, at);
  }

  /** Newest samples first. */
  shelves(feed?: string): QuarantineShelf[] {
    const shelves = [...this.#shelves.values()].flatMap((byCode) => [...byCode.values()]);
    return shelves
      .filter((shelf) => feed === undefined || shelf.feed === feed)
      .map((shelf) => ({
        feed: shelf.feed,
        code: shelf.code,
        count: shelf.count,
        lastAt: shelf.lastAt,
        samples: [...shelf.samples.slice(shelf.next), ...shelf.samples.slice(0, shelf.next)].reverse(),
      }));
  }

  devices(): UnknownDevice[] {
    return [...this.#devices.values()].map((device) => ({ ...device }));
  }

  #shelf(feed: string, code: ErrorCode): Shelf {
    let byCode = this.#shelves.get(feed);
    if (!byCode) this.#shelves.set(feed, (byCode = new Map()));
    let shelf = byCode.get(code);
    if (!shelf)
      byCode.set(
        code,
        (shelf = { feed, code, count: 0, lastAt: 0, second: 0, inSecond: 0, next: 0, samples: [] }),
      );
    return shelf;
  }

  #noteDevice(feed: string, detail: string, at: number): void {
    const device = maskText(detail.slice(0, 80));
    const name = `${feed}\0${device}`;
    const known = this.#devices.get(name);
    if (known) {
      known.count += 1;
      known.lastAt = at;
      return;
    }
    if (this.#devices.size >= DEVICES) this.#devices.delete(this.#devices.keys().next().value ?? '');
    this.#devices.set(name, { feed, device, count: 1, firstAt: at, lastAt: at });
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function capture(at: number, detail: string, raw: string | Uint8Array): QuarantineSample {
  const safeDetail = maskText(detail.slice(0, DETAIL_CHARS));
  if (typeof raw === 'string')
    return { at, detail: safeDetail, raw: maskText(raw.slice(0, RAW_BYTES)), encoding: 'text' };
  const head = raw.subarray(0, RAW_BYTES);
  try {
    // A record cut in the middle of a character is still text.
    return { at, detail: safeDetail, raw: maskText(utf8.decode(head, { stream: true })), encoding: 'text' };
  } catch {
    const hex = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, RAW_BYTES / 2)).toString(
      'hex',
    );
    return { at, detail: safeDetail, raw: maskHex(hex), encoding: 'hex' };
  } finally {
    resetDecoder();
  }
}

/** A streaming decode leaves a part of a character behind; the next record must not begin with it. */
function resetDecoder(): void {
  try {
    utf8.decode();
  } catch {
    // The rest of a cut character: dropped on purpose.
  }
}
