// History of one world: records its states, seals what is closed in a thread, keeps within its share, and answers about
// the past from another thread.
import { CodedError } from '../../contracts/errors.ts';
import type { Logger } from '../kit/log.ts';
import type { TickFollower, World } from '../state/port.ts';
import { HistoryFiles } from './history-files.ts';
import type { Journal } from './journal.ts';
import type { ClassShare } from './keep.ts';
import { HistoryThread } from './history-thread.ts';
import type { Orders, ThreadSetup } from './orders.ts';
import { recordingParts, type RecordAsk } from './recording-writer.ts';
import { StateRecorder } from './state-recorder.ts';
import { WindowLog } from './window-file.ts';

/** States that may wait in memory for a slow disk. */
const MAX_WAITING = 64 * 1024 * 1024;
/** Reading the past for more than so many at once is refused. */
const MOST_ASKED = 64;
/** Recordings that are saved at once; more are refused. */
const MOST_SAVED = 2;

/** Files that went before their time and are told by name. */
const MOST_NAMED = 20;

/** Older states are on the disk, milliseconds. */
const FLUSHED_MS = 2000;

export interface HistoryOptions {
  readonly setup: ThreadSetup;
  readonly world: World;
  readonly journal: Pick<Journal, 'flush' | 'openFiles' | 'filled'>;
  readonly maxBytes: number;
  readonly log: Logger;
  /** City clock, epoch ms. */
  readonly now: () => number;
}

/** For the gauge. */
export interface HistoryReport {
  /** On disk after the last round; null before the first. */
  readonly bytes: number | null;
  readonly maxBytes: number;
  readonly isFailing: boolean;
  /** Of the last round; '' when all went well. */
  readonly fault: string;
  /** Files that went before their time since the start: room was short. */
  readonly shortened: number;
  /** Names of the last of them, newest last. */
  readonly shortenedFiles: readonly string[];
  /** By retention class, after the last round; empty before the first. */
  readonly classes: readonly ClassShare[];
}

export class History implements TickFollower {
  readonly #options: HistoryOptions;
  readonly #windows: WindowLog;
  readonly #recorder: StateRecorder;
  readonly #sealer: HistoryThread;
  readonly #reader: HistoryThread;
  /** Replays wait for nobody who reads series or tracks, and nobody waits for them. */
  readonly #player: HistoryThread;
  /** One for each recording that is being saved. */
  readonly #savers = new Set<HistoryThread>();
  #round: Promise<void> | null = null;
  /** Full files of the journal the last round was for. */
  #filled = 0;
  #bytes: number | null = null;
  #fault = '';
  #shortened = 0;
  #shortenedFiles: readonly string[] = [];
  #classes: readonly ClassShare[] = [];

  constructor(options: HistoryOptions) {
    const { setup, world, log } = options;
    const files = new HistoryFiles(setup.root);
    this.#options = options;
    this.#windows = new WindowLog({ folder: files.open, maxWaiting: MAX_WAITING, log });
    this.#recorder = new StateRecorder(world, this.#windows, () => void this.round());
    this.#sealer = new HistoryThread({ ...setup, canWait: true });
    this.#reader = new HistoryThread(setup);
    this.#player = new HistoryThread(setup);
  }

  tick(tick: { readonly number: number; readonly at: number }): void {
    this.#recorder.tick(tick);
    const { filled } = this.#options.journal;
    if (filled === this.#filled) return;
    // Much is reported: a round now, so that neither disk nor readers hold an hour of it.
    this.#filled = filled;
    void this.round();
  }

  flush(): Promise<void> {
    return this.#windows.flush();
  }

  /** Asks about the past. @throws CodedError request/too-many, or Error with what went wrong */
  get ask(): HistoryThread['ask'] {
    if (this.#reader.waiting >= MOST_ASKED)
      throw new CodedError('request/too-many', 'the history is read by many');
    return this.#reader.ask.bind(this.#reader);
  }

  /** A stretch of the past for a reader. @throws as `ask` */
  async replay(ask: Omit<Orders['replay']['ask'], 'now'>): Promise<Orders['replay']['answer']> {
    const now = this.#options.now();
    if (this.#player.waiting >= MOST_ASKED)
      throw new CodedError('request/too-many', 'the history is replayed by many');
    // What is recorded of the last second lies in memory.
    if (ask.to > now - FLUSHED_MS) await this.#windows.flush();
    return this.#player.ask('replay', { ...ask, now });
  }

  /** A stretch of the past as the parts of a recording, behind its head. @throws as `ask` */
  async *record(ask: RecordAsk): AsyncGenerator<Uint8Array> {
    if (this.#savers.size >= MOST_SAVED)
      throw new CodedError('request/too-many', `${MOST_SAVED} recordings are being saved`);
    const { now, setup } = this.#options;
    const saver = new HistoryThread(setup);
    this.#savers.add(saver);
    try {
      if (ask.to > now() - FLUSHED_MS) await this.#windows.flush();
      yield* recordingParts(saver, ask, now);
    } finally {
      this.#savers.delete(saver);
      await saver.stop();
    }
  }

  get report(): HistoryReport {
    return {
      bytes: this.#bytes,
      maxBytes: this.#options.maxBytes,
      isFailing: this.#windows.isFailing,
      fault: this.#fault,
      shortened: this.#shortened,
      shortenedFiles: this.#shortenedFiles,
      classes: this.#classes,
    };
  }

  /** Seals what is closed, then keeps the share. Runs when a window closes; one round at a time. */
  round(): Promise<void> {
    this.#round ??= this.#run().finally(() => (this.#round = null));
    return this.#round;
  }

  /** What is open stays as it is: the next run seals it. */
  async stop(): Promise<void> {
    await this.#windows.close();
    await this.#round;
    await this.#sealer.stop();
    await this.#reader.stop();
    await this.#player.stop();
    for (const saver of this.#savers) await saver.stop();
  }

  async #run(): Promise<void> {
    const { log, maxBytes, now, journal } = this.#options;
    this.#reader.warm();
    this.#player.warm();
    try {
      await Promise.all([journal.flush(), this.#windows.flush()]);
      const openFiles = [...journal.openFiles, ...this.#windows.openFiles];
      const sealed = await this.#sealer.ask('seal', { now: now(), openFiles });
      const kept = await this.#sealer.ask('keep', { now: now(), maxBytes });
      this.#bytes = kept.bytes;
      this.#shortened += kept.shortened.length;
      this.#shortenedFiles = [...this.#shortenedFiles, ...kept.shortened].slice(-MOST_NAMED);
      this.#classes = kept.classes;
      for (const file of kept.shortened) log.warn('history.shortened', { file });
      if (kept.thinned.length + kept.over.length > 0) {
        log.info('history.kept', { thinned: kept.thinned.length, removed: kept.over.length });
      }
      this.#note([...sealed.faults, ...kept.faults]);
    } catch (error) {
      this.#note([error instanceof Error ? error.message : String(error)]);
    }
  }

  #note(faults: readonly string[]): void {
    const fault = faults[0] ?? '';
    if (fault !== '' && fault !== this.#fault) {
      this.#options.log.error('history.fault', { faults: faults.length, first: fault });
    }
    this.#fault = fault;
  }
}
