// Faults on demand, one set a feed. A source passes its records (what it is about to say), its bytes (how it says
// it) and its transport (whether it says it at all) through the book; without faults all of them are untouched.
import { createRandom, keyOf } from '../engine/random.ts';
import { tamper, type FaultyRecord } from './tamper.ts';
import { createWantedValues, type Wanted } from './wanted-values.ts';

export const FAULT_KINDS = [
  'stop',
  'delay',
  'slow',
  'duplicate',
  'reorder',
  'corrupt',
  'skew',
  'crs',
  'schema',
  'frozen',
  'burst',
  'correct',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  feed: string;
  fault: FaultKind;
  /** Virtual moment at which it ends by itself; null: until it is taken away. */
  until: number | null;
  since: number;
  /** Seconds (delay, skew), bytes a second (slow), times (duplicate, burst), share 0…1 (corrupt). */
  amount: number;
  /** The renamed field and its new name (schema). */
  field: string | null;
  to: string | null;
  /** First values seen, for `frozen`. */
  held: Map<string, FaultyRecord>;
}

export interface Transport {
  stopped: boolean;
  delayMs: number;
  /** Bytes a second; null: as fast as it goes. */
  bytesPerS: number | null;
}

export interface FaultBook {
  add(request: FaultRequest): Fault;
  clear(feed?: string): void;
  list(): Fault[];
  /** From now on a station says what an operator wants. */
  want(wanted: Wanted): void;
  /** Changes whenever the faults of the feed do, for caches; `null`: no faults. */
  mark(feed: string): string | null;
  records<T extends object>(feed: string, records: readonly T[]): T[];
  bytes(feed: string, bytes: Buffer): Buffer;
  transport(feed: string): Transport;
}

export interface FaultRequest {
  feed: string;
  fault: FaultKind;
  forS?: number | undefined;
  amount?: number | undefined;
  field?: string | undefined;
  to?: string | undefined;
}

const DEFAULT_AMOUNT: Readonly<Record<FaultKind, number>> = {
  stop: 1,
  delay: 10,
  slow: 200,
  duplicate: 2,
  reorder: 1,
  corrupt: 0.2,
  skew: 300,
  crs: 1,
  schema: 1,
  frozen: 1,
  burst: 50,
  correct: 1,
};

function damaged(bytes: Buffer, random: { next(): number; below(n: number): number }): Buffer {
  if (bytes.length === 0) return bytes;
  const copy = Buffer.from(bytes);
  if (random.next() < 0.3) return copy.subarray(0, Math.max(1, random.below(copy.length)));
  for (let i = 0; i < 1 + copy.length / 400; i++) copy[random.below(copy.length)] = random.below(256);
  return copy;
}

function transportOf(list: readonly Fault[]): Transport {
  const amount = (kind: FaultKind): number | undefined => list.find((f) => f.fault === kind)?.amount;
  return {
    stopped: amount('stop') !== undefined,
    delayMs: (amount('delay') ?? 0) * 1000,
    bytesPerS: amount('slow') ?? null,
  };
}

/** Faults of all feeds; `feed: "*"` is every feed. */
export function createFaultBook(now: () => number, seed: number): FaultBook {
  let faults: Fault[] = [];
  let revision = 0;
  const random = createRandom(seed, keyOf('faults'));
  const wanted = createWantedValues(now);
  const active = (feed: string): Fault[] => {
    if (faults.length === 0) return [];
    const at = now();
    if (faults.some((f) => f.until !== null && f.until <= at)) {
      faults = faults.filter((f) => f.until === null || f.until > at);
      revision += 1;
    }
    return faults.filter((f) => f.feed === feed || f.feed === '*');
  };
  return {
    add: (request) => {
      const at = now();
      const fault: Fault = {
        feed: request.feed,
        fault: request.fault,
        since: at,
        until: request.forS === undefined ? null : at + request.forS * 1000,
        amount: request.amount ?? DEFAULT_AMOUNT[request.fault],
        field: request.field ?? null,
        to: request.to ?? null,
        held: new Map(),
      };
      faults = [...faults.filter((f) => f.feed !== fault.feed || f.fault !== fault.fault), fault];
      revision += 1;
      return fault;
    },
    clear: (feed) => {
      faults = feed === undefined ? [] : faults.filter((f) => f.feed !== feed);
      revision += 1;
    },
    list: () => {
      active('*');
      return [...faults];
    },
    want: (values) => wanted.set(values),
    mark: (feed) => (active(feed).length === 0 ? null : `${revision}`),
    records: <T extends object>(feed: string, records: readonly T[]): T[] => {
      let list = [...wanted.apply(feed, records)] as FaultyRecord[];
      for (const fault of active(feed)) list = tamper(fault, list, random);
      return list as T[];
    },
    bytes: (feed, bytes) => {
      const corrupt = active(feed).find((f) => f.fault === 'corrupt');
      return corrupt !== undefined && random.chance(corrupt.amount) ? damaged(bytes, random) : bytes;
    },
    transport: (feed) => transportOf(active(feed)),
  };
}
