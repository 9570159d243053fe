// The simulated city as a child process: a program at the other side of its protocols, started paused and in lock-step,
// stopped with whoever started it. Its code is never loaded here.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Clock } from '../kit/clock.ts';

/** A child that is not ready by then does not come up any more. */
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 3000;
/** Of what it said last, for the reason it ended with. */
const WORDS = 2000;

export interface SimulatedCityOptions {
  /** mock-feeds/main.ts, or another program with its arguments. */
  readonly program: string;
  readonly city: string;
  readonly citiesDir?: string | undefined;
  /** HTTP port it is asked at; 0: any free one. */
  readonly port: number;
  /** Ports of the world it reports to: mqtt, jtt808, hj212. One that is absent has nobody behind it. */
  readonly ports: Readonly<Record<string, number>>;
  /** Base of the inbox of that world, and the key that signs what is pushed there. */
  readonly inbox: string;
  readonly webhookKey: string;
  /** Epoch ms. */
  readonly startAt: number;
  /** How many objects it has, as a factor. */
  readonly scale: number;
  readonly seed?: number | undefined;
  /** scenario.yaml that it plays by itself. */
  readonly scenarioFile?: string | undefined;
  /** The clock on the wall. */
  readonly wall: Clock;
  /** Called once when it ends without having been stopped. */
  readonly onExit?: ((reason: string) => void) | undefined;
}

export interface SimulatedCity {
  /** "http://127.0.0.1:18080": its control desk lies under /control. */
  readonly url: string;
  readonly pid: number;
  /** Resolves when the process is gone. */
  stop(): Promise<void>;
}

/** Below those that systems give out by themselves: nothing else takes one before its city does. */
const PORTS = { first: 20_000, count: 12_000 } as const;
const MOST_TRIES = 100;

/** A port of this machine that nothing listens on, for a server that has to know it before its city is there. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const port = PORTS.first + randomInt(PORTS.count);
    if (await isFree(port)) return port;
  }
  throw new Error(`${MOST_TRIES} ports from ${PORTS.first} on were all taken`);
}

function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** Resolves when it can be asked. @throws Error with its own last words */
export async function startSimulatedCity(options: SimulatedCityOptions): Promise<SimulatedCity> {
  const { program, wall, webhookKey, onExit } = options;
  if (!existsSync(program)) throw new Error(`the simulated city is not at ${program}: see --simulated-city`);
  const child = spawn(process.execPath, [program, ...argumentsOf(options)], {
    env: { COCKPIT_WEBHOOK_KEY: webhookKey },
    // Its input ends with this process, however that ends: the city goes with it.
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let words = '';
  child.stderr.on('data', (part: Buffer) => (words = (words + part.toString()).slice(-WORDS)));
  const port = await readyPort(child, wall);
  if (port === null) {
    await stopChild(child, wall);
    throw new Error(`the simulated city did not come up: ${lastOf(words)}`);
  }
  let stopping = false;
  const ended = (): void => {
    if (!stopping)
      onExit?.(
        `the simulated city ended (${child.signalCode ?? `code ${child.exitCode}`}): ${lastOf(words)}`,
      );
  };
  if (isOver(child)) ended();
  else child.once('exit', ended);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid as number,
    stop: () => {
      stopping = true;
      return stopChild(child, wall);
    },
  };
}

const lastOf = (words: string): string => words.trim().split('\n').at(-1)?.slice(0, 300) || 'it said nothing';

const isOver = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

/** Nobody listens on it: what would be reported there is not taken. */
const NOBODY = '127.0.0.1:9';

function argumentsOf(options: SimulatedCityOptions): string[] {
  const { ports, scenarioFile, seed, citiesDir } = options;
  const at = (name: string): string => (ports[name] === undefined ? NOBODY : `127.0.0.1:${ports[name]}`);
  return [
    ...['--city', options.city, '--port', String(options.port), '--lock-step', '--with-parent'],
    ...['--start', new Date(options.startAt).toISOString(), '--scale', String(options.scale)],
    ...['--mqtt', `mqtt://${at('mqtt')}`, '--webhook', options.inbox, '--webhook-retry', '0.05'],
    ...['--jtt808', at('jtt808'), '--hj212', at('hj212')],
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ...(citiesDir === undefined ? [] : ['--cities-dir', citiesDir]),
    ...(scenarioFile === undefined ? [] : ['--scenario', scenarioFile]),
  ];
}

/** The port of its ready line; null: it ended or stayed silent. */
function readyPort(child: ChildProcess, wall: Clock): Promise<number | null> {
  return new Promise((resolve) => {
    let said = '';
    const timer = wall.after(READY_WITHIN_MS, () => settle(null));
    function settle(port: number | null): void {
      timer.stop();
      resolve(port);
    }
    child.stdout?.on('data', (part: Buffer) => {
      said += part.toString();
      const port = /^\{"ready":true,"port":(\d+)\}$/m.exec(said)?.[1];
      if (port !== undefined) settle(Number(port));
    });
    child.once('error', () => settle(null));
    child.once('exit', () => settle(null));
  });
}

function stopChild(child: ChildProcess, wall: Clock): Promise<void> {
  if (isOver(child) || child.pid === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = wall.after(STOP_WITHIN_MS, () => child.kill('SIGKILL'));
    child.once('exit', () => {
      timer.stop();
      resolve();
    });
    child.kill('SIGTERM');
  });
}
