// An append-only, hash-chained log of JSON lines (contracts/records/log-entry.ts). An entry is on the disk before
// `append` returns; a torn last line is cut off at opening, since it was never acknowledged.
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import { logEntrySchema } from '../../contracts/records/log-entry.ts';

export const FIRST_HASH = '0'.repeat(64);

/** What the caller says; sequence, time and chain are the log's. */
export type NewEntry = Pick<LogEntry, 'world' | 'subject' | 'kind' | 'body'>;

export interface LogFault {
  readonly line: number;
  readonly problem: string;
}

export class ChainedLog {
  readonly #file: string;
  readonly #now: () => number;
  #fd = -1;
  #seq = 0;
  #lastHash = FIRST_HASH;

  constructor(file: string, now: () => number) {
    this.#file = file;
    this.#now = now;
  }

  get seq(): number {
    return this.#seq;
  }

  /** @throws Error naming file, line and problem when the chain does not hold */
  open(): void {
    mkdirSync(path.dirname(this.#file), { recursive: true });
    const isNew = !existsSync(this.#file);
    this.#fd = openSync(this.#file, 'a+');
    const bytes = readFileSync(this.#file);
    const whole = bytes.lastIndexOf(0x0a) + 1;
    if (whole < bytes.length) {
      ftruncateSync(this.#fd, whole);
      fsyncSync(this.#fd);
    }
    const { entries, fault } = readChain(bytes.toString('utf8', 0, whole));
    if (fault)
      throw new Error(`${this.#file}: line ${fault.line}: ${fault.problem}: restore the file from a copy`);
    this.#seq = entries.length;
    this.#lastHash = entries.length === 0 ? FIRST_HASH : hashOf(entries.at(-1) as LogEntry);
    if (isNew) syncFolder(path.dirname(this.#file));
  }

  /** Durable when it returns. @throws Error when the entry cannot be stored; nothing is acknowledged then */
  append(entry: NewEntry): LogEntry {
    const full = logEntrySchema.parse({
      seq: this.#seq + 1,
      ...entry,
      knownAt: this.#now(),
      prevHash: this.#lastHash,
    });
    const line = Buffer.from(`${canonicalJson(full)}\n`);
    let written = 0;
    while (written < line.length) written += writeSync(this.#fd, line, written);
    fsyncSync(this.#fd);
    this.#seq = full.seq;
    this.#lastHash = hashOf(full);
    return full;
  }

  /** Reads the file again from the disk → the first fault, or null. Cutting whole entries off the end needs an outside anchor: `head`. */
  verify(): LogFault | null {
    return readChain(readFileSync(this.#file, 'utf8')).fault;
  }

  entries(): readonly LogEntry[] {
    return readChain(readFileSync(this.#file, 'utf8')).entries;
  }

  /** Sequence and hash of the last entry, to be kept elsewhere. */
  get head(): { seq: number; hash: string } {
    return { seq: this.#seq, hash: this.#lastHash };
  }

  close(): void {
    if (this.#fd >= 0) closeSync(this.#fd);
    this.#fd = -1;
  }
}

/** JSON with sorted keys and no spaces: the same entry always hashes the same. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}

function hashOf(entry: LogEntry): string {
  return createHash('sha256').update(canonicalJson(entry)).digest('hex');
}

function readChain(text: string): { entries: LogEntry[]; fault: LogFault | null } {
  const entries: LogEntry[] = [];
  let previous = FIRST_HASH;
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const [index, line] of lines.entries()) {
    const problem = lineProblem(line, previous, entries);
    if (problem) return { entries, fault: { line: index + 1, problem } };
    previous = hashOf(entries.at(-1) as LogEntry);
  }
  return { entries, fault: null };
}

function lineProblem(line: string, previous: string, entries: LogEntry[]): string | null {
  const seq = entries.length + 1;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'is not JSON';
  }
  const parsed = logEntrySchema.safeParse(value);
  if (!parsed.success) return 'is no log entry';
  if (canonicalJson(parsed.data) !== line) return 'was changed';
  if (parsed.data.seq !== seq) return `has sequence ${parsed.data.seq} where ${seq} is due`;
  if (parsed.data.prevHash !== previous) return 'does not follow the entry before it';
  entries.push(parsed.data);
  return null;
}

/** A new file is durable only when its folder is. */
function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
