// What a world keeps on disk, opened in the order it is needed and closed with what it still holds.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import { Journal } from '../history/journal.ts';
import { Uptime } from '../history/uptime.ts';
import { AliasTable } from '../ingest/alias-table.ts';
import { FeedMemory } from '../ingest/feed-memory.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { TickCounter } from '../state/tick-counter.ts';
import { ChainedLog } from '../store/log.ts';

/** The records of one world: no caller names it, so none can write into another. */
export interface WorldLog {
  entries(): readonly LogEntry[];
  /** Durable when it returns. @throws Error when the entry cannot be stored */
  append(entry: Pick<LogEntry, 'subject' | 'kind' | 'body'>): LogEntry;
  close(): void;
}

export interface Stores {
  readonly ticks: TickCounter;
  readonly aliases: AliasTable;
  readonly memory: FeedMemory;
  readonly journal: Journal;
  readonly uptime: Uptime;
  readonly records: WorldLog;
}

export interface Shelf {
  /** Folder of all that this world keeps. */
  readonly root: string;
  /** Id of the world. */
  readonly world: string;
  /** Of the disk, for journal and history together. */
  readonly maxBytes: number;
}

/** @throws Error naming the file that is damaged or cannot be opened */
export function openStores({ root, world, maxBytes }: Shelf, clock: Clock, log: Logger): Stores {
  const at = (...names: string[]): string => path.join(root, ...names);
  mkdirSync(at(), { recursive: true });
  const ticks = new TickCounter(at('tick'));
  ticks.open(clock.now());
  const aliases = new AliasTable(at('aliases.jsonl'));
  aliases.open();
  const records = openRecords(at('log.jsonl'), world, clock.now);
  const journal = new Journal({ folder: at('journal'), world, maxBytes, log });
  journal.prune(clock.now());
  const uptime = new Uptime(at('uptime'));
  uptime.open(clock.now());
  return { ticks, aliases, memory: new FeedMemory(), journal, uptime, records };
}

function openRecords(file: string, world: string, now: () => number): WorldLog {
  const chain = new ChainedLog(file, now);
  chain.open();
  return {
    entries: () => chain.entries(),
    append: (entry) => chain.append({ world, ...entry }),
    close: () => chain.close(),
  };
}

export async function closeStores({ journal, uptime, aliases, ticks, records }: Stores): Promise<void> {
  await journal.close();
  uptime.close();
  aliases.close();
  ticks.close();
  records.close();
}
