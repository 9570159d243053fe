// One connection to PostgreSQL that the next statement makes again when it was lost, and its errors in our own words. The right to write hangs
// on the connection: whoever has lost it cannot write.
import { Client, DatabaseError } from 'pg';
import type { QueryResultRow } from 'pg';
import { CodedError } from '../../contracts/errors.ts';
import type { ErrorCode } from '../../contracts/errors.ts';

/** Each step brings the schema one version forward; steps that were released never change. */
export const postgresSteps: readonly string[] = [
  `CREATE TABLE entry (
     world text NOT NULL, seq bigint NOT NULL, known_at double precision NOT NULL, kind text NOT NULL,
     text text NOT NULL, hash text NOT NULL, PRIMARY KEY (world, seq)
   );
   CREATE INDEX entry_kind ON entry (world, kind, seq);
   CREATE INDEX entry_known_at ON entry (world, known_at, seq);
   CREATE TABLE probe (id integer PRIMARY KEY, at timestamptz NOT NULL)`,
  `CREATE TABLE fold_snapshot (
     world text NOT NULL, fold text NOT NULL, seq bigint NOT NULL, hash text NOT NULL, state text NOT NULL,
     PRIMARY KEY (world, fold)
   )`,
];

/** One attempt to connect, and one statement. */
const ATTEMPT_MS = 5000;

/** SQLSTATE, whole or by class: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const codes: Readonly<Record<string, ErrorCode>> = {
  '08': 'store/unreachable',
  '53100': 'store/full',
  '53': 'store/unreachable',
  '57': 'store/unreachable',
  XX001: 'store/damaged',
  XX002: 'store/damaged',
};

export interface SessionOptions {
  /** postgres://user:password@host/database */
  readonly url: string;
  /** Of the city inside the database. */
  readonly schema: string;
  readonly readOnly: boolean;
  /** Default: all. */
  readonly steps?: readonly string[];
}

export class PostgresSession {
  readonly where: string;
  readonly #options: SessionOptions;
  #client: Client | null = null;
  #connecting: Promise<Client> | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.where = `${placeOf(options.url)} schema ${options.schema}`;
  }

  /** Rows of one statement. @throws CodedError store/… */
  async query<R extends QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<readonly R[]> {
    const client = await this.#connected();
    try {
      return (await client.query<R>(sql, [...values])).rows;
    } catch (error) {
      const coded = postgresError(error, this.where);
      if (coded.code === 'store/unreachable') this.#drop(client);
      throw coded;
    }
  }

  /** A wrong address is said at the start. @throws CodedError store/… */
  async open(): Promise<void> {
    this.#client = await this.#connect();
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    await client?.end().catch(() => undefined);
  }

  async #connected(): Promise<Client> {
    if (this.#client) return this.#client;
    this.#connecting ??= this.#connect().finally(() => (this.#connecting = null));
    return (this.#client = await this.#connecting);
  }

  async #connect(): Promise<Client> {
    const client = new Client({
      connectionString: this.#options.url,
      application_name: 'leader-cockpit',
      connectionTimeoutMillis: ATTEMPT_MS,
      query_timeout: ATTEMPT_MS,
      keepAlive: true,
    });
    // Said by the statement that is running, or by the next one.
    client.on('error', () => this.#drop(client));
    try {
      await client.connect();
      await this.#prepare(client);
      return client;
    } catch (error) {
      void client.end().catch(() => undefined);
      throw postgresError(error, this.where);
    }
  }

  async #prepare(client: Client): Promise<void> {
    const { schema, readOnly, steps = postgresSteps } = this.#options;
    // A commit that was answered is on the disk, whatever the server's own default is.
    await client.query('SET synchronous_commit = on');
    await client.query(`SET search_path = ${client.escapeIdentifier(schema)}`);
    if (!readOnly) {
      const { rows } = await client.query<{ held: boolean }>(
        'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held',
        [schema],
      );
      if (rows[0]?.held !== true) throw new CodedError('store/locked', this.where);
    }
    const version = await versionOf(client, schema);
    if (version > steps.length)
      throw new CodedError(
        'store/newer',
        `${this.where} has version ${version}, this build knows ${steps.length}`,
      );
    if (readOnly) await client.query('SET default_transaction_read_only = on');
    else
      for (let next = version; next < steps.length; next += 1) await migrate(client, { schema, steps, next });
  }

  #drop(client: Client): void {
    if (this.#client !== client) return;
    this.#client = null;
    void client.end().catch(() => undefined);
  }
}

export function postgresError(error: unknown, where: string): CodedError {
  if (error instanceof CodedError) return error;
  const message = `${where}: ${error instanceof Error ? error.message || error.name : String(error)}`;
  // The database refused, or it was not there to do so.
  if (!(error instanceof DatabaseError)) return new CodedError('store/unreachable', message);
  const state = error.code ?? '';
  return new CodedError(codes[state] ?? codes[state.slice(0, 2)] ?? 'store/failed', message);
}

/** Host, port and database, without user and password. */
function placeOf(url: string): string {
  try {
    const { host, pathname, searchParams } = new URL(url);
    return `PostgreSQL ${searchParams.get('host') ?? host}${pathname}`;
  } catch {
    return 'PostgreSQL';
  }
}

async function versionOf(client: Client, schema: string): Promise<number> {
  const known = await client.query<{ name: string | null }>('SELECT to_regclass($1)::text AS name', [
    `${client.escapeIdentifier(schema)}.schema_version`,
  ]);
  if (known.rows[0]?.name == null) return 0;
  const { rows } = await client.query<{ version: number }>('SELECT version FROM schema_version');
  return rows[0]?.version ?? 0;
}

interface Migration {
  readonly schema: string;
  readonly steps: readonly string[];
  readonly next: number;
}

/** Forward only, one transaction a step; before a step on a schema that holds data its tables are copied into another schema. */
async function migrate(client: Client, { schema, steps, next }: Migration): Promise<void> {
  const own = client.escapeIdentifier(schema);
  await client.query('BEGIN');
  try {
    if (next === 0) {
      await client.query(`CREATE SCHEMA IF NOT EXISTS ${own}`);
      await client.query('CREATE TABLE schema_version (version integer NOT NULL)');
      await client.query('INSERT INTO schema_version VALUES (0)');
    } else await copyBefore(client, schema, client.escapeIdentifier(`${schema}_before_v${next + 1}`));
    await client.query(steps[next] ?? '');
    await client.query('UPDATE schema_version SET version = $1', [next + 1]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function copyBefore(client: Client, schema: string, copy: string): Promise<void> {
  const own = client.escapeIdentifier(schema);
  await client.query(`DROP SCHEMA IF EXISTS ${copy} CASCADE`);
  await client.query(`CREATE SCHEMA ${copy}`);
  const { rows } = await client.query<{ name: string }>(
    'SELECT tablename AS name FROM pg_tables WHERE schemaname = $1',
    [schema],
  );
  for (const { name } of rows) {
    const table = client.escapeIdentifier(name);
    await client.query(`CREATE TABLE ${copy}.${table} AS TABLE ${own}.${table}`);
  }
}
