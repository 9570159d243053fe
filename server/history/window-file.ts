// A window: the state frames of some minutes as they come, one record a tick: [moment float64][frames of the tick].
// Appended by the server, read while it is open, and sealed into segments when it is closed.
import { mkdirSync, readFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { joinFrames, splitFrames } from '../../contracts/packet.ts';
import type { Logger } from '../kit/log.ts';
import { namesIn } from './history-files.ts';
import { decodeJournal, encodeRecord, MAGIC } from './journal-file.ts';

const MOMENT = 8;

export interface WindowTick {
  readonly tick: number;
  readonly knownAt: number;
  readonly frames: readonly Uint8Array[];
}

export interface Window {
  readonly file: string;
  /** Epoch ms of its first tick. */
  readonly from: number;
}

/** The windows of a folder, oldest first. */
export function windowsIn(folder: string): Window[] {
  const windows = namesIn(folder).flatMap((name) => {
    const [, from] = /^(\d+)\.frames$/.exec(name) ?? [];
    return from === undefined ? [] : [{ file: path.join(folder, name), from: Number(from) }];
  });
  return windows.sort((a, b) => a.from - b.from);
}

/** Ticks up to a moment, what a crash tore off left out. A window that is gone has none. */
export function readWindow(file: string, until = Infinity): WindowTick[] {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const ticks: WindowTick[] = [];
  for (const payload of decodeJournal(bytes).payloads) {
    const knownAt = new DataView(payload.buffer, payload.byteOffset).getFloat64(0, true);
    if (knownAt > until) break;
    ticks.push({ knownAt, ...splitFrames(payload.subarray(MOMENT)) });
  }
  return ticks;
}

export interface WindowLogOptions {
  readonly folder: string;
  /** Bytes that may wait for a slow disk. */
  readonly maxWaiting: number;
  readonly log: Logger;
}

interface Queued {
  readonly window: number;
  readonly bytes: Buffer;
}

/** Writes windows. `append` is synchronous and cheap; nothing is on the disk before `flush` resolves. */
export class WindowLog {
  readonly #options: WindowLogOptions;
  #queue: Queued[] = [];
  #waitingBytes = 0;
  #window = 0;
  #file: { window: number; handle: FileHandle; good: number } | null = null;
  #writing: Promise<void> | null = null;
  isFailing = false;
  /** Set when frames were dropped: what follows means nothing without new key frames. Cleared by `begin`. */
  isBroken = false;

  constructor(options: WindowLogOptions) {
    this.#options = options;
  }

  /** The windows that are being written: not to be sealed. */
  get openFiles(): string[] {
    const windows = this.#openWindows;
    if (this.#file) windows.add(this.#file.window);
    return [...windows].map((window) => this.#path(window));
  }

  get #openWindows(): Set<number> {
    return new Set([this.#window, ...this.#queue.map(({ window }) => window)]);
  }

  /** Begins a window at a moment, after that of any window before. */
  begin(at: number): void {
    this.#window = Math.max(at, this.#window + 1);
    this.isBroken = false;
  }

  append({ tick, knownAt, frames }: WindowTick): void {
    const packet = joinFrames(tick, frames);
    const payload = new Uint8Array(MOMENT + packet.byteLength);
    new DataView(payload.buffer).setFloat64(0, knownAt, true);
    payload.set(packet, MOMENT);
    const bytes = encodeRecord(payload);
    if (this.isBroken || this.#waitingBytes + bytes.byteLength > this.#options.maxWaiting) {
      this.isBroken = true;
      return;
    }
    this.#waitingBytes += bytes.byteLength;
    this.#queue.push({ window: this.#window, bytes });
  }

  flush(): Promise<void> {
    this.#writing ??= this.#write().finally(() => (this.#writing = null));
    return this.#writing;
  }

  async close(): Promise<void> {
    await this.flush();
    await this.flush();
    await this.#closeFile();
    this.#window = 0;
  }

  async #write(): Promise<void> {
    const queue = this.#queue;
    this.#queue = [];
    let done = 0;
    try {
      for (const [window, records] of Map.groupBy(queue, (one) => one.window)) {
        await this.#writeTo(window, records);
        done += records.length;
      }
      const isOver = this.#file !== null && !this.#openWindows.has(this.#file.window);
      if (isOver) await this.#closeFile();
      if (this.isFailing) this.#options.log.info('history.recovered', {});
      this.isFailing = false;
    } catch (error) {
      if (!this.isFailing) this.#options.log.error('history.failed', { error: (error as Error).message });
      this.isFailing = true;
      this.#queue = [...queue.slice(done), ...this.#queue];
    }
    for (const { bytes } of queue.slice(0, done)) this.#waitingBytes -= bytes.byteLength;
  }

  async #writeTo(window: number, records: readonly Queued[]): Promise<void> {
    if (this.#file?.window !== window) {
      await this.#closeFile();
      mkdirSync(this.#options.folder, { recursive: true });
      const handle = await open(this.#path(window), 'a');
      this.#file = { window, handle, good: goodBytes(this.#path(window)) };
    }
    const file = this.#file;
    const bytes = Buffer.concat([...(file.good === 0 ? [MAGIC] : []), ...records.map((one) => one.bytes)]);
    // What an earlier try left half written.
    await file.handle.truncate(file.good);
    await file.handle.appendFile(bytes);
    await file.handle.datasync();
    file.good += bytes.byteLength;
  }

  async #closeFile(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.handle.close().catch(() => undefined);
  }

  #path(window: number): string {
    return path.join(this.#options.folder, `${window}.frames`);
  }
}

/** Bytes that hold; a file that is new has none. */
function goodBytes(file: string): number {
  return decodeJournal(readFileSync(file)).goodBytes;
}
