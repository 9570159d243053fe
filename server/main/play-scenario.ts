// Plays a scenario headless: the real server on a clock of its own in a folder of its own, the simulated city beside it
// in lock-step, and every expectation judged at its moment.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadCity } from '../../cities/load.ts';
import type { Scenario } from '../../contracts/records/scenario.ts';
import { readConfig } from '../config.ts';
import { loadIndicators } from '../indicators/load.ts';
import type { Clock } from '../kit/clock.ts';
import { createManualClock, createSystemClock } from '../kit/clock.ts';
import { loadFeeds, loadLayers } from '../kit/load-folder.ts';
import type { Logger } from '../kit/log.ts';
import type { Refused } from '../scenarios/decide.ts';
import { Decider } from '../scenarios/decide.ts';
import type { JudgedWorld, Pace, Verdict } from '../scenarios/judge.ts';
import { Judge } from '../scenarios/judge.ts';
import type { ScenarioShelf } from '../scenarios/scenario-shelf.ts';
import type { LiveWorld } from '../state/live-world.ts';
import type { LockStep } from '../worlds/lock-step.ts';
import { createLockStep } from '../worlds/lock-step.ts';
import { freePort, startSimulatedCity } from '../worlds/simulated-city.ts';
import { openScenarios } from './city-scenarios.ts';
import { decidedWorldOf, seenOf } from './decided-world.ts';
import type { RunningServer } from './server.ts';
import { startServer } from './server.ts';

/** Longest step by pace, seconds. Closely: what the city says is at most this much ahead of the clock of the server. */
const STEP_S: Readonly<Record<Pace, number>> = { close: 10, minute: 60, skim: 300 };
/** Nobody looks on, so each step ends with one tick and none comes by itself; and there is no crash to recover from. */
const TICK_MS = 1e12;
const SNAPSHOT_S = 1e9;
/** Known to both sides of a world that nobody else can reach. */
const WEBHOOK_KEY = 'headless-scenario-webhook-key-0001';

const root = path.join(import.meta.dirname, '../..');

export interface PlayOptions {
  readonly log: Logger;
  /** Vehicles, buses and ships; absent: as the scenario says. */
  readonly scale?: number | undefined;
  /** Seconds from the start at which it stops; absent: at its end. What is due later is not judged. */
  readonly untilS?: number | undefined;
  readonly onVerdict?: ((verdict: Verdict) => void) | undefined;
  /** The world as it stands at the end. */
  readonly onEnd?: ((world: LiveWorld) => void) | undefined;
  /** Told the address where it is shown; the world stands still at its end until this is resolved. */
  readonly hold?: ((url: string) => Promise<void>) | undefined;
}

export interface Played {
  readonly scenario: Scenario;
  readonly verdicts: readonly Verdict[];
  /** Expectations that are due after it stopped. */
  readonly notReached: number;
  /** Injects that the city could not do, and decisions that were refused. */
  readonly failed: readonly { readonly at: string; readonly kind: string; readonly reason: string }[];
  readonly playedS: number;
  /** Milliseconds it took, without starting and stopping. */
  readonly tookMs: number;
}

/** All scenarios, with the names of the default city. @param city id of a city package */
export async function shelfOf(city: string): Promise<ScenarioShelf> {
  const layers = await loadLayers(path.join(root, 'contracts/layers'));
  const { connected } = await loadIndicators();
  return openScenarios({
    scenesFolder: path.join(root, 'scenes'),
    city: loadCity(city),
    layers,
    indicators: connected.map(({ slug }) => slug),
    feeds: (await loadFeeds(path.join(root, 'server/feeds'), layers)).keys(),
  });
}

