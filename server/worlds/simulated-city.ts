// The simulated city as a child process of a world that is not live: started beside it, stopped with it.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createSystemClock } from '../kit/clock.ts';

/** A child that says nothing for so long does not come up any more. */
const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 2_000;
/** A process lives in real time, whatever the clock of its world says. */
const wall = createSystemClock();

export interface SimulatedCityOptions {
  readonly city: string;
  /** HTTP port it is asked at: the server has to know it first, see `freePort`. */
  readonly port: number;
  /** Ports of the world's server: mqtt, jtt808, hj212. */
  readonly ports: Readonly<Record<string, number>>;
  /** Base of its inbox, and the key that signs what is pushed there. */
  readonly inbox: string;
  readonly webhookKey: string;
  /** Epoch ms. */
  readonly startAt: number;
  readonly scale: number;
  readonly seed?: number | undefined;
  /** scenario.yaml that it plays by itself. */
  readonly scenarioFile?: string | undefined;
  /** Called once when it ends without having been stopped. */
  readonly onExit?: ((reason: string) => void) | undefined;
}

export interface SimulatedCity {
  /** "http://127.0.0.1:18080": its control desk lies under /control. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A port of this machine that nothing listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Starts it paused, in lock-step; resolves when it can be asked. @throws Error with its own last words */
export async function startSimulatedCity(options: SimulatedCityOptions): Promise<SimulatedCity> {
  const main = path.join(import.meta.dirname, '../../mock-feeds/main.ts');
  const child = spawn(process.execPath, [main, ...argumentsOf(options)], {
    env: { COCKPIT_WEBHOOK_KEY: options.webhookKey },
    // Its input ends with this process, however that ends: the city goes with it.
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let words = '';
  child.stderr.on('data', (part: Buffer) => (words = (words + part.toString()).slice(-2000)));
  let stopping = false;
  const isReady = await ready(child);
  if (!isReady) {
    child.kill('SIGKILL');
    throw new Error(`the simulated city did not come up: ${words.trim() || 'it said nothing'}`);
  }
  child.once('exit', (code, signal) => {
    if (!stopping)
      options.onExit?.(`the simulated city ended (${code ?? signal}): ${words.trim().slice(-300)}`);
  });
  return {
    url: `http://127.0.0.1:${options.port}`,
    stop: () => {
      stopping = true;
      return stop(child);
    },
  };
}

function argumentsOf(options: SimulatedCityOptions): string[] {
  const { ports, scenarioFile, seed } = options;
  return [
    ...['--city', options.city, '--port', String(options.port), '--lock-step', '--with-parent'],
    ...['--start', new Date(options.startAt).toISOString(), '--scale', String(options.scale)],
    ...['--mqtt', `mqtt://127.0.0.1:${ports['mqtt']}`, '--webhook', options.inbox, '--webhook-retry', '0.05'],
    ...['--jtt808', `127.0.0.1:${ports['jtt808']}`, '--hj212', `127.0.0.1:${ports['hj212']}`],
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ...(scenarioFile === undefined ? [] : ['--scenario', scenarioFile]),
  ];
}

/** → whether it said that it is ready; false: it ended or stayed silent. */
function ready(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    let said = '';
    const late = wall.after(READY_WITHIN_MS, () => resolve(false));
    const settle = (isReady: boolean): void => {
      late.stop();
      resolve(isReady);
    };
    child.stdout?.on('data', (part: Buffer) => {
      said += part.toString();
      if (said.includes('"ready":true')) settle(true);
    });
    child.once('error', () => settle(false));
    child.once('exit', () => settle(false));
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const late = wall.after(STOP_WITHIN_MS, () => child.kill('SIGKILL'));
    child.once('exit', () => {
      late.stop();
      resolve();
    });
    child.kill('SIGTERM');
  });
}
