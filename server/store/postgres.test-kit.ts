// A PostgreSQL server of a test's own: a new cluster in a temporary folder, on a Unix socket. As root it runs as the user
// `postgres`, which Debian's package makes, because the server refuses root.
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { createSystemClock } from '../kit/clock.ts';

/** Where Debian puts it, newest first. */
const DEBIAN = '/usr/lib/postgresql';
const START_WITHIN_MS = 30_000;
const clock = createSystemClock();

function programs(): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folder = versions.map((version) => path.join(DEBIAN, version, 'bin')).find((bin) => existsSync(bin));
  if (!folder) throw new Error(`PostgreSQL is not installed (${DEBIAN}): apt-get install postgresql`);
  return folder;
}

/** The user it runs as; {} where this user will do. */
function owner(): Pick<SpawnOptions, 'uid' | 'gid'> {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'));
  if (line === undefined) throw new Error('this machine has no user postgres: apt-get install postgresql');
  const [, , uid, gid] = line.split(':').map(Number);
  return { uid, gid };
}

export class PostgresServer {
  readonly url: string;
  readonly #folder: string;
  #child: ChildProcess | null = null;

  constructor() {
    this.#folder = mkdtempSync(path.join(tmpdir(), 'postgres-'));
    this.url = `postgres://postgres@localhost/postgres?host=${encodeURIComponent(this.#folder)}`;
    const { uid, gid } = owner();
    if (uid !== undefined && gid !== undefined) chownSync(this.#folder, uid, gid);
    const made = spawnSync(
      path.join(programs(), 'initdb'),
      ['-D', this.#cluster, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
      { ...owner(), cwd: '/', encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || String(made.error)}`);
  }

  /** Until it answers; just after a kill the processes of the one before may still stand in the way. */
  async start(): Promise<void> {
    const giveUpAt = clock.elapsed() + START_WITHIN_MS;
    let said = '';
    while (clock.elapsed() < giveUpAt) {
      if (!this.#child || this.#child.exitCode !== null || this.#child.signalCode !== null) {
        this.#child = this.#spawn();
        this.#child.stderr?.on('data', (part: Buffer) => (said = part.toString()));
      }
      if (await this.#answers()) return;
      await clock.sleep(100);
    }
    throw new Error(`PostgreSQL did not start: ${said}`);
  }

  /** As a crash of the machine's process: no goodbye, no checkpoint. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  async run(sql: string): Promise<void> {
    const client = new Client({ connectionString: this.url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  get #cluster(): string {
    return path.join(this.#folder, 'cluster');
  }

  #spawn(): ChildProcess {
    const settings = ['-k', this.#folder, '-c', 'listen_addresses=', '-c', 'max_connections=20'];
    return spawn(path.join(programs(), 'postgres'), ['-D', this.#cluster, ...settings], {
      ...owner(),
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }

  async #answers(): Promise<boolean> {
    try {
      await this.run('SELECT 1');
      return true;
    } catch {
      return false;
    }
  }
}
