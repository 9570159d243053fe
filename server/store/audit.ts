// Reads a log from its first entry and names everything that was done to it: pure, one entry at a time.
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import { logEntrySchema } from '../../contracts/records/log-entry.ts';
import type { StoredEntry } from './chain.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import { FIRST_HEAD, hashOf, headOf } from './chain.ts';
import type { LogHead } from './port.ts';

export type FaultKind =
  'edited' | 'removed' | 'reordered' | 'truncated' | 'unanchored' | 'damaged' | 'evidence';

export interface Fault {
  readonly what: FaultKind;
  /** First and last sequence it is about; 0: not about entries. */
  readonly from: number;
  readonly to: number;
  readonly detail: string;
}

export class Audit {
  readonly faults: Fault[] = [];
  readonly #world: string;
  readonly #anchor: LogHead | null;
  #head: LogHead = FIRST_HEAD;
  /** The entry before is as it was written, as far as it says so itself. */
  #isSound = true;
  #isAnchorMet = false;
  #count = 0;

  /** `anchor`: the head that was kept outside; null where none was. */
  constructor(world: string, anchor: LogHead | null) {
    this.#world = world;
    this.#anchor = anchor;
  }

  get count(): number {
    return this.#count;
  }

  get head(): LogHead {
    return this.#head;
  }

  /** Rows in the order in which they are stored. */
  take(row: StoredEntry): void {
    this.#count += 1;
    const due = this.#head.seq + 1;
    if (row.seq < due) {
      this.#add('reordered', row.seq, `stands after entry ${this.#head.seq}`);
      this.#isSound = false;
      return;
    }
    if (row.seq > due) {
      this.faults.push({ what: 'removed', from: due, to: row.seq - 1, detail: 'is not there' });
      this.#isSound = false;
    }
    const entry = parseEntry(row.text);
    const [what, detail] = this.#ownFault(row, entry) ?? [null, ''];
    if (what !== null) this.#add(what, row.seq, detail);
    else if (this.#isSound && entry?.prevHash !== this.#head.hash)
      this.#add(...this.#brokenLink(row.seq, 'was another one when the next was written'));
    const hash = hashOf(row.text);
    if (row.seq === this.#anchor?.seq) this.#meetAnchor(hash, what === null);
    this.#isSound = what === null;
    this.#head = headOf({ ...row, hash });
  }

  /** Call when all rows were taken. */
  finish(): readonly Fault[] {
    const last = this.#head.seq;
    const anchor = this.#anchor;
    if (!anchor && last > 0)
      this.faults.push({
        what: 'unanchored',
        from: 0,
        to: 0,
        detail: 'no head is kept outside: entries that were cut off its end would not be seen',
      });
    if (anchor && anchor.seq > last)
      this.faults.push({
        what: 'truncated',
        from: last + 1,
        to: anchor.seq,
        detail: `was cut off: the head kept outside is entry ${anchor.seq}`,
      });
    return this.faults;
  }

  #add(what: FaultKind, seq: number, detail: string): void {
    if (seq > 0) this.faults.push({ what, from: seq, to: seq, detail });
  }

  /** The first entry has none before it: then it is the one that was changed. */
  #brokenLink(seq: number, detail: string): [FaultKind, number, string] {
    return seq === 1 ? ['edited', 1, 'does not begin the chain'] : ['edited', seq - 1, detail];
  }

  #meetAnchor(hash: string, isSound: boolean): void {
    if (this.#isAnchorMet) return;
    this.#isAnchorMet = true;
    const seq = this.#anchor?.seq ?? 0;
    if (isSound && hash !== this.#anchor?.hash)
      this.#add('edited', seq, 'is not the head that was kept outside');
  }

  #ownFault(row: StoredEntry, entry: LogEntry | null): [FaultKind, string] | null {
    if (hashOf(row.text) !== row.hash) return ['edited', 'its text does not fit its hash'];
    if (!entry || canonicalJson(entry) !== row.text) return ['edited', 'is no log entry as we write it'];
    if (entry.seq !== row.seq) return ['reordered', `is entry ${entry.seq} in the place of ${row.seq}`];
    if (entry.world !== this.#world) return ['edited', `is an entry of world ${entry.world}`];
    if (entry.kind !== row.kind) return ['edited', `is filed under ${row.kind} and is ${entry.kind}`];
    if (entry.knownAt !== row.knownAt)
      return ['edited', `is filed at ${row.knownAt}, known at ${entry.knownAt}`];
    return null;
  }
}

export function parseEntry(text: string): LogEntry | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = logEntrySchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** A line of a log as a row; where it says no sequence it counts as the one that is due. */
export function rowOfLine(line: string, world: string, due: number): StoredEntry {
  const { seq = due, knownAt = 0, kind = '' } = parseEntry(line) ?? {};
  return { world, seq, knownAt, kind, text: line, hash: hashOf(line) };
}

/** A log as JSON lines, as rows in the order of the lines; what a crash tore off the end is left out. */
export function* rowsOfLines(text: string, world: string): Generator<StoredEntry> {
  let due = 1;
  for (const line of text.slice(0, text.lastIndexOf('\n') + 1).split('\n')) {
    if (line === '') continue;
    const row = rowOfLine(line, world, due);
    yield row;
    due = row.seq + 1;
  }
}

/** One fault as people read it. */
export function describeFault({ what, from, to, detail }: Fault): string {
  const which = from === 0 ? '' : from === to ? `entry ${from}: ` : `entries ${from} to ${to}: `;
  return `${which}${what}: ${detail}`;
}
