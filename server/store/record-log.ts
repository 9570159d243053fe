// The log of one world on any engine. Entries that are waiting when a commit begins go with it; the order of the calls is
// the order of the chain. After a failure the engine is asked what it holds before anything is written again.
import { CodedError } from '../../contracts/errors.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Clock } from '../kit/clock.ts';
import { parseEntry } from './audit.ts';
import type { Backend } from './backend.ts';
import type { Linked, StoredEntry } from './chain.ts';
import { hashOf, headOf, link, sameHead } from './chain.ts';
import { KeptFolds } from './kept-folds.ts';
import type { Fold, FoldSnapshot, LogHead, NewEntry, ReadRange, RecordLog } from './port.ts';

/** Entries in one commit: about 100 kB. */
const BATCH = 256;
/** Entries read at once: about 5 ms of parsing. */
const PAGE = 500;
/** Entries that may wait while the engine is away; beyond it they are refused at once. */
const MAX_WAITING = 10_000;
/** Characters before the state of a snapshot: its SHA-256 and a space. */
const SUM = 65;
/** How often an engine that is away is asked. */
const PAUSE_MS = 200;

export interface LogOptions {
  readonly world: string;
  readonly backend: Backend;
  /** The world's own clock. */
  readonly now: () => number;
  /** The machine's. */
  readonly clock: Clock;
  readonly head: LogHead;
  /** How long whoever comes while the engine is away is kept waiting. */
  readonly patienceMs: number;
  /** Called with the new head after each commit, before anybody is told. */
  readonly onCommit: (world: string, head: LogHead) => void;
  /** Called with what made a commit fail, and with null after one that did not. */
  readonly onOutcome: (error: CodedError | null) => void;
  /** Called with an entry that was read and is not as it was written. */
  readonly onEdited: (world: string, seq: number) => void;
  /** Called with a snapshot that is there and not taken. */
  readonly onDiscard: (world: string, fold: string, why: string) => void;
}

interface Waiting {
  readonly said: NewEntry;
  resolve(entry: LogEntry): void;
  reject(error: unknown): void;
}

export class ChainedRecordLog implements RecordLog {
  readonly world: string;
  readonly #options: LogOptions;
  readonly #folds: KeptFolds;
  #head: LogHead;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
  /** The last commit failed: the head may not be what the engine holds. */
  #isUnsure = false;
  /** The engine has not answered for a while: nobody new is kept waiting. */
  #isAway = false;
  #isClosed = false;

  constructor(options: LogOptions) {
    this.world = options.world;
    this.#options = options;
    this.#head = options.head;
    this.#folds = new KeptFolds(this, (fold, why) => this.#discard(fold, why));
  }

  get head(): LogHead {
    return this.#head;
  }

