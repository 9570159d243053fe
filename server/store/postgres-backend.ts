// Records in PostgreSQL: one schema a city. A batch is one statement, so that it is one transaction of its own.
import type { Backend, StoredSnapshot } from './backend.ts';
import type { StoredEntry } from './chain.ts';
import type { ReadRange } from './port.ts';
import type { SessionOptions } from './postgres-session.ts';
import { PostgresSession } from './postgres-session.ts';

/** Sequences stay below 2^53; the driver hands bigint on as text. */
const COLUMNS = 'world, seq::float8 AS seq, known_at AS "knownAt", kind, text, hash';

export class PostgresBackend implements Backend {
  readonly kind = 'postgres';
  readonly where: string;
  readonly #session: PostgresSession;

  /** @throws CodedError store/unreachable, store/locked, store/newer, store/failed */
  static async open(options: SessionOptions): Promise<PostgresBackend> {
    const session = new PostgresSession(options);
    await session.open();
    return new PostgresBackend(session);
  }

  private constructor(session: PostgresSession) {
    this.#session = session;
    this.where = session.where;
  }

  async worlds(): Promise<readonly string[]> {
    const rows = await this.#session.query<{ world: string }>(
      'SELECT DISTINCT world FROM entry ORDER BY world',
    );
    return rows.map(({ world }) => world);
  }

  async last(world: string): Promise<StoredEntry | null> {
    const sql = `SELECT ${COLUMNS} FROM entry WHERE world = $1 ORDER BY entry.seq DESC LIMIT 1`;
    const [row] = await this.#session.query<StoredEntry>(sql, [world]);
    return row ?? null;
  }

  async insert(rows: readonly StoredEntry[]): Promise<void> {
    if (rows.length === 0) return;
    const column = <K extends keyof StoredEntry>(name: K): StoredEntry[K][] => rows.map((row) => row[name]);
    await this.#session.query(
      `INSERT INTO entry (world, seq, known_at, kind, text, hash)
       SELECT * FROM unnest($1::text[], $2::bigint[], $3::float8[], $4::text[], $5::text[], $6::text[])`,
      [column('world'), column('seq'), column('knownAt'), column('kind'), column('text'), column('hash')],
    );
  }

  select(world: string, range: ReadRange, limit: number): Promise<readonly StoredEntry[]> {
    const { after = 0, upTo = Number.MAX_SAFE_INTEGER, kinds = null } = range;
    const { knownFrom = -Infinity, knownBefore = Infinity } = range;
    const limits = 'seq > $2 AND seq <= $3 AND known_at >= $4 AND known_at < $5';
    // Kind by kind along the index, so that a rare kind is found without walking through the whole log.
    const where = kinds
      ? `seq IN (SELECT found.seq FROM unnest($7::text[]) AS asked (kind), LATERAL (
           SELECT seq FROM entry WHERE world = $1 AND kind = asked.kind AND ${limits} ORDER BY seq LIMIT $6
         ) AS found)`
      : limits;
    return this.#session.query<StoredEntry>(
      `SELECT ${COLUMNS} FROM entry WHERE world = $1 AND ${where} ORDER BY entry.seq LIMIT $6`,
      [world, after, upTo, knownFrom, knownBefore, limit, ...(kinds ? [kinds] : [])],
    );
  }

  async putSnapshot({ world, fold, seq, hash, state }: StoredSnapshot): Promise<void> {
    await this.#session.query(
      `INSERT INTO fold_snapshot (world, fold, seq, hash, state) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (world, fold) DO UPDATE SET seq = $3, hash = $4, state = $5`,
      [world, fold, seq, hash, state],
    );
  }

  async getSnapshot(world: string, fold: string): Promise<StoredSnapshot | null> {
    const sql =
      'SELECT world, fold, seq::float8 AS seq, hash, state FROM fold_snapshot WHERE world = $1 AND fold = $2';
    const [row] = await this.#session.query<StoredSnapshot>(sql, [world, fold]);
    return row ?? null;
  }

  async probe(): Promise<void> {
    await this.#session.query(
      'INSERT INTO probe (id, at) VALUES (1, now()) ON CONFLICT (id) DO UPDATE SET at = now()',
    );
  }

  /** Its pages are checked as they are read; a server that does not force commits to the disk is said. */
  async faults(): Promise<readonly string[]> {
    const [row] = await this.#session.query<{ fsync: string }>('SHOW fsync');
    return row?.fsync === 'off' ? ['fsync is off: a power failure loses what was acknowledged'] : [];
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}
