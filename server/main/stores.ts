// What the server keeps on disk, opened in the order it is needed and closed with what it still holds.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { ServerConfig } from '../config.ts';
import { Journal } from '../history/journal.ts';
import { Uptime } from '../history/uptime.ts';
import { AliasTable } from '../ingest/alias-table.ts';
import { FeedMemory } from '../ingest/feed-memory.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { TickCounter } from '../state/tick-counter.ts';
import { openStore } from '../store/open-store.ts';
import type { RecordLog, RecordStore } from '../store/port.ts';

export interface Stores {
  readonly ticks: TickCounter;
  readonly aliases: AliasTable;
  readonly memory: FeedMemory;
  readonly journal: Journal;
  readonly uptime: Uptime;
  /** What people must answer for, a log for each world. */
  readonly store: RecordStore;
  /** The log of the live world. */
  readonly records: RecordLog;
}

/** Records come first: who holds them holds the folder. @throws Error naming the file that is damaged or cannot be opened */
export async function openStores(config: ServerConfig, clock: Clock, log: Logger): Promise<Stores> {
  const folder = path.join(config.dataDir, config.city);
  const at = (...names: string[]): string => path.join(folder, ...names);
  mkdirSync(folder, { recursive: true });
  const store = await openStore({ folder, city: config.city, url: config.storeUrl }, { clock, log });
  try {
    const records = await store.openLog('live', clock.now);
    const ticks = new TickCounter(at('tick'));
    ticks.open(clock.now());
    const aliases = new AliasTable(at('aliases.jsonl'));
    aliases.open();
    const maxBytes = config.journal.maxGb * 1e9;
    const journal = new Journal({ folder: at('journal'), world: 'live', maxBytes, log });
    journal.prune(clock.now());
    const uptime = new Uptime(at('uptime'));
    uptime.open(clock.now());
    return { ticks, aliases, memory: new FeedMemory(), journal, uptime, store, records };
  } catch (error) {
    await store.close();
    throw error;
  }
}

export async function closeStores({ journal, uptime, aliases, ticks, store }: Stores): Promise<void> {
  try {
    await journal.close();
    uptime.close();
    aliases.close();
    ticks.close();
  } finally {
    await store.close();
  }
}
