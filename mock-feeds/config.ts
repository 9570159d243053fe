// Arguments of the simulated city, and the only reader of its environment.
import { parseArgs } from 'node:util';
import { readScenario, type PlayedScenario } from './scenario/read-scenario.ts';

export interface Config {
  city: string;
  citiesDir: string;
  host: string;
  port: number;
  mqtt: string;
  jtt808: { host: string; port: number };
  hj212: { host: string; port: number };
  webhook: string;
  webhookKey: string;
  retryS: number[];
  seed: number;
  scale: number;
  startAt: number;
  speed: number;
  /** Moves by `advanceS` only. */
  paused: boolean;
  /** Paused, and the server is driven by the same clock: signatures and keep-alives follow it too. */
  lockStep: boolean;
  /** Ends when its standard input does: a city beside a world never outlives the program that started it. */
  withParent: boolean;
  /** Played by the city itself; null: none. */
  scenario: PlayedScenario | null;
}

const OPTIONS = {
  city: { type: 'string' },
  'cities-dir': { type: 'string' },
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '18080' },
  mqtt: { type: 'string', default: 'mqtt://127.0.0.1:1883' },
  jtt808: { type: 'string', default: '127.0.0.1:7808' },
  hj212: { type: 'string', default: '127.0.0.1:7212' },
  webhook: { type: 'string', default: 'http://127.0.0.1:8080/inbox' },
  'webhook-retry': { type: 'string', default: '2,3,5,10,30,60' },
  scenario: { type: 'string' },
  seed: { type: 'string' },
  scale: { type: 'string' },
  start: { type: 'string' },
  speed: { type: 'string', default: '1' },
  paused: { type: 'boolean', default: false },
  'lock-step': { type: 'boolean', default: false },
  'with-parent': { type: 'boolean', default: false },
} as const;

function numberOf(name: string, text: string, [low, high]: readonly [number, number]): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= low && value <= high)) {
    throw new Error(`--${name} ${text} → a number from ${low} to ${high}`);
  }
  return value;
}

function addressOf(name: string, text: string): { host: string; port: number } {
  const at = text.lastIndexOf(':');
  const host = text.slice(0, at).replace(/^\[|\]$/g, '');
  if (at < 1 || host === '') throw new Error(`--${name} ${text} → host:port`);
  return { host, port: numberOf(name, text.slice(at + 1), [1, 65_535]) };
}

/** Reads the command line; a wrong argument throws with one sentence that says what it should be. */
export function readConfig(argv: readonly string[], env: NodeJS.ProcessEnv, wall: () => number): Config {
  const { values } = parseArgs({ args: [...argv], options: OPTIONS, strict: true });
  const scenario = values.scenario === undefined ? null : readScenario(values.scenario);
  const startAt = values.start === undefined ? (scenario?.startAt ?? wall()) : Date.parse(values.start);
  if (!Number.isFinite(startAt)) throw new Error(`--start ${values.start} → an ISO 8601 time with an offset`);
  return {
    city: values.city ?? scenario?.city ?? 'guangyuan',
    citiesDir: values['cities-dir'] ?? new URL('../cities', import.meta.url).pathname,
    host: values.host,
    port: numberOf('port', values.port, [0, 65_535]),
    mqtt: values.mqtt,
    jtt808: addressOf('jtt808', values.jtt808),
    hj212: addressOf('hj212', values.hj212),
    webhook: values.webhook.replace(/\/$/, ''),
    webhookKey: env['COCKPIT_WEBHOOK_KEY'] ?? 'demo-webhook-key',
    retryS: values['webhook-retry'].split(',').map((text) => numberOf('webhook-retry', text, [0, 86_400])),
    seed: numberOf('seed', values.seed ?? String(scenario?.seed ?? 1), [0, 4_294_967_295]),
    scale: numberOf('scale', values.scale ?? String(scenario?.scale ?? 1), [0, 100]),
    // Whole seconds: most of the protocols say no more.
    startAt: Math.floor(startAt / 1000) * 1000,
    speed: numberOf('speed', values.speed, [0, 3600]),
    paused: values.paused || values['lock-step'],
    lockStep: values['lock-step'],
    withParent: values['with-parent'],
    scenario,
  };
}

export const readEnvironment = (): NodeJS.ProcessEnv => process.env;
