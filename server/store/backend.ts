// What a store engine must do, beneath the chain: keep rows in order, all of a batch or none.
import type { StoredEntry } from './chain.ts';
import type { ReadRange } from './port.ts';

export interface StoredSnapshot {
  readonly world: string;
  readonly fold: string;
  readonly seq: number;
  /** Hash of the entry at `seq`. */
  readonly hash: string;
  /** As the log writes it. */
  readonly state: string;
}

/** All methods throw CodedError store/…. */
export interface Backend {
  readonly kind: 'sqlite' | 'postgres';
  /** Where it is, for messages; holds no secret. */
  readonly where: string;
  worlds(): Promise<readonly string[]>;
  last(world: string): Promise<StoredEntry | null>;
  /** In one transaction, durable when it resolves. An entry that is there already is refused, with all others. */
  insert(rows: readonly StoredEntry[]): Promise<void>;
  /** At most `limit`, in order of sequence. */
  select(world: string, range: ReadRange, limit: number): Promise<readonly StoredEntry[]>;
  putSnapshot(snapshot: StoredSnapshot): Promise<void>;
  getSnapshot(world: string, fold: string): Promise<StoredSnapshot | null>;
  /** Writes something that changes nothing; throws as `insert` would. */
  probe(): Promise<void>;
  /** Faults of the engine's own structures, in words; empty: none. */
  faults(): Promise<readonly string[]>;
  close(): Promise<void>;
}
