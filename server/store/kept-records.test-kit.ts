// What lies in the records of a data folder, read beside a server or after it, for tests and benches.
import path from 'node:path';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import { parseEntry } from './audit.ts';
import { auditStore } from './audit-store.ts';
import { openForReading } from './open-store.ts';
import { anchorFolder } from './store.ts';
import { pagesOf } from './take-over.ts';

export interface KeptRecords {
  readonly entries: readonly LogEntry[];
  /** What the audit of all worlds names, as "<what> <from>-<to>". */
  readonly faults: readonly string[];
}

/** Entries of the live world in the embedded store of a city. */
export const keptRecords = (dataDir: string, city: string): Promise<KeptRecords> =>
  recordsOf(path.join(dataDir, city), { city, world: 'live' });

/** Entries of a world in the embedded store of its folder. */
export async function recordsOf(
  folder: string,
  { city, world }: { readonly city: string; readonly world: string },
): Promise<KeptRecords> {
  const backend = await openForReading({ folder, city, url: null });
  if (!backend) throw new Error(`${folder} holds no records`);
  try {
    const { logs, faults } = await auditStore(backend, anchorFolder(folder));
    const entries: LogEntry[] = [];
    for await (const page of pagesOf(backend, world))
      for (const { text } of page) entries.push(parseEntry(text) as LogEntry);
    const named = logs.flatMap((log) => log.faults.map(({ what, from, to }) => `${what} ${from}-${to}`));
    return { entries, faults: [...named, ...faults] };
  } finally {
    await backend.close();
  }
}
