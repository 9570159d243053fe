// A city at one moment: the simulated city with a fixed seed and the server go in step through the time before it, then
// the time of day stands still. What a screen shows of it is the same whenever and wherever it runs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../server/config.ts';
import {
  createManualClock,
  createSystemClock,
  type Clock,
  type ManualClock,
} from '../../server/kit/clock.ts';
import type { Logger } from '../../server/kit/log.ts';
import { startServer, type RunningServer } from '../../server/main/server.ts';
import { createLockStep, type LockStep } from '../../server/worlds/lock-step.ts';
import { freePort, ROOT, startProgram, WEBHOOK_KEY, type Program } from './processes.ts';

/** Which city, and the way to its moment. */
export interface Moment {
  /** Epoch ms of the city clock. */
  readonly at: number;
  /** Which of the many possible cities. */
  readonly seed: number;
  /** Share of the default number of moving objects. */
  readonly scale: number;
  /** For so long before the moment it goes in short steps, s: longer than any source takes to speak. */
  readonly closelyS: number;
  /** For so long before that it goes in long ones, s: trends have a past. */
  readonly skimmedS?: number;
  /** What happens on the way. */
  readonly happenings?: readonly Happening[];
}

export interface Happening {
  /** Seconds before the moment. */
  readonly beforeS: number;
  readonly happen: (city: {
    readonly url: string;
    readonly control: LockStep['control'];
  }) => Promise<unknown>;
}

/** An evening in the flood season, ten seconds past the minute: a screen reckons up to half a minute ahead. */
const USUAL: Moment = { at: Date.UTC(2026, 6, 16, 10, 20, 10), seed: 1, scale: 0.1, closelyS: 300 };
const STEP_S = 5;
/** Of skimming: every device says one thing in it. */
const LONG_STEP_S = 60;
const BEAT_MS = 250;

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
};

/** Goes by its inner clock; while it stands its timers go on, but it is always the same moment. */
class StandingClock {
  readonly inner: ManualClock;
  private timer: NodeJS.Timeout | null = null;
  /** How long its timers went on while it stood, ms. */
  private stoodMs = 0;
  private standsAt: number | null = null;
  readonly clock: Clock;

  constructor(startAt: number) {
    const inner = createManualClock(startAt);
    this.inner = inner;
    this.clock = { ...inner, now: () => this.standsAt ?? inner.now() - this.stoodMs };
  }

  stand(): void {
    this.standsAt = this.clock.now();
    this.timer = setInterval(() => {
      this.stoodMs += BEAT_MS;
      this.inner.advance(BEAT_MS);
    }, BEAT_MS);
  }

  goOn(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    this.standsAt = null;
  }
}

interface Parts {
  readonly server: RunningServer;
  readonly feeds: Program;
  readonly clock: StandingClock;
  readonly lockStep: LockStep;
  readonly dataDir: string;
}

export class StandingCity {
  readonly url: string;
  private readonly parts: Parts;

  private constructor(parts: Parts) {
    this.parts = parts;
    this.url = parts.server.url;
  }

  /** @param tell is told how much of the way is behind it, 0 to 1 */
  static async start(moment: Moment = USUAL, tell?: (share: number) => void): Promise<StandingCity> {
    const startAt = moment.at - (moment.closelyS + (moment.skimmedS ?? 0)) * 1000;
    const clock = new StandingClock(startAt);
    const dataDir = mkdtempSync(join(tmpdir(), 'cockpit-e2e-'));
    const feedsPort = await freePort();
    const feedsUrl = `http://127.0.0.1:${feedsPort}`;
    const server = await startServer(settings(dataDir, feedsUrl), { log: silent, clock: clock.clock });
    const feeds = await startFeeds(server, { port: feedsPort, startAt, moment });
    const lockStep = createLockStep({ cityUrl: feedsUrl, clock: clock.inner, wall: createSystemClock() });
    const city = new StandingCity({ server, feeds, clock, lockStep, dataDir });
    try {
      await city.live(moment, tell);
    } catch (error) {
      await city.stop();
      throw error;
    }
    clock.stand();
    return city;
  }

  private async live(moment: Moment, tell?: (share: number) => void): Promise<void> {
    const { lockStep } = this.parts;
    const left = [...(moment.happenings ?? [])].sort((a, b) => b.beforeS - a.beforeS);
    const wholeS = moment.closelyS + (moment.skimmedS ?? 0);
    for (let leftS = wholeS; leftS > 0;) {
      for (let next = left[0]; next && next.beforeS >= leftS; next = left[0]) {
        left.shift();
        await next.happen({ url: this.url, control: lockStep.control });
      }
      const skimS = Math.min(LONG_STEP_S, leftS - moment.closelyS);
      if (skimS > 0) await lockStep.skim(skimS);
      else await lockStep.step(Math.min(STEP_S, leftS));
      leftS -= skimS > 0 ? skimS : STEP_S;
      tell?.(1 - Math.max(0, leftS) / wholeS);
    }
  }

  /** Lets it live on for so long, then it stands again. */
  async goOn(seconds: number): Promise<void> {
    const { clock, lockStep } = this.parts;
    clock.goOn();
    for (let passed = 0; passed < seconds; passed += STEP_S) await lockStep.step(STEP_S);
    clock.stand();
  }

  async stop(): Promise<void> {
    const { server, feeds, clock, lockStep, dataDir } = this.parts;
    lockStep.close();
    await feeds.stop();
    await server.stop();
    clock.goOn();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function settings(dataDir: string, feedsUrl: string): NonNullable<ReturnType<typeof readConfig>> {
  const ports = ['--port', '0', '--mqtt-port', '0', '--jtt808-port', '0', '--hj212-port', '0'];
  const folders = ['--static', join(ROOT, 'dist/client'), '--tiles', join(ROOT, '.tiles')];
  const args = ['--city', 'guangyuan', '--data-dir', dataDir, '--feeds-base', feedsUrl];
  const config = readConfig([...args, ...ports, ...folders], { COCKPIT_WEBHOOK_KEY: WEBHOOK_KEY });
  if (!config) throw new Error('the server was asked for help');
  return config;
}

function startFeeds(
  { url, ports }: RunningServer,
  { port, startAt, moment }: { readonly port: number; readonly startAt: number; readonly moment: Moment },
): Promise<Program> {
  const args = ['--city', 'guangyuan', '--port', String(port), '--lock-step'];
  args.push('--scale', String(moment.scale), '--seed', String(moment.seed));
  args.push('--start', new Date(startAt).toISOString(), '--webhook', `${url}/inbox`);
  args.push('--mqtt', `mqtt://127.0.0.1:${ports['mqtt']}`, '--jtt808', `127.0.0.1:${ports['jtt808']}`);
  args.push('--hj212', `127.0.0.1:${ports['hj212']}`);
  return startProgram('mock-feeds/main.ts', args, { COCKPIT_WEBHOOK_KEY: WEBHOOK_KEY });
}
