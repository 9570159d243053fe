// The head of each log, kept outside the store: <folder>/<world>.head, one line "sequence hash", written over in place
// after each commit. A process that is killed leaves it; it is never ahead of what is durable.
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { CodedError } from '../../contracts/errors.ts';
import type { LogHead } from './port.ts';

const LINE = /^(\d{1,15}) +([0-9a-f]{64})\n?$/;
/** Digits of the sequence: all lines are of one length, so that one never stands half over another. */
const DIGITS = 15;
const SUFFIX = '.head';

export class Anchors {
  readonly #folder: string;
  readonly #files = new Map<string, number>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Not forced to the disk: after a power failure it may be older than the log, which is no fault. */
  keep(world: string, { seq, hash }: LogHead): void {
    const line = Buffer.from(`${String(seq).padEnd(DIGITS)} ${hash}\n`);
    writeSync(this.#fileOf(world), line, 0, line.length, 0);
  }

  /** Null: none is kept. @throws CodedError store/damaged naming the file */
  read(world: string): LogHead | null {
    const file = this.#path(world);
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw new CodedError('store/damaged', `${file}: ${(error as Error).message}`);
    }
    // Made, and the process was killed before its first line.
    if (text === '') return null;
    const [, seq, hash] = LINE.exec(text) ?? [];
    if (seq === undefined || hash === undefined)
      throw new CodedError('store/damaged', `${file} holds "${text.slice(0, 40)}" and no head`);
    return { seq: Number(seq), hash };
  }

  /** The worlds that have one. */
  worlds(): string[] {
    try {
      return readdirSync(this.#folder)
        .filter((name) => name.endsWith(SUFFIX))
        .map((name) => decodeURIComponent(name.slice(0, -SUFFIX.length)))
        .sort();
    } catch {
      return [];
    }
  }

  close(): void {
    for (const fd of this.#files.values()) {
      fsyncSync(fd);
      closeSync(fd);
    }
    this.#files.clear();
  }

  #path(world: string): string {
    return path.join(this.#folder, `${encodeURIComponent(world)}${SUFFIX}`);
  }

  #fileOf(world: string): number {
    const known = this.#files.get(world);
    if (known !== undefined) return known;
    mkdirSync(this.#folder, { recursive: true });
    const fd = openSync(this.#path(world), 'a+');
    closeSync(fd);
    const file = openSync(this.#path(world), 'r+');
    this.#files.set(world, file);
    return file;
  }
}
