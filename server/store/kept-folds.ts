// Folds that a start takes up from their snapshots: each is kept again when enough entries of its kinds have come, and when
// the log is closed. Without a snapshot, or where it does not fit, a fold is made anew of the log.
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Fold, FoldSnapshot, LogHead, ReadRange } from './port.ts';

/** Entries between two snapshots of a small fold. */
const LEAST = 500;
/** A larger one waits for this share of what it holds, so that what is written stays in proportion to what happens. */
const SHARE = 4;

/** What folds need of their log. */
export interface FoldLog {
  readonly head: LogHead;
  read(range: ReadRange): AsyncIterable<LogEntry>;
  snapshot(fold: string): Promise<FoldSnapshot | null>;
  keepSnapshot(snapshot: FoldSnapshot): Promise<void>;
}

interface Kept {
  readonly fold: Fold;
  readonly kinds: ReadonlySet<string>;
  /** Entries of its kinds since its snapshot. */
  since: number;
}

export class KeptFolds {
  readonly #log: FoldLog;
  readonly #onDiscard: (fold: string, why: string) => void;
  readonly #folds: Kept[] = [];
  #keeping: Promise<void> = Promise.resolve();
  #isLooking = false;

  constructor(log: FoldLog, onDiscard: (fold: string, why: string) => void) {
    this.#log = log;
    this.#onDiscard = onDiscard;
  }

  async open(fold: Fold): Promise<void> {
    const after = await this.#restore(fold);
    const kept: Kept = { fold, kinds: new Set(fold.kinds), since: 0 };
    for await (const entry of this.#log.read({ after, kinds: fold.kinds })) {
      fold.apply(entry);
      kept.since += 1;
    }
    this.#folds.push(kept);
    this.#lookLater();
  }

  /** Entries are durable, and whoever wrote them is told in this turn of the loop. */
  note(kinds: readonly string[]): void {
    for (const kept of this.#folds) for (const kind of kinds) if (kept.kinds.has(kind)) kept.since += 1;
    this.#lookLater();
  }

  /** Keeps what has changed; call when nothing is written any more. */
  async close(): Promise<void> {
    await turn();
    this.#keep((since) => since > 0);
    await this.#keeping;
  }

  /** → the sequence its state stands for */
  async #restore({ name, version, restore }: Fold): Promise<number> {
    const snapshot = await this.#log.snapshot(name);
    if (!snapshot) return 0;
    const { version: its, state } = snapshot.state as {
      readonly version?: unknown;
      readonly state?: unknown;
    };
    if (its === version) {
      restore(state);
      return snapshot.seq;
    }
    this.#onDiscard(name, `is of version ${String(its)}, this build makes version ${version}`);
    return 0;
  }

  /** In a turn of its own: by then whoever wrote an entry up to the head has folded it. */
  #lookLater(): void {
    if (this.#isLooking || !this.#folds.some(isDue)) return;
    this.#isLooking = true;
    void turn().then(() => {
      this.#isLooking = false;
      this.#keep((_, kept) => isDue(kept));
    });
  }

  /** A start without it has more to read: a failing store is told elsewhere. */
  #keep(isWanted: (since: number, kept: Kept) => boolean): void {
    const { seq } = this.#log.head;
    for (const kept of this.#folds) {
      if (!isWanted(kept.since, kept)) continue;
      kept.since = 0;
      const { name, version, state } = kept.fold;
      const snapshot = { fold: name, seq, state: { version, state: state() } };
      this.#keeping = this.#keeping.then(() => this.#log.keepSnapshot(snapshot)).catch(() => undefined);
    }
  }
}

const isDue = ({ fold, since }: Kept): boolean => since >= Math.max(LEAST, fold.size() / SHARE);

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
