// The hash chain of a log (contracts/records/log-entry.ts): how an entry is written, hashed and tied to the one before.
import { hash } from 'node:crypto';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import { logEntrySchema } from '../../contracts/records/log-entry.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { LogHead, NewEntry } from './port.ts';

/** Head of a log without entries. */
export const FIRST_HEAD: LogHead = { seq: 0, hash: '0'.repeat(64) };

/** An entry as it is stored. `text` is what is hashed; the rest is said again beside it, so that it can be asked for. */
export interface StoredEntry {
  readonly world: string;
  readonly seq: number;
  /** Epoch ms. */
  readonly knownAt: number;
  readonly kind: string;
  /** Canonical JSON of the entry. */
  readonly text: string;
  /** SHA-256 of `text`, hex. */
  readonly hash: string;
}

export interface Linked {
  readonly entry: LogEntry;
  readonly stored: StoredEntry;
}

export function hashOf(text: string): string {
  return hash('sha256', text);
}

/** The entry that follows `head`. @throws ZodError when it fits no log entry */
export function link(head: LogHead, said: NewEntry, at: { world: string; knownAt: number }): Linked {
  const entry = logEntrySchema.parse({ ...said, ...at, seq: head.seq + 1, prevHash: head.hash });
  return { entry, stored: toStored(entry) };
}

export function toStored(entry: LogEntry): StoredEntry {
  const text = canonicalJson(entry);
  const { world, seq, knownAt, kind } = entry;
  return { world, seq, knownAt, kind, text, hash: hashOf(text) };
}

export const headOf = (stored: StoredEntry | null): LogHead =>
  stored ? { seq: stored.seq, hash: stored.hash } : FIRST_HEAD;

export const sameHead = (a: LogHead, b: LogHead): boolean => a.seq === b.seq && a.hash === b.hash;
