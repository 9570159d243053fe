// Logs as JSON lines: taken over once, verified, from the files that versions before the store kept; and written for backups.
import { createReadStream, existsSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { CodedError } from '../../contracts/errors.ts';
import { Audit, describeFault, rowOfLine, rowsOfLines } from './audit.ts';
import type { Backend } from './backend.ts';
import type { StoredEntry } from './chain.ts';
import type { LogHead } from './port.ts';

/** Entries in one transaction. */
const BATCH = 1000;

/** The one log of versions before the store, and what it is called once it is taken over. */
const OLD_LOG = 'log.jsonl';
export const OLD_LOG_COPY = 'log.taken-over.jsonl';
const OLD_WORLD = 'live';

/** Where the old log of a city folder lies, taken over or not; null: there is none. */
export function oldLogIn(folder: string): string | null {
  const files = [OLD_LOG, OLD_LOG_COPY].map((name) => path.join(folder, name));
  return files.find((file) => existsSync(file)) ?? null;
}

/** Takes the old log of a city folder over, if there is one that was not. @throws CodedError store/damaged */
export async function takeOver(folder: string, backend: Backend): Promise<number> {
  const file = path.join(folder, OLD_LOG);
  if (!existsSync(file)) return 0;
  const { rows } = auditFile(file, OLD_WORLD);
  const count = await putLines(backend, { file, world: OLD_WORLD, rows });
  renameSync(file, path.join(folder, OLD_LOG_COPY));
  return count;
}

export interface AuditedFile {
  readonly rows: readonly StoredEntry[];
  readonly head: LogHead;
}

/** All entries of a file, in order. @throws CodedError store/damaged naming file and entry */
export function auditFile(file: string, world: string): AuditedFile {
  const audit = new Audit(world, null);
  const rows = [...rowsOfLines(readFileSync(file, 'utf8'), world)];
  for (const row of rows) audit.take(row);
  const [fault] = audit.faults;
  if (fault) throw new CodedError('store/damaged', `${file}: ${describeFault(fault)}`);
  return { rows, head: audit.head };
}

/** Entries that are in the store already are compared, not written again: a try that was broken off goes on. */
async function putLines(
  backend: Backend,
  { file, world, rows }: { file: string; world: string; rows: readonly StoredEntry[] },
): Promise<number> {
  const last = await backend.last(world);
  const held = rows[(last?.seq ?? 0) - 1];
  if (last && rows.length >= last.seq && held?.hash !== last.hash)
    throw new CodedError('store/damaged', `${backend.where}: entry ${last.seq} is not the one of ${file}`);
  if (last && rows.length < last.seq) await requireSame(backend, { file, world, row: rows.at(-1) });
  for (let at = last?.seq ?? 0; at < rows.length; at += BATCH)
    await backend.insert(rows.slice(at, at + BATCH));
  return Math.max(0, rows.length - (last?.seq ?? 0));
}

async function requireSame(
  backend: Backend,
  { file, world, row }: { file: string; world: string; row: StoredEntry | undefined },
): Promise<void> {
  if (!row) return;
  const [held] = await backend.select(world, { after: row.seq - 1, upTo: row.seq }, 1);
  if (held?.hash !== row.hash)
    throw new CodedError('store/damaged', `${backend.where}: entry ${row.seq} is not the one of ${file}`);
}

/** Fills an empty log from a file that is audited whole before. @throws CodedError store/damaged, store/failed */
export async function importLines(backend: Backend, file: string, world: string): Promise<LogHead> {
  if (await backend.last(world))
    throw new CodedError(
      'store/failed',
      `${backend.where} holds entries of ${world}: restore into an empty store`,
    );
  const audit = new Audit(world, null);
  for await (const row of rowsIn(file, world)) audit.take(row);
  const [fault] = audit.faults;
  if (fault) throw new CodedError('store/damaged', `${file}: ${describeFault(fault)}`);
  let batch: StoredEntry[] = [];
  for await (const row of rowsIn(file, world)) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    await backend.insert(batch);
    batch = [];
  }
  await backend.insert(batch);
  return audit.head;
}

async function* rowsIn(file: string, world: string): AsyncGenerator<StoredEntry> {
  let due = 1;
  for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) {
    const row = rowOfLine(line, world, due);
    yield row;
    due = row.seq + 1;
  }
}

/** All entries of a log up to its end as it is now, page by page. */
export async function* pagesOf(backend: Backend, world: string): AsyncGenerator<readonly StoredEntry[]> {
  let after = 0;
  for (;;) {
    const rows = await backend.select(world, { after }, BATCH);
    if (rows.length > 0) yield rows;
    if (rows.length < BATCH) return;
    after = rows.at(-1)?.seq ?? after;
  }
}
