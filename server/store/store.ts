// The record store of a city: one engine, a log for each world, their heads kept outside, and a look twice a second
// at whether records can be written.
import { statfsSync } from 'node:fs';
import path from 'node:path';
import { CodedError } from '../../contracts/errors.ts';
import type { Clock, Timer } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { Anchors } from './anchor.ts';
import type { AuditedStore } from './audit-store.ts';
import { auditStore } from './audit-store.ts';
import type { Backend } from './backend.ts';
import { headOf, sameHead } from './chain.ts';
import type { LogHead, RecordLog, RecordStore, StoreReport } from './port.ts';
import { ChainedRecordLog } from './record-log.ts';
import { CHECKPOINT_ENTRIES, checkTail, keepCheckpoint } from './tail-check.ts';
import { takeOver } from './take-over.ts';

/** Between two looks: an alarm is due within a second. */
const LOOK_MS = 500;
const PATIENCE_MS = 10_000;
/** Free bytes below which a disk is called full before it is: some thousand records. */
const LEAST_FREE = 16 * 1024 * 1024;

export interface StoreOptions {
  /** Of the city: the old log, the heads, and the file of the embedded engine lie there. */
  readonly folder: string;
  readonly backend: Backend;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long an append waits for an engine that is away. Default 10 s: a database is restarted in that time. */
  readonly patienceMs?: number;
}

export class Store implements RecordStore {
  readonly #options: StoreOptions;
  readonly #anchors: Anchors;
  readonly #logs = new Map<string, ChainedRecordLog>();
  /** By world: up to where the chain was found whole. */
  readonly #checked = new Map<string, LogHead>();
  /** What is not as it was written, by world. */
  readonly #doubts = new Map<string, string>();
  /** What made the last commit fail. */
  #failure: CodedError | null = null;
  #isLow = false;
  #isProbing = false;
  #auditing: Promise<AuditedStore> | null = null;
  #timer: Timer | null = null;

  /** Takes over what an earlier version left. The caller closes the backend when this throws. @throws CodedError store/… */
  static async open(options: StoreOptions): Promise<Store> {
    const taken = await takeOver(options.folder, options.backend);
    if (taken > 0) options.log.info('records.taken-over', { entries: taken });
    return new Store(options);
  }

  private constructor(options: StoreOptions) {
    this.#options = options;
    this.#anchors = new Anchors(anchorFolder(options.folder));
    this.#look();
    this.#timer = options.clock.every(LOOK_MS, () => this.#look());
  }

  get report(): StoreReport {
    const { kind } = this.#options.backend;
    const logs = [...this.#logs.values()].map(({ world, head }) => ({ world, ...head }));
    return { kind, trouble: this.#trouble, logs };
  }

  get #trouble(): string {
    if (this.#failure) return `records cannot be written: ${this.#failure.message}`;
    const [doubt] = this.#doubts.values();
    if (doubt !== undefined) return `records are not what was written: ${doubt}; run npm run verify`;
    return this.#isLow ? `the disk is almost full: free space in ${this.#options.folder}` : '';
  }

  async openLog(world: string, now: () => number): Promise<RecordLog> {
    const known = this.#logs.get(world);
    if (known) return known;
    const { backend } = this.#options;
    const head = headOf(await backend.last(world));
    await this.#requireAnchored(world, head);
    await this.#checkTail(world);
    const log = new ChainedRecordLog({
      world,
      backend,
      now,
      clock: this.#options.clock,
      head,
      patienceMs: this.#options.patienceMs ?? PATIENCE_MS,
      onCommit: (_, commit) => {
        this.#keepAnchor(world, commit);
        void this.#keepCheckpoint(world, commit, CHECKPOINT_ENTRIES);
      },
      onOutcome: (error) => this.#note(error),
      onEdited: (_, seq) => this.#doubt(world, `entry ${seq} of ${world} was edited`),
      onDiscard: (_, fold, why) => this.#options.log.warn('records.snapshot-discarded', { world, fold, why }),
    });
    this.#logs.set(world, log);
    if (head.seq > 0) this.#keepAnchor(world, head);
    return log;
  }

  audit(): Promise<AuditedStore> {
    const { backend, folder } = this.#options;
    this.#auditing ??= auditStore(backend, anchorFolder(folder)).finally(() => (this.#auditing = null));
    return this.#auditing;
  }

  async close(): Promise<void> {
    this.#timer?.stop();
    await this.#auditing?.catch(() => undefined);
    for (const log of this.#logs.values()) {
      await log.close();
      await this.#keepCheckpoint(log.world, log.head, 1);
    }
    this.#anchors.close();
    await this.#options.backend.close();
  }

  /** A log that ends before its own head must not go on: that would bury the gap. */
  async #requireAnchored(world: string, head: LogHead): Promise<void> {
    const anchor = this.#anchors.read(world);
    if (!anchor || anchor.seq === 0) return;
    const { where } = this.#options.backend;
    if (head.seq < anchor.seq)
      throw new CodedError(
        'store/damaged',
        `${where}: ${world} ends at entry ${head.seq}, its head kept in ${anchorFolder(this.#options.folder)} is ${anchor.seq}`,
      );
    const [row] = await this.#options.backend.select(world, { after: anchor.seq - 1, upTo: anchor.seq }, 1);
    if (!sameHead(headOf(row ?? null), anchor))
      throw new CodedError(
        'store/damaged',
        `${where}: entry ${anchor.seq} of ${world} is not the one it was`,
      );
  }

  async #checkTail(world: string): Promise<void> {
    const { backend } = this.#options;
    const { head, fault } = await checkTail(backend, world);
    if (fault !== '') return this.#doubt(world, fault);
    this.#checked.set(world, head);
    if (head.seq > 0) await keepCheckpoint(backend, world, head).catch(() => undefined);
  }

  /** Not for a log that is not whole: each start says so again. Without it a start has more to check. */
  async #keepCheckpoint(world: string, head: LogHead, every: number): Promise<void> {
    const checked = this.#checked.get(world);
    if (!checked || head.seq - checked.seq < every) return;
    this.#checked.set(world, head);
    await keepCheckpoint(this.#options.backend, world, head).catch(() => undefined);
  }

  #doubt(world: string, what: string): void {
    if (this.#doubts.has(world)) return;
    this.#doubts.set(world, what);
    this.#checked.delete(world);
    this.#options.log.error('records.not-as-written', { world, what });
  }

  #keepAnchor(world: string, head: LogHead): void {
    try {
      this.#anchors.keep(world, head);
    } catch (error) {
      // The entry is durable; an older head outside is still a true one.
      this.#options.log.warn('records.anchor-failed', { world, error: String(error) });
    }
  }

  #note(error: CodedError | null): void {
    const { log } = this.#options;
    if (error && this.#failure?.code !== error.code) log.error('records.failed', { error: error.message });
    if (!error && this.#failure) log.info('records.recovered', {});
    this.#failure = error;
  }

  /** A full disk is said before anybody is refused; what failed is tried again, so that it heals by itself. */
  #look(): void {
    this.#isLow = freeBytes(this.#options.folder) < LEAST_FREE;
    if (!this.#failure || this.#failure.code === 'store/damaged' || this.#isProbing) return;
    this.#isProbing = true;
    void this.#options.backend
      .probe()
      .then(
        () => this.#note(null),
        (error: unknown) => this.#note(error instanceof CodedError ? error : null),
      )
      .finally(() => (this.#isProbing = false));
  }
}

export const anchorFolder = (folder: string): string => path.join(folder, 'heads');

function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    // A folder that cannot be asked is for its writers to report.
    return Infinity;
  }
}
