// Entries that nobody waits for: written in order, tried again while the store refuses, never in the way of the tick.
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Logger } from '../kit/log.ts';
import type { RecordLog } from '../store/port.ts';

export class SystemEntries {
  readonly #log: RecordLog;
  readonly #logger: Logger;
  readonly #waiting: { kind: string; body: LogEntry['body'] }[] = [];
  #writing: Promise<void> | null = null;
  #isFailing = false;

  constructor(log: RecordLog, logger: Logger) {
    this.#log = log;
    this.#logger = logger;
  }

  add(kind: string, body: LogEntry['body']): void {
    this.#waiting.push({ kind, body });
  }

  /** All that was added is on record. */
  get isIdle(): boolean {
    return this.#waiting.length === 0 && this.#writing === null;
  }

  /** Begins to write what waits; call after each tick. */
  flush(): void {
    if (this.#waiting.length > 0) this.#writing ??= this.#write().finally(() => (this.#writing = null));
  }

  /** When what is being written is on record, or was refused. */
  async settle(): Promise<void> {
    await this.#writing;
  }

  /** When all that was added is on record. @throws what the store says where it cannot be */
  async drain(): Promise<void> {
    this.flush();
    await this.#writing;
    const [first] = this.#waiting;
    if (!first) return;
    // Once more, so that whoever waits is told why.
    await this.#log.append({ subject: 'system', ...first });
    this.#waiting.shift();
    await this.drain();
  }

  /** Entries of one moment share a commit: all are handed over before one is waited for. */
  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_AT_ONCE);
      const results = await Promise.allSettled(
        batch.map((entry) => this.#log.append({ subject: 'system', ...entry })),
      );
      const failed = batch.filter((_, at) => results[at]?.status === 'rejected');
      const refused = results.find(({ status }) => status === 'rejected');
      this.#note(refused?.status === 'rejected' ? String(refused.reason) : null);
      if (failed.length === 0) continue;
      this.#waiting.unshift(...failed);
      return;
    }
  }

  #note(fault: string | null): void {
    const isFailing = fault !== null;
    if (isFailing && !this.#isFailing) this.#logger.error('alerts.not-recorded', { error: fault });
    if (!isFailing && this.#isFailing) this.#logger.info('alerts.recorded-again');
    this.#isFailing = isFailing;
  }
}

const MOST_AT_ONCE = 1000;
