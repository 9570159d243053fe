// Records in one SQLite file. Calls are synchronous inside, about a millisecond a commit (docs/store.md says what was
// measured): the promises of the port are kept when they return.
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Backend, StoredSnapshot } from './backend.ts';
import type { StoredEntry } from './chain.ts';
import type { ReadRange } from './port.ts';
import type { FileLock, OpenOptions } from './sqlite-file.ts';
import { lockFile, openSqlite, sqliteError } from './sqlite-file.ts';

const COLUMNS = 'world, seq, known_at AS knownAt, kind, text, hash';

export class SqliteBackend implements Backend {
  readonly kind = 'sqlite';
  readonly where: string;
  readonly #database: DatabaseSync;
  readonly #lock: FileLock | null;
  readonly #statements = new Map<string, StatementSync>();

  /** For one writer, or for reading beside it. @throws CodedError store/… */
  static open(options: OpenOptions): SqliteBackend {
    const lock = options.readOnly ? null : lockFile(`${options.file}.lock`);
    try {
      return new SqliteBackend(options.file, openSqlite(options), lock);
    } catch (error) {
      lock?.release();
      throw error;
    }
  }

  private constructor(file: string, database: DatabaseSync, lock: FileLock | null) {
    this.where = file;
    this.#database = database;
    this.#lock = lock;
  }

  worlds(): Promise<readonly string[]> {
    return this.#run(() =>
      this.#prepared('SELECT DISTINCT world FROM entry ORDER BY world')
        .all()
        .map(({ world }) => String(world)),
    );
  }

  last(world: string): Promise<StoredEntry | null> {
    return this.#run(() => {
      const row = this.#prepared(
        `SELECT ${COLUMNS} FROM entry WHERE world = ? ORDER BY seq DESC LIMIT 1`,
      ).get(world);
      return (row as unknown as StoredEntry | undefined) ?? null;
    });
  }

  insert(rows: readonly StoredEntry[]): Promise<void> {
    const insert = 'INSERT INTO entry (world, seq, known_at, kind, text, hash) VALUES (?, ?, ?, ?, ?, ?)';
    return this.#run(() =>
      this.#inTransaction(() => {
        const statement = this.#prepared(insert);
        for (const { world, seq, knownAt, kind, text, hash } of rows)
          statement.run(world, seq, knownAt, kind, text, hash);
      }),
    );
  }

  select(world: string, range: ReadRange, limit: number): Promise<readonly StoredEntry[]> {
    const { after = 0, upTo, kinds, knownFrom, knownBefore } = range;
    let limits = 'seq > ?';
    const values: SQLInputValue[] = [after];
    const also = (sql: string, value: number | undefined): void => {
      if (value === undefined) return;
      limits += ` AND ${sql}`;
      values.push(value);
    };
    also('seq <= ?', upTo);
    also('known_at >= ?', knownFrom);
    also('known_at < ?', knownBefore);
    // Kind by kind along the index: asked for several at once in order of sequence, SQLite would walk through the whole log.
    const ofKind = `SELECT * FROM (SELECT seq FROM entry WHERE world = ? AND kind = ? AND ${limits} ORDER BY seq LIMIT ?)`;
    const where = kinds ? `seq IN (${kinds.map(() => ofKind).join(' UNION ALL ')})` : limits;
    const asked = kinds ? kinds.flatMap((kind) => [world, kind, ...values, limit]) : values;
    const sql = `SELECT ${COLUMNS} FROM entry WHERE world = ? AND ${where} ORDER BY seq LIMIT ?`;
    return this.#run(
      () => this.#prepared(sql).all(world, ...asked, limit) as unknown as readonly StoredEntry[],
    );
  }

  putSnapshot({ world, fold, seq, hash, state }: StoredSnapshot): Promise<void> {
    const put = 'INSERT OR REPLACE INTO fold_snapshot (world, fold, seq, hash, state) VALUES (?, ?, ?, ?, ?)';
    return this.#run(() => void this.#prepared(put).run(world, fold, seq, hash, state));
  }

  getSnapshot(world: string, fold: string): Promise<StoredSnapshot | null> {
    const get = 'SELECT world, fold, seq, hash, state FROM fold_snapshot WHERE world = ? AND fold = ?';
    return this.#run(
      () => (this.#prepared(get).get(world, fold) as unknown as StoredSnapshot | undefined) ?? null,
    );
  }

  probe(): Promise<void> {
    const probe = 'INSERT OR REPLACE INTO probe (id, at) VALUES (1, unixepoch())';
    return this.#run(() => void this.#prepared(probe).run());
  }

  faults(): Promise<readonly string[]> {
    return this.#run(() =>
      this.#database
        .prepare('PRAGMA integrity_check')
        .all()
        .map((row) => String(row['integrity_check']))
        .filter((line) => line !== 'ok'),
    );
  }

  close(): Promise<void> {
    this.#statements.clear();
    this.#database.close();
    this.#lock?.release();
    return Promise.resolve();
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #inTransaction(run: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      run();
      this.#database.exec('COMMIT');
    } catch (error) {
      // SQLite itself rolls back what a full disk stopped.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  #run<T>(act: () => T): Promise<T> {
    try {
      return Promise.resolve(act());
    } catch (error) {
      return Promise.reject(sqliteError(error, this.where));
    }
  }
}