  append(said: NewEntry): Promise<LogEntry> {
    if (this.#isClosed)
      return Promise.reject(new CodedError('store/failed', `${this.world}: the log is closed`));
    if (this.#isAway || this.#waiting.length >= MAX_WAITING)
      return Promise.reject(
        new CodedError('store/unreachable', `${this.world}: ${this.#waiting.length} wait`),
      );
    return new Promise((resolve, reject) => {
      this.#waiting.push({ said, resolve, reject });
      this.#writing ??= this.#write();
    });
  }

  async *read(range: ReadRange = {}): AsyncGenerator<LogEntry> {
    let after = range.after ?? 0;
    for (;;) {
      const rows = await this.#options.backend.select(this.world, { ...range, after }, PAGE);
      for (const row of rows) yield this.#entryOf(row);
      if (rows.length < PAGE) return;
      after = rows.at(-1)?.seq ?? after;
    }
  }

  async keepSnapshot({ fold, seq, state }: FoldSnapshot): Promise<void> {
    const hash = await this.#hashAt(seq);
    if (hash === null)
      throw new CodedError('store/failed', `snapshot ${fold} of ${this.world}: no entry ${seq}`);
    const text = JSON.stringify(state);
    const summed = `${hashOf(text)} ${text}`;
    await this.#options.backend.putSnapshot({ world: this.world, fold, seq, hash, state: summed });
  }

  async snapshot(fold: string): Promise<FoldSnapshot | null> {
    const kept = await this.#options.backend.getSnapshot(this.world, fold);
    if (!kept) return null;
    const text = kept.state.slice(SUM);
    if ((await this.#hashAt(kept.seq)) !== kept.hash)
      return this.#discard(fold, `entry ${kept.seq} is not the one it was made of`);
    if (kept.state.slice(0, SUM) !== `${hashOf(text)} `) return this.#discard(fold, 'its sum does not fit');
    return { fold, seq: kept.seq, state: JSON.parse(text) };
  }

  fold(fold: Fold): Promise<void> {
    return this.#folds.open(fold);
  }

  /** Waits for what is being written; nothing is taken any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#writing;
    await this.#folds.close();
  }

  #discard(fold: string, why: string): null {
    this.#options.onDiscard(this.world, fold, why);
    return null;
  }

  /** Its form was checked when it was written: that it is what was written then, its hash tells sooner than another check. */
  #entryOf({ seq, text, hash }: StoredEntry): LogEntry {
    if (hashOf(text) === hash) return JSON.parse(text) as LogEntry;
    this.#options.onEdited(this.world, seq);
    const edited = parseEntry(text);
    if (edited) return edited;
    const { where } = this.#options.backend;
    throw new CodedError(
      'store/damaged',
      `${where}: entry ${seq} of ${this.world} was edited, and is none any more`,
    );
  }

  async #hashAt(seq: number): Promise<string | null> {
    const [row] = await this.#options.backend.select(this.world, { after: seq - 1, upTo: seq }, 1);
    return row?.hash ?? null;
  }

  async #write(): Promise<void> {
    // Lets the other appends of this moment join.
    await turn();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH);
      try {
        if (this.#isUnsure) await this.#askUntilKnown();
        await this.#commit(batch);
        this.#options.onOutcome(null);
      } catch (error) {
        this.#options.onOutcome(asCoded(error));
        for (const { reject } of batch) reject(error);
      }
      // A storm is many commits, and the embedded engine answers at once: everybody else has a turn in between.
      if (this.#waiting.length > 0) await turn();
    }
    // In the same breath as the last look at who waits, so that nobody is left behind.
    this.#writing = null;
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    let head = this.#head;
    const accepted: { readonly waiting: Waiting; readonly linked: Linked }[] = [];
    for (const waiting of batch) {
      const linked = this.#link(head, waiting);
      if (!linked) continue;
      accepted.push({ waiting, linked });
      head = headOf(linked.stored);
    }
    if (accepted.length === 0) return;
    await this.#insert(
      accepted.map(({ linked }) => linked.stored),
      head,
    );
    this.#head = head;
    this.#options.onCommit(this.world, head);
    for (const { waiting, linked } of accepted) waiting.resolve(linked.entry);
    this.#folds.note(accepted.map(({ linked }) => linked.entry.kind));
  }

  /** The connection may go after the commit: then it is done, and must not be called refused. */
  async #insert(rows: readonly StoredEntry[], head: LogHead): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#options.backend.insert(rows);
      } catch (error) {
        const before = this.#head;
        this.#isUnsure = true;
        if (isAway(error)) this.#options.onOutcome(error as CodedError);
        await this.#askUntilKnown();
        if (sameHead(this.#head, head)) return;
        if (!sameHead(this.#head, before))
          throw new CodedError('store/locked', `${this.world}: somebody else wrote entry ${this.#head.seq}`);
        if (attempt > 1 || !isAway(error)) throw error;
      }
    }
  }

  /** Null: it fits no log entry, and whoever asked knows. */
  #link(head: LogHead, { said, reject }: Waiting): Linked | null {
    try {
      return link(head, said, { world: this.world, knownAt: this.#options.now() });
    } catch (error) {
      reject(error);
      return null;
    }
  }

  /** Until the engine answers whether the last entries are there, nobody can be told that they are not. */
  async #askUntilKnown(): Promise<void> {
    const { clock, patienceMs } = this.#options;
    const giveUpAt = clock.elapsed() + patienceMs;
    for (;;) {
      try {
        await this.#askForHead();
        this.#isAway = false;
        return;
      } catch (error) {
        if (!isAway(error) || this.#isClosed) throw error;
        if (clock.elapsed() >= giveUpAt) {
          this.#isAway = true;
          for (const { reject } of this.#waiting.splice(0)) reject(error);
        }
        await clock.sleep(PAUSE_MS);
      }
    }
  }

  async #askForHead(): Promise<void> {
    const found = headOf(await this.#options.backend.last(this.world));
    if (found.seq < this.#head.seq)
      throw new CodedError(
        'store/damaged',
        `${this.#options.backend.where}: ${this.world} ends at entry ${found.seq}, and ${this.#head.seq} was there`,
      );
    this.#head = found;
    this.#isUnsure = false;
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const isAway = (error: unknown): boolean => error instanceof CodedError && error.code === 'store/unreachable';

const asCoded = (error: unknown): CodedError =>
  error instanceof CodedError ? error : new CodedError('store/failed', String(error));
