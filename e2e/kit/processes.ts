// Starts the real server and the simulated city for browser tests: their own processes, any free ports, a fresh data folder.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

export const ROOT = resolve(import.meta.dirname, '../..');
const READY_MS = 60_000;
const STOP_MS = 5000;
export const WEBHOOK_KEY = '0'.repeat(64);
/** Of this very version of Node, in the folder that its owner named. */
const compiled = getCompileCacheDir();

interface Ready {
  readonly ports?: { readonly mqtt?: number; readonly jtt808?: number; readonly hj212?: number };
}

export interface Program {
  readonly child: ChildProcess;
  readonly ready: Ready;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts a program of the repository and waits until it says that it is ready. */
export async function startProgram(
  script: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<Program> {
  // However this process ends, what it started ends with it.
  const watch = ['--import', pathToFileURL(join(ROOT, 'scripts/parent-watch.mjs')).href];
  const child = spawn(process.execPath, [...watch, join(ROOT, script), ...args], {
    cwd: ROOT,
    env: {
      // What was compiled once loads sooner.
      ...(compiled && { NODE_COMPILE_CACHE: dirname(compiled) }),
      ...env,
      COCKPIT_PARENT_PID: String(process.pid),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => {
    said.push(chunk.toString('utf8'));
    if (said.length > 200) said.shift();
  });
  const ended = new Promise<void>((resolveEnd) => child.once('exit', () => resolveEnd()));
  const ready = await new Promise<Ready>((resolveReady, reject) => {
    const fail = (why: string): void => reject(new Error(`${script}: ${why}\n${said.join('')}`));
    const timer = setTimeout(() => fail(`not ready after ${READY_MS / 1000} s`), READY_MS);
    child.once('exit', (code) => fail(`ended with ${code}`));
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      const message = readyLine(line);
      if (!message) return;
      clearTimeout(timer);
      resolveReady(message);
    });
  });
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(timer);
  };
  return { child, ready, stop };
}

function readyLine(line: string): Ready | null {
  try {
    const message = JSON.parse(line) as Partial<Ready> & { ready?: boolean };
    return message.ready === true ? message : null;
  } catch {
    return null;
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolvePort(port));
    });
  });
}

/** @throws Error with what was asked and what came back, where it is not a success */
export async function post(url: string, asked: Readonly<Record<string, unknown>>): Promise<unknown> {
  const body = JSON.stringify(asked);
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(`${url} ${body}: ${response.status} ${await response.text()}`);
  return response.json();
}

export interface CityOptions {
  /** Share of the default number of moving objects. */
  readonly scale: number;
  /** Which of the many possible cities; absent: the usual one. */
  readonly seed?: number;
  /** The server may open worlds beside the live one, each with a simulated city of its own. */
  readonly playsScenarios?: boolean;
  /** Settings of feeds, by slug, where the usual ones would make a test wait: `{ reservoir: { periodS: 5 } }`. */
  readonly feeds?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** What both programs find in their environment beside the usual. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A running city: server with the built client, and the simulated upstreams that feed it. */
export class RunningCity {
  readonly url: string;
  /** Address of the simulated city, with its control API. */
  readonly feedsUrl: string;
  private readonly options: CityOptions;
  private readonly serverPort: number;
  private readonly feedsPort: number;
  private readonly dataDir: string;
  private server: Program | null = null;
  private feeds: Program | null = null;

  private constructor(options: CityOptions, ports: { server: number; feeds: number }) {
    this.options = options;
    this.serverPort = ports.server;
    this.feedsPort = ports.feeds;
    this.url = `http://127.0.0.1:${ports.server}`;
    this.feedsUrl = `http://127.0.0.1:${ports.feeds}`;
    this.dataDir = mkdtempSync(join(tmpdir(), 'cockpit-e2e-'));
  }

  static async start(options: CityOptions): Promise<RunningCity> {
    const city = new RunningCity(options, { server: await freePort(), feeds: await freePort() });
    await city.startServer();
    await city.startFeeds();
    return city;
  }

  async startServer(): Promise<void> {
    const args = ['--city', 'guangyuan', '--port', String(this.serverPort), '--data-dir', this.dataDir];
    args.push(
      '--static',
      join(ROOT, 'dist/client'),
      '--tiles',
      join(ROOT, '.tiles'),
      '--feeds-base',
      this.feedsUrl,
    );
    if (this.options.feeds) args.push('--config', this.settingsFile(this.options.feeds));
    if (this.options.playsScenarios) args.push('--simulated-city', join(ROOT, 'mock-feeds/main.ts'));
    const inner = this.server?.ready.ports;
    args.push('--mqtt-port', String(inner?.mqtt ?? 0), '--jtt808-port', String(inner?.jtt808 ?? 0));
    args.push('--hj212-port', String(inner?.hj212 ?? 0));
    this.server = await startProgram('server/main.ts', args, this.environment());
  }

  async startFeeds(): Promise<void> {
    const inner = this.server?.ready.ports;
    const args = [
      '--city',
      'guangyuan',
      '--port',
      String(this.feedsPort),
      '--scale',
      String(this.options.scale),
    ];
    if (inner?.mqtt) args.push('--mqtt', `mqtt://127.0.0.1:${inner.mqtt}`);
    if (inner?.jtt808) args.push('--jtt808', `127.0.0.1:${inner.jtt808}`);
    if (inner?.hj212) args.push('--hj212', `127.0.0.1:${inner.hj212}`);
    args.push('--webhook', `${this.url}/inbox`);
    if (this.options.seed !== undefined) args.push('--seed', String(this.options.seed));
    this.feeds = await startProgram('mock-feeds/main.ts', args, this.environment());
  }

  /** JSON is YAML too. */
  private settingsFile(feeds: NonNullable<CityOptions['feeds']>): string {
    const file = join(this.dataDir, 'settings.yaml');
    writeFileSync(file, JSON.stringify({ feeds }));
    return file;
  }

  private environment(): Record<string, string> {
    return { COCKPIT_WEBHOOK_KEY: WEBHOOK_KEY, ...this.options.env };
  }

  get serverPid(): number {
    const pid = this.server?.child.pid;
    if (pid === undefined) throw new Error('the server does not run');
    return pid;
  }

  /** Kills the server as a power cut would. */
  async killServer(): Promise<void> {
    await this.server?.stop('SIGKILL');
  }

  /** Stops the server as its owner would: it keeps what it knows. */
  async stopServer(): Promise<void> {
    await this.server?.stop();
  }

  /** Where the server keeps its state between two runs. */
  get stateFolder(): string {
    return join(this.dataDir, 'guangyuan', 'state');
  }

  /** Makes one feed of the simulated city fall silent for ten minutes. */
  async silence(feed: string): Promise<void> {
    await this.control('faults', { feed, fault: 'stop', forS: 600 });
  }

  /** Makes something happen in the simulated city; the cockpit hears of it over the protocol of that source. */
  inject(happening: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.control('inject', happening);
  }

  private control(name: string, body: Readonly<Record<string, unknown>>): Promise<unknown> {
    return post(`${this.feedsUrl}/control/${name}`, body);
  }

  async stop(): Promise<void> {
    await this.feeds?.stop();
    await this.server?.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
