// From a signal to an order: how fast an action is durable under load and on every screen, what becomes of a storm of alerts,
// and how many actions the first order takes.
import { Child } from './children.ts';
import { Desk } from './command/desk.ts';
import { Screens } from './command/screens.ts';
import type { LinesCommands, Sent } from './load/lines.ts';
import { isStarved, monotonicMs, percentile, sleep } from './measure.ts';
import type { LoopDelay, Usage } from './measure.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atMost, check, exactly, reported, result } from './result.ts';
import type { CommandCommands } from './subject/command-server.ts';

export interface CommandSize {
  readonly objects: number;
  readonly perS: number;
  readonly seconds: number;
  /** Operators act some times a minute; so many a second give a p99 soon. */
  readonly actionsPerS: number;
  readonly screens: number;
  readonly storm: number;
}

export interface CommandRun {
  /** Request → answer of what is durable then, milliseconds. */
  readonly acknowledged: Float64Array;
  /** Request → shown on the last screen, milliseconds. */
  readonly shown: Float64Array;
  readonly failed: number;
  readonly sent: Sent;
  readonly usage: Usage;
  readonly loop: LoopDelay;
  readonly clusters: number;
  readonly clustered: number;
  readonly stormMs: number;
  readonly actionsToOrder: number;
  readonly orders: number;
}

interface Rig {
  readonly source: Child<LinesCommands>;
  readonly server: Child<CommandCommands>;
  readonly url: string;
}

const USUAL: CommandSize = {
  objects: 50_000,
  perS: 50_000,
  seconds: 15,
  actionsPerS: 40,
  screens: 20,
  storm: 10_000,
};
/** Incidents the actions are about: an operator's screen holds some, not one. */
const INCIDENTS = 20;

/** Actions at their moments, whether or not those before are answered: a server that stalls is late for all that came meanwhile. */
async function actUnderLoad({ url }: Rig, screens: Screens, size: CommandSize) {
  const desk = new Desk(url);
  const seen = new Map<number, number>();
  for (let at = 0; at < INCIDENTS; at += 1) {
    const { incident } = await desk.act('', { kind: 'gas-leak', title: `居民楼燃气泄漏 ${at}` });
    seen.set(incident.id, incident.seq);
  }
  const ids = [...seen.keys()];
  const count = Math.round(size.seconds * size.actionsPerS);
  const start = monotonicMs();
  let failed = 0;
  const one = async (at: number): Promise<readonly [number, number] | null> => {
    const id = ids[at % ids.length] as number;
    const due = start + (at * 1000) / size.actionsPerS;
    await sleep(Math.max(0, due - monotonicMs()));
    try {
      const { incident } = await desk.act(`/${id}/note`, { seen: seen.get(id), text: `第 ${at} 条记录` });
      const acknowledged = monotonicMs() - due;
      seen.set(id, incident.seq);
      return [acknowledged, await screens.shown(id, incident.seq, due)];
    } catch {
      failed += 1;
      return null;
    }
  };
  const done = await Promise.all(Array.from({ length: count }, (_, at) => one(at)));
  const took = done.filter((of) => of !== null);
  return {
    acknowledged: Float64Array.from(took, ([ms]) => ms),
    shown: Float64Array.from(took, ([, ms]) => ms),
    failed: failed + took.filter(([, ms]) => Number.isNaN(ms)).length,
  };
}

/** `count` alerts of one cause → clusters of them, and until one holds all. */
async function storm({ server, url }: Rig, count: number) {
  const desk = new Desk(url);
  const from = monotonicMs();
  await server.call('storm', { count });
  for (;;) {
    const { clusters } = await desk.read<{ clusters: { count: number; kinds: { alert?: number } }[] }>(
      '/api/clusters',
    );
    const ofAlerts = clusters.filter(({ kinds }) => kinds.alert !== undefined);
    const clustered = ofAlerts.reduce((sum, { kinds }) => sum + (kinds.alert ?? 0), 0);
    const stormMs = monotonicMs() - from;
    if (clustered >= count || stormMs > 60_000) return { clusters: ofAlerts.length, clustered, stormMs };
    await sleep(20);
  }
}

