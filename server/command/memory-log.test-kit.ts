// The port of a log in memory, for the tests of what is folded from one.
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Fold, NewEntry, RecordLog } from '../store/port.ts';

/** Entries as JSON gives them back. */
export class MemoryLog implements RecordLog {
  readonly world = 'live';
  readonly head = { seq: 0, hash: '' };
  readonly entries: LogEntry[] = [];
  readonly #now: () => number;
  constructor(now: () => number) {
    this.#now = now;
  }
  append(entry: NewEntry): Promise<LogEntry> {
    const seq = this.entries.length + 1;
    const kept = { ...entry, seq, world: 'live', knownAt: this.#now(), prevHash: '' };
    this.entries.push(JSON.parse(JSON.stringify(kept)) as LogEntry);
    return Promise.resolve(this.entries[seq - 1] as LogEntry);
  }
  async *read(): AsyncIterable<LogEntry> {
    yield* await Promise.resolve(this.entries);
  }
  keepSnapshot(): Promise<void> {
    return Promise.resolve();
  }
  snapshot(): Promise<null> {
    return Promise.resolve(null);
  }
  async fold({ kinds, apply }: Fold): Promise<void> {
    for await (const entry of this.read()) if (kinds.includes(entry.kind)) apply(entry);
  }
}
