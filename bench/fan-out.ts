// One run of server and load: open the screens, warm up, then ticks at 1 Hz whose arrival at every screen is awaited.
import { Child } from './children.ts';
import { isStarved, monotonicMs, sleep } from './measure.ts';
import type { LoadCommands, LoadReport } from './load/main.ts';
import type { Side } from './load/swarm.ts';
import type { SubjectCommands, SubjectReport } from './subject/commands.ts';

export const rivalName = 'JSON deltas over Socket.IO';

const TICK_MS = 1000;
/** As fast as they go: the compiler has then seen every path. */
const WARM_UP_TICKS = 15;
/** A tick that takes longer everywhere is given up, and counts as lost. */
const TICK_TIMEOUT_MS = 20_000;
/** From here on the load generator, not the server, sets the pace. */
const SATURATED_SHARE = 0.9;
const SEED = 20_261_123;

export interface FanOutOptions {
  readonly side: Side;
  readonly objects: number;
  readonly screens: number;
  readonly ticks: number;
  readonly warmUpTicks?: number;
}

export interface FanOut {
  /** Server CPU without the city model, milliseconds. */
  readonly cpuMsPerTick: number;
  /** Tick start → applied, milliseconds, of every screen and tick. */
  readonly latencies: Float64Array;
  /** Decoding and applying one tick, in every latency already. */
  readonly applyMs: readonly number[];
  readonly bytesPerScreenTick: number;
  /** Ticks × screens that did not arrive, or arrived twice. */
  readonly lost: number;
  readonly server: SubjectReport;
  readonly load: LoadReport;
  readonly isValid: boolean;
}

export interface Ticked {
  readonly latencies: Float64Array[];
  readonly applyMs: number[];
  missing: number;
}

/** A server process and a load process with its screens open. Stop it. */
export class Rig {
  readonly server: Child<SubjectCommands>;
  readonly load: Child<LoadCommands>;
  #nextAt = 0;

  constructor(side: Side, nodeOptions: readonly string[] = []) {
    const file = side === 'cockpit' ? './subject/cockpit-server.ts' : './rival/json-server.ts';
    this.server = Child.start<SubjectCommands>(new URL(file, import.meta.url), nodeOptions);
    this.load = Child.start<LoadCommands>(new URL('./load/main.ts', import.meta.url));
  }

  async open({ side, objects, screens }: Omit<FanOutOptions, 'ticks'>): Promise<void> {
    const { port } = await this.server.call('open', { objects, seed: SEED });
    await this.load.call('prepare', { side, port, screens });
    await this.load.call('open', null, 100_000);
  }

  /** Ticks at 1 Hz, or as soon after as the last one has reached everybody. `everyMs` 0: one right after the other. */
  async tick(count: number, everyMs = TICK_MS): Promise<Ticked> {
    const ticked: Ticked = { latencies: [], applyMs: [], missing: 0 };
    for (let turn = 0; turn < count; turn += 1) {
      await sleep(Math.max(0, this.#nextAt - monotonicMs()));
      this.#nextAt = monotonicMs() + everyMs;
      const { tick, startMs } = await this.server.call('tick', null);
      const body = { tick, startMs, timeoutMs: TICK_TIMEOUT_MS };
      const { latencies, missing, applyMs } = await this.load.call('await', body, TICK_TIMEOUT_MS + 30_000);
      ticked.latencies.push(latencies.map((latency) => latency + applyMs));
      ticked.applyMs.push(applyMs);
      ticked.missing += missing;
    }
    return ticked;
  }

  async begin(): Promise<void> {
    await this.server.call('begin', null);
    await this.load.call('begin', null);
  }

  async stop(): Promise<void> {
    await Promise.all([this.load.stop(), this.server.stop()]);
  }
}

export async function runFanOut(options: FanOutOptions): Promise<FanOut> {
  const rig = new Rig(options.side);
  try {
    await rig.open(options);
    await rig.tick(options.warmUpTicks ?? WARM_UP_TICKS, 0);
    await rig.begin();
    const { latencies, applyMs, missing } = await rig.tick(options.ticks);
    const server = await rig.server.call('report', null);
    const load = await rig.load.call('report', null);
    if (load.rows !== options.objects)
      throw new Error(`the screen holds ${load.rows} of ${options.objects} objects`);
    return {
      cpuMsPerTick: server.usage.cpuMs / options.ticks,
      latencies: joined(latencies),
      applyMs,
      bytesPerScreenTick: load.bytes / options.screens / options.ticks,
      lost: missing + load.duplicates,
      server,
      load,
      isValid: load.usage.share < SATURATED_SHARE && !isStarved(server.usage) && !isStarved(load.usage),
    };
  } finally {
    await rig.stop();
  }
}

export function joined(arrays: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    whole.set(array, at);
    at += array.length;
  }
  return whole;
}