/** A call rings; somebody sees it and sends a unit. What the rules suggest is taken; everything asked for is counted. */
async function firstOrder({ server, url }: Rig) {
  const desk = new Desk(url);
  await server.call('call', { id: 'first' });
  const key = await keyOfCall(desk);
  const incident = await desk.carryToOrder(key);
  const until = monotonicMs() + 10_000;
  let { messages } = await desk.orders(incident.id);
  while (messages.length === 0 && monotonicMs() < until) {
    await sleep(20);
    ({ messages } = await desk.orders(incident.id));
  }
  const orders = messages.filter(({ cause, to }) => cause === 'assign' && to.id === incident.unit?.id);
  return { actionsToOrder: desk.actions, orders: orders.length };
}

async function keyOfCall(desk: Desk): Promise<string> {
  for (let tries = 0; tries < 500; tries += 1) {
    const { features } = await desk.read<{ features: { id: string }[] }>('/api/layers/emergency-call');
    if (features[0]) return features[0].id;
    await sleep(20);
  }
  throw new Error('the call was not shown within 10 s');
}

async function connected({ source }: Pick<Rig, 'source'>): Promise<void> {
  const until = monotonicMs() + 30_000;
  while (!(await source.call('isRead', null))) {
    if (monotonicMs() > until) throw new Error('the feed did not connect to its source within 30 s');
    await sleep(20);
  }
}

/** One server, all of it in turn: the first order, the storm, then actions under load. */
export async function runCommand(size: CommandSize): Promise<CommandRun> {
  const source = Child.start<LinesCommands>(new URL('./load/lines.ts', import.meta.url));
  const server = Child.start<CommandCommands>(new URL('./subject/command-server.ts', import.meta.url));
  try {
    const { port } = await source.call('open', { objects: size.objects });
    const { url } = await server.call('open', { linesPort: port }, 120_000);
    const rig: Rig = { source, server, url };
    await connected(rig);
    const order = await firstOrder(rig);
    const clustered = await storm(rig, size.storm);
    const screens = await Screens.open(url, size.screens);
    const load = (seconds: number): Promise<Sent> =>
      source.call('send', { perS: size.perS, seconds }, seconds * 2000 + 60_000);
    await load(Math.min(4, size.seconds));
    await server.call('begin', null);
    const [sent, acted] = await Promise.all([load(size.seconds), actUnderLoad(rig, screens, size)]);
    const { usage, loop } = await server.call('report', null);
    screens.close();
    await server.call('close', null, 120_000);
    return { ...order, ...clustered, ...acted, sent, usage, loop };
  } finally {
    await Promise.all([source.stop(), server.stop()]);
  }
}

export async function run(options: BenchOptions): Promise<BenchResult> {
  const run = await runCommand(options.long ? { ...USUAL, seconds: 60 } : USUAL);
  const { acknowledged, shown, sent, usage, loop } = run;
  options.say(
    `${acknowledged.length} actions under ${Math.round(sent.lines / sent.seconds)} obs/s: acknowledged p50 ${percentile(acknowledged, 0.5).toFixed(1)} ms, ` +
      `p99 ${percentile(acknowledged, 0.99).toFixed(1)} ms; server ${(usage.share * 100).toFixed(0)} % of a core, loop p99 ${loop.p99Ms.toFixed(1)} ms, ` +
      `${usage.waitedMs.toFixed(0)} ms kept off the cores`,
  );
  return result({
    name: 'command',
    value: percentile(acknowledged, 0.99),
    unit: 'ms, action acknowledged, p99 under 50,000 obs/s',
    target: atMost(20),
    valid: sent.usage.share < 0.9 && !isStarved(usage),
    checks: [
      check('shown on every screen, p95', [percentile(shown, 0.95), 'ms'], atMost(1000)),
      check('actions refused or not shown', [run.failed, ''], exactly(0)),
      check('clusters of a storm of 10,000 alerts', [run.clusters, ''], exactly(1)),
      check('alerts in them', [run.clustered, ''], exactly(USUAL.storm)),
      reported('first alert → one cluster of all', [run.stormMs, 'ms']),
      check('actions from first signal to first order', [run.actionsToOrder, ''], atMost(8)),
      check('orders to the unit that was chosen', [run.orders, ''], exactly(1)),
      reported('acknowledged, median', [percentile(acknowledged, 0.5), 'ms']),
      reported('loop delay p99', [loop.p99Ms, 'ms']),
    ],
  });
}
