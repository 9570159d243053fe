// The journal of observations: what ingest accepted in each tick, as batch frames, in hourly files by retention class:
// <folder>/<world>/<class>/<yyyymmddhh>.journal. Written each tick, on the disk each second; a killed process loses ≤ 1 s.
import { mkdirSync, readFileSync, statSync, truncateSync, unlinkSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Retention } from '../../contracts/layer.ts';
import { joinFrames, splitFrames } from '../../contracts/packet.ts';
import type { Logger } from '../kit/log.ts';
import { packForFile, unpack } from '../kit/packed.ts';
import { decodeJournal, encodeRecord, MAGIC } from './journal-file.ts';
import { hourName, hoursIn, journalFiles, journalName } from './journal-names.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long the raw journal keeps each class, milliseconds; Infinity: for ever. */
export const retentionMs: Readonly<Record<Retention, number>> = {
  minute: DAY_MS,
  telemetry: 7 * DAY_MS,
  opinion: 30 * DAY_MS,
  state: 5 * 366 * DAY_MS,
  record: Infinity,
};

/** Classes that may be shortened when the disk share is used up, most expendable first. */
const expendable: readonly Retention[] = ['minute', 'telemetry', 'opinion'];

/** Bytes that may wait in memory for a slow disk; beyond it observations are dropped and counted. */
const MAX_WAITING = 64 * 1024 * 1024;

/**
 * A file that has grown to so many bytes is followed by another of the same hour, so that it can be sealed before the hour
 * is over: about a million observations, which is what sealing and reading hold in memory.
 */
const MOST_FILE_BYTES = 8 * 1024 * 1024;

export interface JournalOptions {
  readonly folder: string;
  readonly world: string;
  /** On disk, all classes together. */
  readonly maxBytes: number;
  /** In memory while the disk is slow. Default 64 MiB. */
  readonly maxWaiting?: number;
  /** Of one file, about. Default 8 MiB. */
  readonly maxFileBytes?: number;
  readonly log: Logger;
}

interface OpenFile {
  /** As in its name. */
  readonly hour: string;
  readonly part: number;
  readonly handle: FileHandle;
  bytes: number;
}

export class Journal {
  readonly #options: JournalOptions;
  readonly #files = new Map<Retention, OpenFile>();
  readonly #waiting = new Map<Retention, { at: number; bytes: Buffer }[]>();
  #waitingBytes = 0;
  #writing: Promise<void> | null = null;
  #isFailing = false;
  /** City clock of the newest tick. */
  #newest = -Infinity;
  droppedBytes = 0;
  /** Files that were full before their hour was over, since the start: they can be sealed. */
  filled = 0;

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  /** Queues the batches of one tick. Synchronous and cheap; nothing is on the disk before `flush` resolves. */
  append(retention: Retention, tick: { number: number; at: number }, frames: readonly Uint8Array[]): void {
    const bytes = encodeRecord(packForFile(joinFrames(tick.number, frames)));
    if (this.#waitingBytes + bytes.byteLength > (this.#options.maxWaiting ?? MAX_WAITING)) {
      this.droppedBytes += bytes.byteLength;
      return;
    }
    this.#waitingBytes += bytes.byteLength;
    this.#newest = tick.at;
    const queue = this.#waiting.get(retention);
    if (queue) queue.push({ at: tick.at, bytes });
    else this.#waiting.set(retention, [{ at: tick.at, bytes }]);
  }

