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
import { ChainedLog } from '../store/log.ts';

export interface Stores {
  readonly ticks: TickCounter;
  readonly aliases: AliasTable;
  readonly memory: FeedMemory;
  readonly journal: Journal;
  readonly uptime: Uptime;
  readonly records: ChainedLog;
}

/** @throws Error naming the file that is damaged or cannot be opened */
export function openStores(config: ServerConfig, clock: Clock, log: Logger): Stores {
  const at = (...names: string[]): string => path.join(config.dataDir, config.city, ...names);
  mkdirSync(at(), { recursive: true });
  const ticks = new TickCounter(at('tick'));
  ticks.open(clock.now());
  const aliases = new AliasTable(at('aliases.jsonl'));
  aliases.open();
  const records = new ChainedLog(at('log.jsonl'), clock.now);
  records.open();
  const maxBytes = config.journal.maxGb * 1e9;
  const journal = new Journal({ folder: at('journal'), world: 'live', maxBytes, log });
  journal.prune(clock.now());
  const uptime = new Uptime(at('uptime'));
  uptime.open(clock.now());
  return { ticks, aliases, memory: new FeedMemory(), journal, uptime, records };
}

export async function closeStores({ journal, uptime, aliases, ticks, records }: Stores): Promise<void> {
  await journal.close();
  uptime.close();
  aliases.close();
  ticks.close();
  records.close();
}
