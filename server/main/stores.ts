// What a world keeps on disk, opened in the order it is needed and closed with what it still holds.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
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
  /** What people must answer for. */
  readonly store: RecordStore;
  /** The log of this world: no caller names it, so none can write into another. */
  readonly records: RecordLog;
}

export interface Shelf {
  /** Folder of all that this world keeps. */
  readonly root: string;
  /** Id of the world. */
  readonly world: string;
  /** Of the disk, for journal and history together. */
  readonly maxBytes: number;
  readonly city: string;
  /** Of the PostgreSQL server that keeps the records; null: they lie in the folder, as those of every world but live do. */
  readonly storeUrl: string | null;
}

/** Records come first: who holds them holds the folder. @throws Error naming the file that is damaged or cannot be opened */
export async function openStores(shelf: Shelf, clock: Clock, log: Logger): Promise<Stores> {
  const { root, world, maxBytes, city, storeUrl } = shelf;
  const at = (...names: string[]): string => path.join(root, ...names);
  mkdirSync(root, { recursive: true });
  const store = await openStore({ folder: root, city, url: storeUrl }, { clock, log });
  try {
    const records = await store.openLog(world, clock.now);
    const ticks = new TickCounter(at('tick'));
    ticks.open(clock.now());
    const aliases = new AliasTable(at('aliases.jsonl'));
    aliases.open();
    const journal = new Journal({ folder: at('journal'), world, maxBytes, log });
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