  /** Writes what is queued and makes it durable. A failing disk is logged once on loss and once on recovery. */
  flush(): Promise<void> {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
    });
    return this.#writing;
  }

  /** Whether the last flush failed: history is not being kept. */
  get isFailing(): boolean {
    return this.#isFailing;
  }

  /** Files that are written to or will be, as they stand after a flush: not to be sealed. */
  get openFiles(): string[] {
    const held = [...this.#files].map(([retention, { hour, part }]) => this.#path(retention, hour, part));
    const waiting = [...this.#waiting].flatMap(([retention, queue]) =>
      [...new Set(queue.map(({ at }) => hourName(at)))].map((hour) =>
        this.#path(retention, hour, this.#newestPart(retention, hour).part),
      ),
    );
    return [...new Set([...held, ...waiting])];
  }

  async close(): Promise<void> {
    await this.flush();
    await this.flush();
    await Promise.all([...this.#files.values()].map(({ handle }) => handle.close()));
    this.#files.clear();
  }

  /** Removes files beyond their time, then the oldest expendable ones beyond the disk share. */
  prune(now: number): void {
    let total = 0;
    const kept: { retention: Retention; file: string; hour: number; bytes: number }[] = [];
    for (const retention of Object.keys(retentionMs) as Retention[]) {
      for (const { file, hour } of journalFiles(this.#folder(retention))) {
        if (now - hour > retentionMs[retention] + HOUR_MS) {
          unlinkSync(file);
          continue;
        }
        const bytes = statSync(file).size;
        total += bytes;
        kept.push({ retention, file, hour, bytes });
      }
    }
    const current = Math.floor(now / HOUR_MS) * HOUR_MS;
    for (const retention of expendable) {
      for (const { file, hour, bytes } of kept.filter((entry) => entry.retention === retention)) {
        if (total <= this.#options.maxBytes) return;
        if (hour >= current) continue;
        unlinkSync(file);
        total -= bytes;
        this.#options.log.warn('journal.shortened', { file: path.basename(file), retention });
      }
    }
  }

  async #write(): Promise<void> {
    for (const [retention, queue] of this.#waiting) {
      if (queue.length === 0) continue;
      this.#waiting.set(retention, []);
      try {
        await this.#writeQueue(retention, queue);
        for (const { bytes } of queue) this.#waitingBytes -= bytes.byteLength;
        if (this.#isFailing) this.#options.log.info('journal.recovered', { droppedBytes: this.droppedBytes });
        this.#isFailing = false;
      } catch (error) {
        this.#waiting.set(retention, [...queue, ...(this.#waiting.get(retention) ?? [])]);
        await this.#closeFile(retention);
        if (!this.#isFailing) this.#options.log.error('journal.failed', { error: (error as Error).message });
        this.#isFailing = true;
      }
    }
    await this.#closeOldHours();
  }

  /** Hours that are over are sealed: their files must not be held. */
  async #closeOldHours(): Promise<void> {
    if (this.#newest === -Infinity) return;
    const hour = hourName(this.#newest);
    for (const [retention, file] of [...this.#files]) {
      if (file.hour !== hour) await this.#closeFile(retention);
    }
  }

  async #writeQueue(retention: Retention, queue: readonly { at: number; bytes: Buffer }[]): Promise<void> {
    const byHour = Map.groupBy(queue, ({ at }) => hourName(at));
    for (const [hour, records] of byHour) {
      const file = await this.#file(retention, hour);
      const bytes = Buffer.concat(records.map((record) => record.bytes));
      await file.handle.appendFile(bytes);
      await file.handle.datasync();
      file.bytes += bytes.byteLength;
    }
  }

  async #file(retention: Retention, hour: string): Promise<OpenFile> {
    const most = this.#options.maxFileBytes ?? MOST_FILE_BYTES;
    const known = this.#files.get(retention);
    if (known?.hour === hour && known.bytes < most) return known;
    await this.#closeFile(retention);
    mkdirSync(this.#folder(retention), { recursive: true });
    const newest = this.#newestPart(retention, hour);
    const isFull = newest.bytes >= most;
    const part = newest.part + (isFull ? 1 : 0);
    const file = this.#path(retention, hour, part);
    const goodBytes = cutTornTail(file);
    const handle = await open(file, 'a');
    try {
      if (goodBytes === 0) await handle.appendFile(MAGIC);
    } catch (error) {
      await handle.close();
      throw error;
    }
    const opened = { hour, part, handle, bytes: Math.max(goodBytes, MAGIC.length) };
    this.#files.set(retention, opened);
    if (isFull) this.filled += 1;
    return opened;
  }

  /** The file of an hour that is written to next, as far as it has grown; one that is being sealed is not touched again. */
  #newestPart(retention: Retention, hour: string): { part: number; bytes: number } {
    const folder = this.#folder(retention);
    const ofHour = hoursIn(folder).filter(({ file }) => path.basename(file).startsWith(hour));
    const part = Math.max(0, ...ofHour.map((one) => one.part + (one.sealingOf === null ? 0 : 1)));
    const file = this.#path(retention, hour, part);
    return { part, bytes: statSync(file, { throwIfNoEntry: false })?.size ?? 0 };
  }

  async #closeFile(retention: Retention): Promise<void> {
    await this.#files
      .get(retention)
      ?.handle.close()
      .catch(() => undefined);
    this.#files.delete(retention);
  }

  #path(retention: Retention, hour: string, part: number): string {
    return path.join(this.#folder(retention), journalName(hour, part));
  }

  #folder(retention: Retention): string {
    return path.join(this.#options.folder, this.#options.world, retention);
  }
}

/** The batch frames of one journal file, tick by tick. */
export function readJournal(file: string): { tick: number; frames: readonly Uint8Array[] }[] {
  return decodeJournal(readFileSync(file)).payloads.map((payload) => splitFrames(unpack(payload)));
}

/** A process that was killed may have left half a record. → bytes that hold */
function cutTornTail(file: string): number {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return 0;
  }
  const { goodBytes } = decodeJournal(bytes);
  if (goodBytes < bytes.length) truncateSync(file, goodBytes);
  return goodBytes;
}
