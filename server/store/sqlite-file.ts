// One SQLite file: opened for one writer, brought forward to the newest schema, and its errors in our own words.
import { closeSync, existsSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { CodedError } from '../../contracts/errors.ts';
import type { ErrorCode } from '../../contracts/errors.ts';

/** Each step brings the schema one version forward; steps that were released never change. */
export const sqliteSteps: readonly string[] = [
  `CREATE TABLE entry (
     world TEXT NOT NULL, seq INTEGER NOT NULL, known_at REAL NOT NULL, kind TEXT NOT NULL,
     text TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (world, seq)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX entry_kind ON entry (world, kind, seq);
   CREATE INDEX entry_known_at ON entry (world, known_at, seq);
   CREATE TABLE probe (id INTEGER PRIMARY KEY, at REAL NOT NULL) STRICT`,
  `CREATE TABLE fold_snapshot (
     world TEXT NOT NULL, fold TEXT NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, state TEXT NOT NULL,
     PRIMARY KEY (world, fold)
   ) STRICT, WITHOUT ROWID`,
];

/** SQLite's primary result codes, https://www.sqlite.org/rescode.html */
const codes: Readonly<Record<number, ErrorCode>> = {
  5: 'store/locked',
  6: 'store/locked',
  11: 'store/damaged',
  13: 'store/full',
  26: 'store/damaged',
};
/** The operating system's words for a disk without room, inside SQLITE_IOERR. */
const IOERR = 10;

export function sqliteError(error: unknown, where: string): CodedError {
  if (error instanceof CodedError) return error;
  const { errcode, message } = error as { errcode?: number; message?: string };
  const primary = (errcode ?? 0) & 0xff;
  if (primary === IOERR && /full|space/i.test(message ?? '')) return new CodedError('store/full', where);
  return new CodedError(codes[primary] ?? 'store/failed', `${where}: ${message ?? String(error)}`);
}

export interface OpenOptions {
  readonly file: string;
  /** Default: all. */
  readonly steps?: readonly string[];
  /** Changes nothing, and may run beside a writer. */
  readonly readOnly?: boolean;
}

/** @throws CodedError store/locked, store/newer, store/damaged, store/full, store/failed */
export function openSqlite({ file, steps = sqliteSteps, readOnly = false }: OpenOptions): DatabaseSync {
  let database: DatabaseSync | null = null;
  try {
    requireSqlite(file);
    database = new DatabaseSync(file, { readOnly, timeout: readOnly ? 5000 : 0 });
    const version = versionOf(database);
    if (version > steps.length)
      throw new CodedError('store/newer', `${file} has schema ${version}, this build knows ${steps.length}`);
    if (readOnly) return database;
    // WAL: readers never wait for the writer. FULL: a commit is on the disk when it returns.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    migrate(database, { file, steps, version });
    return database;
  } catch (error) {
    database?.close();
    throw sqliteError(error, file);
  }
}

/** A writer's right to a file, given back by the system when its process ends, however it ends. */
export interface FileLock {
  release(): void;
}

/** @throws CodedError store/locked with who holds it, as far as is known */
export function lockFile(file: string): FileLock {
  const owner = `${file}.owner`;
  try {
    const database = new DatabaseSync(file, { timeout: 0 });
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    writeFileSync(owner, `process ${process.pid}\n`);
    return { release: () => database.close() };
  } catch (error) {
    const coded = sqliteError(error, file);
    if (coded.code !== 'store/locked') throw coded;
    const by = existsSync(owner) ? readFileSync(owner, 'utf8').trim() : 'another process';
    throw new CodedError('store/locked', `${file} is held by ${by}`);
  }
}

const MAGIC = 'SQLite format 3\0';

/** SQLite takes a file it does not know for one to be filled. An empty one is what a kill at the very start leaves. */
function requireSqlite(file: string): void {
  if (!existsSync(file)) return;
  const head = Buffer.alloc(MAGIC.length);
  const fd = openSync(file, 'r');
  try {
    const bytes = readSync(fd, head, 0, head.length, 0);
    if (bytes > 0 && head.toString('latin1') !== MAGIC)
      throw new CodedError('store/damaged', `${file} is no SQLite file`);
  } finally {
    closeSync(fd);
  }
}

function versionOf(database: DatabaseSync): number {
  const row = database.prepare('PRAGMA user_version').get() as { user_version: number };
  return row.user_version;
}

interface Migration {
  readonly file: string;
  readonly steps: readonly string[];
  readonly version: number;
}

/** Forward only, one transaction a step, a copy of the whole file beside it before each step on a file that holds data. */
function migrate(database: DatabaseSync, { file, steps, version }: Migration): void {
  for (let next = version; next < steps.length; next += 1) {
    if (version > 0) copyBefore(database, `${file}.before-v${next + 1}`);
    database.exec(`BEGIN IMMEDIATE; ${steps[next]}; PRAGMA user_version = ${next + 1}; COMMIT`);
  }
}

/** A copy of an earlier, broken off try is written anew. */
function copyBefore(database: DatabaseSync, copy: string): void {
  if (existsSync(copy)) writeFileSync(copy, '');
  database.prepare('VACUUM INTO ?').run(copy);
}
