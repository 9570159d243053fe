// 战时 on every screen: how long after its approval is sent the last of many screens shows it, under load, and how long until
// screens that ask each second, as dashboards do, would show it. In the same run, of the same switches.
import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import { mode } from '../contracts/layers/mode.ts';
import type { CrisisView } from '../contracts/records/crisis.ts';
import { wireEvents } from '../contracts/wire.ts';
import { TrialClient } from '../server/main/trial-client.ts';
import { Child } from './children.ts';
import type { LinesCommands, Sent } from './load/lines.ts';
import { isStarved, monotonicMs, percentile, sleep } from './measure.ts';
import type { Usage } from './measure.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atLeast, atMost, check, exactly, reported, result } from './result.ts';
import type { CommandCommands } from './subject/command-server.ts';

export interface SwitchSize {
  readonly objects: number;
  readonly perS: number;
  readonly screens: number;
  readonly switches: number;
}

export interface SwitchRun {
  /** Approval sent → shown on the last screen, milliseconds; NaN: not within 10 s. */
  readonly shown: Float64Array;
  /** Approval sent → seen by the last of as many pages that ask each second. */
  readonly polled: Float64Array;
  /** Approval sent → acknowledged, with the plan, the feeds and the notices begun. */
  readonly acknowledged: Float64Array;
  /** Switches after which the log did not say what screens showed. */
  readonly wrong: number;
  readonly sent: Sent;
  readonly usage: Usage;
}

const USUAL: SwitchSize = { objects: 20_000, perS: 20_000, screens: 20, switches: 40 };
const CITY = '510800';
const POLL_MS = 1000;
const PATIENCE_MS = 10_000;

/** An account of the demonstration, by its cookie. */
class Officer {
  readonly #url: string;
  readonly #cookie: string;

  private constructor(url: string, cookie: string) {
    this.#url = url;
    this.#cookie = cookie;
  }

