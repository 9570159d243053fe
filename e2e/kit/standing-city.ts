// A city at one moment: the simulated city with a fixed seed and the server go in step for some minutes of a fixed day,
// then the time of day stands still. What a screen shows of it is the same whenever and wherever it runs.
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
import { createLockStep } from '../../server/worlds/lock-step.ts';
import { freePort, ROOT, startProgram, WEBHOOK_KEY, type Program } from './processes.ts';

/** An evening in the flood season, ten seconds past the minute: a screen reckons up to half a minute ahead. */
const STANDS_AT = Date.UTC(2026, 6, 16, 10, 20, 10);
/** Longer than any source takes to speak, and than indicators take to believe what they hear. */
const BEFORE_S = 300;
const STEP_S = 5;
const BEAT_MS = 250;

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
};

/** Goes by its inner clock; once it stands its timers go on, but it is always the same moment. */
class StandingClock {
  readonly inner: ManualClock;
  private timer: NodeJS.Timeout | null = null;
  readonly clock: Clock;

  constructor(startAt: number) {
    const inner = createManualClock(startAt);
    this.inner = inner;
    this.clock = { ...inner, now: () => Math.min(inner.now(), STANDS_AT) };
  }

  stand(): void {
    this.timer = setInterval(() => this.inner.advance(BEAT_MS), BEAT_MS);
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
  }
}

export class StandingCity {
  readonly url: string;
  private readonly parts: {
    readonly server: RunningServer;
    readonly feeds: Program;
    readonly clock: StandingClock;
    readonly dataDir: string;
  };

  private constructor(parts: StandingCity['parts']) {
    this.parts = parts;
    this.url = parts.server.url;
  }

  static async start(): Promise<StandingCity> {
    const startAt = STANDS_AT - BEFORE_S * 1000;
    const clock = new StandingClock(startAt);
    const dataDir = mkdtempSync(join(tmpdir(), 'cockpit-e2e-'));
    const feedsPort = await freePort();
    const feedsUrl = `http://127.0.0.1:${feedsPort}`;
    const server = await startServer(settings(dataDir, feedsUrl), { log: silent, clock: clock.clock });
    const feeds = await startFeeds(server, { port: feedsPort, startAt });
    const lockStep = createLockStep({ cityUrl: feedsUrl, clock: clock.inner, wall: createSystemClock() });
    for (let passed = 0; passed < BEFORE_S; passed += STEP_S) await lockStep.step(STEP_S);
    lockStep.close();
    clock.stand();
    return new StandingCity({ server, feeds, clock, dataDir });
  }

  async stop(): Promise<void> {
    const { server, feeds, clock, dataDir } = this.parts;
    await feeds.stop();
    await server.stop();
    clock.stop();
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
  { port, startAt }: { readonly port: number; readonly startAt: number },
): Promise<Program> {
  const args = [
    '--city',
    'guangyuan',
    '--port',
    String(port),
    '--scale',
    '0.1',
    '--seed',
    '1',
    '--lock-step',
  ];
  args.push('--start', new Date(startAt).toISOString(), '--webhook', `${url}/inbox`);
  args.push('--mqtt', `mqtt://127.0.0.1:${ports['mqtt']}`, '--jtt808', `127.0.0.1:${ports['jtt808']}`);
  args.push('--hj212', `127.0.0.1:${ports['hj212']}`);
  return startProgram('mock-feeds/main.ts', args, { COCKPIT_WEBHOOK_KEY: WEBHOOK_KEY });
}
