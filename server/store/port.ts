// What the rest of the server sees of the store: one append-only, hash-chained log of records for each world.
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { AuditedStore } from './audit-store.ts';

export type { AuditedStore } from './audit-store.ts';

/** What the caller says; sequence, world, time and chain are the log's. */
export type NewEntry = Pick<LogEntry, 'subject' | 'kind' | 'body'>;

/** The last entry of a log. Kept outside the store it shows entries that were cut off. */
export interface LogHead {
  /** 0: there is none. */
  readonly seq: number;
  /** SHA-256, hex. */
  readonly hash: string;
}

export interface ReadRange {
  /** Sequences above this one; default 0. */
  readonly after?: number;
  /** Up to and with this sequence. */
  readonly upTo?: number;
  readonly kinds?: readonly string[];
  /** Epoch ms, from and with, of `knownAt`. */
  readonly knownFrom?: number;
  /** Epoch ms, before. */
  readonly knownBefore?: number;
}

/** What a fold had made of all entries up to `seq`. */
export interface FoldSnapshot {
  readonly fold: string;
  readonly seq: number;
  readonly state: unknown;
}

/** What is made of the entries of some kinds. Whoever appends one of them folds it in the turn of the loop in which it is told. */
export interface Fold {
  /** Name of its snapshots in the store. */
  readonly name: string;
  /** Of the shape of its state and of what it makes of an entry: a snapshot of another one is not taken. */
  readonly version: number;
  readonly kinds: readonly string[];
  readonly apply: (entry: LogEntry) => void;
  /** All of it, as JSON. */
  readonly state: () => unknown;
  /** Takes up a state of its version, before any entry. */
  readonly restore: (state: unknown) => void;
  /** How many things it holds. */
  readonly size: () => number;
}

/** The log of one world. Errors are CodedError store/…; what was refused is not in the log. */
export interface RecordLog {
  readonly world: string;
  /** The last durable entry. */
  readonly head: LogHead;
  /** Resolves when the entry is durable, in the order of the calls; entries of one moment share one commit. */
  append(entry: NewEntry): Promise<LogEntry>;
  /** In order of sequence. */
  read(range?: ReadRange): AsyncIterable<LogEntry>;
  /** Keeps what a fold made of the entries up to its sequence, in the place of an earlier one. `state` is JSON. */
  keepSnapshot(snapshot: FoldSnapshot): Promise<void>;
  /** The newest snapshot of a fold that fits the chain; null: there is none. */
  snapshot(fold: string): Promise<FoldSnapshot | null>;
  /** Folds the log, from the newest snapshot that fits it, and keeps snapshots from then on; for each fold once. */
  fold(fold: Fold): Promise<void>;
}

export interface StoreReport {
  readonly kind: 'sqlite' | 'postgres';
  /** Why records cannot be written, or soon could not be, or are not what was written; '': all is well. */
  readonly trouble: string;
  readonly logs: readonly ({ readonly world: string } & LogHead)[];
}

export interface RecordStore {
  readonly report: StoreReport;
  /** The log of a world; a new one begins with its first entry. `now`: the world's clock, epoch ms. */
  openLog(world: string, now: () => number): Promise<RecordLog>;
  /** Reads every log from its first entry and names what was done to it. Whoever asks meanwhile gets the same answer. */
  audit(): Promise<AuditedStore>;
  /** Waits for what is being written, then gives the store free. */
  close(): Promise<void>;
}
