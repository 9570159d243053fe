// Snapshots of a fold whose entries follow what it did: taken when all of it is on record, so that a start reads no more than
// what came since.
import type { FoldSnapshot, RecordLog } from '../store/port.ts';
import type { SystemEntries } from './system-entries.ts';

/** Entries between two snapshots. A larger fold waits for as many as it is large: what is written stays in proportion. */
const SNAPSHOT_ENTRIES = 500;

export interface FoldKeeperOptions {
  readonly log: RecordLog;
  /** Name of its snapshots in the store. */
  readonly fold: string;
  readonly entries: SystemEntries;
  /** The fold as JSON. */
  readonly state: () => unknown;
  /** How many things are in it. */
  readonly size: () => number;
}

export class FoldKeeper {
  readonly #options: FoldKeeperOptions;
  #since = 0;
  #keeping: Promise<void> = Promise.resolve();

  constructor(options: FoldKeeperOptions) {
    this.#options = options;
  }

  /** The newest; null: there is none. */
  newest(): Promise<FoldSnapshot | null> {
    return this.#options.log.snapshot(this.#options.fold);
  }

  /** An entry was folded. */
  note(): void {
    this.#since += 1;
  }

  /** Whether a snapshot is worth its work. */
  get isDue(): boolean {
    return this.#since >= Math.max(SNAPSHOT_ENTRIES, this.#options.size());
  }

  /**
   * Takes one, where all that the fold did is on record; else the next call will. Call while no action of a person is under
   * way. Without it a start has more to read: a failing store is told elsewhere.
   */
  keep(): Promise<void> {
    const { log, fold, entries, state } = this.#options;
    const { seq } = log.head;
    if (this.#since === 0 || seq === 0 || !entries.isIdle) return this.#keeping;
    this.#since = 0;
    const snapshot = { fold, seq, state: state() };
    this.#keeping = this.#keeping.then(() => log.keepSnapshot(snapshot)).catch(() => undefined);
    return this.#keeping;
  }
}