/** @param file of the scenario, for the simulated city @throws Error where server or city do not come up */
export async function playScenario(scenario: Scenario, file: string, options: PlayOptions): Promise<Played> {
  const clock = createManualClock(scenario.startAt);
  const wall = createSystemClock();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'scenario-'));
  const port = await freePort();
  const server = await startServer(
    configOf(scenario, { dataDir, port, isShown: options.hold !== undefined }),
    {
      log: options.log,
      clock,
      wall,
      // Rows are judged as they are: nobody asks what they were.
      keepsPast: false,
    },
  );
  try {
    const city = await startSimulatedCity({
      program: path.join(root, 'mock-feeds/main.ts'),
      wall,
      city: scenario.city,
      port,
      ports: server.ports,
      inbox: `${server.url}/inbox`,
      webhookKey: WEBHOOK_KEY,
      startAt: scenario.startAt,
      scale: options.scale ?? scenario.scale,
      seed: scenario.seed,
      scenarioFile: file,
    });
    const lockStep = createLockStep({ cityUrl: city.url, clock, wall });
    try {
      return await drive({ scenario, server, lockStep, clock, options });
    } finally {
      lockStep.close();
      await city.stop();
    }
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Place {
  readonly dataDir: string;
  /** Of the simulated city. */
  readonly port: number;
  /** Pages are served, of the client and the tiles that `npm start` or `npm test` built last. */
  readonly isShown: boolean;
}

function configOf(scenario: Scenario, { dataDir, port, isShown }: Place) {
  const pages = ['--static', path.join(root, 'dist/client'), '--tiles', path.join(root, '.tiles')];
  const doors = ['--port', '0', '--mqtt-port', '0', '--jtt808-port', '0', '--hj212-port', '0'];
  const args = ['--city', scenario.city, '--data-dir', dataDir, '--feeds-base', `http://127.0.0.1:${port}/`];
  const config = readConfig([...args, ...doors, ...(isShown ? pages : [])], {
    COCKPIT_WEBHOOK_KEY: WEBHOOK_KEY,
  });
  if (!config) throw new Error('the settings of a scenario ask for help');
  return { ...config, tick: { peaceMs: TICK_MS }, snapshot: { everyS: SNAPSHOT_S } };
}

interface Driven {
  readonly scenario: Scenario;
  readonly server: RunningServer;
  readonly lockStep: LockStep;
  readonly clock: Clock;
  readonly options: PlayOptions;
}

/** Step by step to the end; no step passes over a moment that has to be looked at. */
async function drive({ scenario, server, lockStep, clock, options }: Driven): Promise<Played> {
  const endS = Math.min(scenario.durationS, options.untilS ?? Infinity);
  const due = scenario.expectations.filter(({ toS }) => toS <= endS);
  const told = { world: server.world, ...server.desks };
  const feedState: JudgedWorld['feedState'] = (id) =>
    server.feeds.reports().find((report) => report.id === id)?.state ?? null;
  const judge = new Judge(due, { ...seenOf(told), feedState });
  const decider = new Decider(scenario.decisions, decidedWorldOf(told, clock.now));
  const refused: Refused[] = [];
  const began = performance.now();
  let nowS = 0;
  for (;;) {
    refused.push(...(await decider.run(nowS)));
    for (const verdict of judge.look(nowS)) options.onVerdict?.(verdict);
    if (nowS >= endS) break;
    const pace = judge.pace(nowS);
    const nextS = Math.min(judge.nextS(nowS), decider.nextS, endS);
    const stepS = Math.min(STEP_S[pace], nextS - nowS);
    await (pace === 'close' ? lockStep.step(stepS) : lockStep.skim(stepS));
    server.tick();
    // Models answer out of threads: however long they take, the world has their answer before it goes on.
    await server.desks.command.advise.settled();
    nowS += stepS;
  }
  const tookMs = performance.now() - began;
  options.onEnd?.(server.world);
  await options.hold?.(server.url);
  const { scenario: player } = (await lockStep.control('/control/state')) as {
    scenario: { failed: Played['failed'] };
  };
  const notReached = scenario.expectations.length - due.length;
  const failed = [...player.failed, ...refused.map((one) => refusalOf(scenario, one))];
  return { scenario, verdicts: judge.verdicts, notReached, failed, playedS: endS, tookMs };
}

const refusalOf = ({ startAt }: Scenario, { atS, kind, reason }: Refused): Played['failed'][number] => ({
  at: new Date(startAt + atS * 1000).toISOString(),
  kind: `decision ${kind}`,
  reason,
});