  static async become(url: string, role: string): Promise<Officer> {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ account: `demo-${role}` });
    const answer = await fetch(`${url}/api/session/demo`, { method: 'POST', headers, body });
    const officer = new Officer(url, answer.headers.get('set-cookie')?.split(';')[0] ?? '');
    await officer.send('/api/session/step-up', {});
    return officer;
  }

  send(address: string, body: object): Promise<Response> {
    const headers = { 'content-type': 'application/json', cookie: this.#cookie };
    return fetch(`${this.#url}${address}`, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  /** @throws Error with the answer where it was refused */
  async act(address: string, body: object): Promise<CrisisView> {
    const answer = await this.send(address, { action: randomUUID(), reason: '测量', ...body });
    if (answer.status !== 201) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as CrisisView;
  }
}

async function openScreens(url: string, count: number): Promise<readonly TrialClient[]> {
  const clients = Array.from({ length: count }, () => new TrialClient({ io, url, layers: [mode] }));
  for (const client of clients) {
    await client.connect();
    await client.subscribe();
  }
  return clients;
}

const modeOn = (client: TrialClient): unknown => {
  const table = client.table(mode);
  const slot = table.slotOf(CITY);
  return slot < 0 ? null : table.row(slot).values['mode'];
};

/** → milliseconds since `from` when the last of them shows it; NaN: not in time */
function untilShown(clients: readonly TrialClient[], wanted: string, from: number): Promise<number> {
  const one = (client: TrialClient): Promise<number> =>
    new Promise((resolve) => {
      let isDone = false;
      const done = (ms: number): void => {
        clearTimeout(timer);
        isDone = true;
        resolve(ms);
      };
      // After the client itself has taken the packet: its listener came first.
      const look = (): void => void (!isDone && modeOn(client) === wanted && done(monotonicMs() - from));
      const timer = setTimeout(() => done(NaN), PATIENCE_MS);
      client.socket.on(wireEvents.frames, look);
      look();
    });
  return Promise.all(clients.map(one)).then((all) => Math.max(...all));
}

/** Pages that ask each second, each in its own part of it. */
function untilPolled(
  url: string,
  count: number,
  { wanted, from }: { wanted: string; from: number },
): Promise<number> {
  const one = async (at: number): Promise<number> => {
    await sleep((at / count) * POLL_MS);
    for (;;) {
      const answer = (await (await fetch(`${url}/api/layers/mode`)).json()) as {
        features: { id: string; properties: { mode?: string } }[];
      };
      const row = answer.features.find(({ id }) => id === CITY);
      if (row?.properties.mode === wanted) return monotonicMs() - from;
      if (monotonicMs() - from > PATIENCE_MS) return NaN;
      await sleep(POLL_MS);
    }
  };
  return Promise.all(Array.from({ length: count }, (_, at) => one(at))).then((all) => Math.max(...all));
}

async function switchThere(url: string, size: SwitchSize) {
  const [chief, commander] = [
    await Officer.become(url, 'duty-chief'),
    await Officer.become(url, 'commander'),
  ];
  const screens = await openScreens(url, size.screens);
  const said = { name: '测量', responses: [{ kind: 'flood', level: 'III' }] };
  const [shown, polled, acknowledged]: [number[], number[], number[]] = [[], [], []];
  let wrong = 0;
  for (let at = 0; at < size.switches; at += 1) {
    const isBegin = at % 2 === 0;
    const change = isBegin
      ? { verb: 'begin', area: CITY, ...said, until: Date.now() + 3_600_000 }
      : { verb: 'rollback', area: CITY };
    const { proposals } = await chief.act('/api/crisis/proposals', { change });
    // Not in step with the ticks of the server.
    await sleep((at * 137) % 500);
    const from = monotonicMs();
    const wanted = isBegin ? 'crisis' : 'peace';
    const polling = untilPolled(url, size.screens, { wanted, from });
    const showing = untilShown(screens, wanted, from);
    const view = await commander.act(`/api/crisis/proposals/${proposals[0]?.id ?? 0}/approve`, {});
    acknowledged.push(monotonicMs() - from);
    shown.push(await showing);
    polled.push(await polling);
    if (view.crises.length !== Number(isBegin)) wrong += 1;
  }
  for (const screen of screens) screen.close();
  return {
    ...{ shown: Float64Array.from(shown), polled: Float64Array.from(polled), wrong },
    acknowledged: Float64Array.from(acknowledged),
  };
}

export async function runModeSwitch(size: SwitchSize): Promise<SwitchRun> {
  const source = Child.start<LinesCommands>(new URL('./load/lines.ts', import.meta.url));
  const server = Child.start<CommandCommands>(new URL('./subject/command-server.ts', import.meta.url));
  try {
    const { port } = await source.call('open', { objects: size.objects });
    const { url } = await server.call('open', { linesPort: port }, 120_000);
    const until = monotonicMs() + 30_000;
    while (!(await source.call('isRead', null)) && monotonicMs() < until) await sleep(20);
    await server.call('begin', null);
    // A switch and the pages that wait for it take a second or two.
    const seconds = Math.ceil(size.switches * 1.5);
    const load = source.call('send', { perS: size.perS, seconds }, seconds * 2000 + 60_000);
    const switched = await switchThere(url, size);
    const sent = await load;
    const { usage } = await server.call('report', null);
    await server.call('close', null, 120_000);
    return { ...switched, sent, usage };
  } finally {
    await Promise.all([source.stop(), server.stop()]);
  }
}

export async function run(options: BenchOptions): Promise<BenchResult> {
  const { shown, polled, acknowledged, wrong, sent, usage } = await runModeSwitch(
    options.long ? { ...USUAL, switches: 200 } : USUAL,
  );
  options.say(
    `${shown.length} switches under ${Math.round(sent.lines / sent.seconds)} obs/s: on ${USUAL.screens} screens p50 ${percentile(shown, 0.5).toFixed(0)} ms, ` +
      `p95 ${percentile(shown, 0.95).toFixed(0)} ms; by asking each second p95 ${percentile(polled, 0.95).toFixed(0)} ms`,
  );
  return result({
    name: 'mode-switch',
    value: percentile(shown, 0.95),
    unit: `ms, approval sent → on the last of ${USUAL.screens} screens, p95 under 20,000 obs/s`,
    rival: { name: 'pages that ask each second', value: percentile(polled, 0.95) },
    target: atLeast(2),
    valid: sent.usage.share < 0.9 && !isStarved(usage),
    checks: [
      check('on every screen, p95', [percentile(shown, 0.95), 'ms'], atMost(1000)),
      check('switches not on every screen within 10 s', [shown.filter(Number.isNaN).length, ''], exactly(0)),
      check('switches that the log says otherwise', [wrong, ''], exactly(0)),
      reported('on every screen, median', [percentile(shown, 0.5), 'ms']),
      reported('acknowledged, p95', [percentile(acknowledged, 0.95), 'ms']),
    ],
  });
}
