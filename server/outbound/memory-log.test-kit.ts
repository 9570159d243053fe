// A log in memory, as the store keeps it: whoever opens it again finds what a killed process had written, and nothing else.
import { CodedError } from '../../contracts/errors.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { RecordLog } from '../store/port.ts';

export interface MemoryLog extends RecordLog {
  readonly entries: LogEntry[];
  /** Refuses everything, as a full disk does. */
  isFull: boolean;
}

export function createMemoryLog(now: () => number): MemoryLog {
  const entries: LogEntry[] = [];
  const log: MemoryLog = {
    world: 'live',
    entries,
    isFull: false,
    get head() {
      return { seq: entries.length, hash: '' };
    },
    append(said) {
      if (log.isFull) return Promise.reject(new CodedError('store/full', 'live'));
      // Canonical JSON keeps no undefined and no identity.
      const body = JSON.parse(JSON.stringify(said.body)) as LogEntry['body'];
      const entry = { ...said, body, seq: entries.length + 1, world: 'live', knownAt: now(), prevHash: '' };
      entries.push(entry);
      return Promise.resolve(entry);
    },
    async *read({ kinds } = {}) {
      await Promise.resolve();
      yield* entries.filter(({ kind }) => kinds?.includes(kind) ?? true);
    },
    keepSnapshot: () => Promise.resolve(),
    snapshot: () => Promise.resolve(null),
    fold: ({ kinds, apply }) => {
      for (const entry of entries) if (kinds.includes(entry.kind)) apply(entry);
      return Promise.resolve();
    },
  };
  return log;
}
