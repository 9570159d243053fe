// The journal of observations: what ingest accepted in each tick, as batch frames, in hourly files by retention class:
// <folder>/<world>/<class>/<yyyymmddhh>.journal. Written each tick, on the disk each second; a killed process loses ≤ 1 s.
import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, unlinkSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Retention } from '../../contracts/layer.ts';
import { joinFrames, splitFrames } from '../../contracts/packet.ts';
import type { Logger } from '../kit/log.ts';
import { pack, unpack } from '../kit/packed.ts';
import { decodeJournal, encodeRecord, MAGIC } from './journal-file.ts';

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

export interface JournalOptions {
  readonly folder: string;
  readonly world: string;
  /** On disk, all classes together. */
  readonly maxBytes: number;
  /** In memory while the disk is slow. Default 64 MiB. */
  readonly maxWaiting?: number;
  readonly log: Logger;
}

interface OpenFile {
  readonly name: string;
  readonly handle: FileHandle;
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

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  /** Queues the batches of one tick. Synchronous and cheap; nothing is on the disk before `flush` resolves. */
  append(retention: Retention, tick: { number: number; at: number }, frames: readonly Uint8Array[]): void {
    const bytes = encodeRecord(pack(joinFrames(tick.number, frames), 'quick'));
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
    const held = [...this.#files].map(([retention, { name }]) => this.#path(retention, name));
    const waiting = [...this.#waiting].flatMap(([retention, queue]) =>
      queue.map(({ at }) => this.#path(retention, hourName(at))),
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
    for (const [retention, { name }] of [...this.#files]) if (name !== hour) await this.#closeFile(retention);
  }

  async #writeQueue(retention: Retention, queue: readonly { at: number; bytes: Buffer }[]): Promise<void> {
    const byHour = Map.groupBy(queue, ({ at }) => hourName(at));
    for (const [hour, records] of byHour) {
      const { handle } = await this.#file(retention, hour);
      await handle.appendFile(Buffer.concat(records.map(({ bytes }) => bytes)));
      await handle.datasync();
    }
  }

  async #file(retention: Retention, hour: string): Promise<OpenFile> {
    const known = this.#files.get(retention);
    if (known?.name === hour) return known;
    await this.#closeFile(retention);
    mkdirSync(this.#folder(retention), { recursive: true });
    const file = this.#path(retention, hour);
    const goodBytes = cutTornTail(file);
    const handle = await open(file, 'a');
    try {
      if (goodBytes === 0) await handle.appendFile(MAGIC);
    } catch (error) {
      await handle.close();
      throw error;
    }
    const opened = { name: hour, handle };
    this.#files.set(retention, opened);
    return opened;
  }

  async #closeFile(retention: Retention): Promise<void> {
    await this.#files
      .get(retention)
      ?.handle.close()
      .catch(() => undefined);
    this.#files.delete(retention);
  }

  #path(retention: Retention, hour: string): string {
    return path.join(this.#folder(retention), `${hour}.journal`);
  }

  #folder(retention: Retention): string {
    return path.join(this.#options.folder, this.#options.world, retention);
  }
}

/** The batch frames of one journal file, tick by tick. */
export function readJournal(file: string): { tick: number; frames: readonly Uint8Array[] }[] {
  return decodeJournal(readFileSync(file)).payloads.map((payload) => splitFrames(unpack(payload)));
}

/** The journal files of a folder, oldest first. */
export function journalFiles(folder: string): { file: string; hour: number }[] {
  return hoursIn(folder).filter(({ file }) => isOpen(file));
}

/** As `journalFiles`, with those that are being sealed: of one hour they come first, as they are older. */
export function hoursIn(folder: string): { file: string; hour: number }[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  const hours = names.sort().flatMap((name) => {
    const [, y, m, d, h] = /^(\d{4})(\d{2})(\d{2})(\d{2})\.journal(?:\.\d+\.sealing)?$/.exec(name) ?? [];
    return h === undefined
      ? []
      : [{ file: path.join(folder, name), hour: Date.UTC(Number(y), Number(m) - 1, Number(d), Number(h)) }];
  });
  return hours.sort((a, b) => a.hour - b.hour || Number(isOpen(a.file)) - Number(isOpen(b.file)));
}

const isOpen = (file: string): boolean => file.endsWith('.journal');

function hourName(at: number): string {
  return new Date(at).toISOString().slice(0, 13).replace(/[-T]/g, '');
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
