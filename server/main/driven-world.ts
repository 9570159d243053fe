// A world with a simulated city of its own: opened on free ports and in a folder of its own, driven in lock-step, ended
// without a trace.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { ServerConfig } from '../config.ts';
import type { Clock, ManualClock } from '../kit/clock.ts';
import { createManualClock } from '../kit/clock.ts';
import { Decider } from '../scenarios/decide.ts';
import type { PlanBook } from '../plans/plan-book.ts';
import { createLockStep } from '../worlds/lock-step.ts';
import type { DrivenWorld, WorldPlan } from '../worlds/port.ts';
import type { SimulatedCity } from '../worlds/simulated-city.ts';
import { startSimulatedCity } from '../worlds/simulated-city.ts';
import type { WorldHooks } from '../worlds/world-book.ts';
import { decidedWorldOf } from './decided-world.ts';
import { asksItsSource } from './feed-settings.ts';
import type { Heart } from './heart.ts';
import type { Shared } from './shared.ts';
import { cityFolder } from './shared.ts';
import type { OpenWorld } from './world.ts';
import { closeWorld, openWorld, silenceWorld, startWorld } from './world.ts';

/** Of the disk: a world that runs a week at the scale of a demonstration needs less. */
const MAX_BYTES = 2e9;
/** A city that is gone says why within this. */
const LAST_WORDS_MS = 1000;
/** A world that hurries looks closely so long before somebody decides, in steps of a minute. */
const WATCHED_MS = 600_000;
const WATCHED_STEP_MS = 60_000;

export interface DrivenParts {
  readonly shared: Shared;
  /** The program of the simulated city. */
  readonly program: string;
  readonly wall: Clock;
  /** Plans of the live world. */
  readonly library: PlanBook;
  /** Base of the inbox of a world, as its city reaches it. */
  readonly inboxOf: (world: string) => string;
  /** Called when its routes can be asked, before its city speaks; what it returns is called when they no longer can. */
  readonly onOpen: (open: OpenWorld) => () => void;
}

/** Folder of everything the worlds beside the live one keep. */
export const worldsFolder = (config: ServerConfig): string => path.join(cityFolder(config), 'worlds');

/** @throws Error when it cannot be opened; nothing is left of it then */
export async function openDriven(
  parts: DrivenParts,
  plan: WorldPlan,
  hooks: WorldHooks,
): Promise<DrivenWorld> {
  const { shared, wall, library } = parts;
  const root = path.join(worldsFolder(shared.config), plan.id);
  rmSync(root, { recursive: true, force: true });
  const clock = createManualClock(plan.startAt);
  const webhookKey = randomBytes(32).toString('hex');
  const found: { city: SimulatedCity | null } = { city: null };
  const open = await openWorld(shared, {
    facts: { id: plan.id, kind: plan.kind, parent: null },
    clock,
    config: settingsOf(shared.config, webhookKey),
    shelf: { root, maxBytes: MAX_BYTES },
    base: () => found.city?.url ?? null,
    wall,
    library,
    driven: { pace: hooks.pace },
  });
  const { shut, heart } = begin(parts, open, () => found.city);
  const close = async (): Promise<void> => {
    await shut();
    rmSync(root, { recursive: true, force: true });
  };
  try {
    found.city = await startCity(parts, open, { plan, webhookKey, onExit: hooks.onEnd });
    await open.runner.start();
    return drive({ open, heart, clock, wall, city: found.city, close, shared, plan });
  } catch (error) {
    await close();
    throw error;
  }
}

/** Its own ports, its own simulated city and nobody else's: what the settings say of real feeds does not count here. */
function settingsOf(config: ServerConfig, webhookKey: string): ServerConfig {
  return {
    ...config,
    host: '127.0.0.1',
    demo: true,
    webhookKey,
    feeds: {},
    // Not asked before the city has said where it is: it only tells that feeds will have an address.
    feedsBase: 'http://127.0.0.1/',
    mqtt: { mode: 'embedded', port: 0 },
    jtt808: { port: 0 },
    hj212: { port: 0 },
  };
}

function begin(
  { shared, onOpen }: DrivenParts,
  open: OpenWorld,
  city: () => SimulatedCity | null,
): { heart: Heart; shut: () => Promise<void> } {
  const closeRoutes = onOpen(open);
  shared.gateway.add(open.room);
  const heart = startWorld(open, null);
  const shut = async (): Promise<void> => {
    await city()?.stop();
    await silenceWorld(open, heart);
    shared.gateway.remove(open.room);
    closeRoutes();
    await closeWorld(open);
  };
  return { heart, shut };
}

interface CityParts {
  readonly plan: WorldPlan;
  readonly webhookKey: string;
  readonly onExit: (reason: string) => void;
}

/** Those who are told first: the city then finds every port open that it dials. */
async function startCity(
  { shared, program, wall, inboxOf }: DrivenParts,
  { runner, doors }: OpenWorld,
  { plan, webhookKey, onExit }: CityParts,
): Promise<SimulatedCity> {
  await runner.start((feed) => !asksItsSource(feed));
  return startSimulatedCity({
    ...{ program, wall, webhookKey, onExit, port: 0 },
    city: shared.config.city,
    citiesDir: shared.cities,
    ports: { mqtt: doors.mqtt.port, ...doors.tcpPorts },
    inbox: inboxOf(plan.id),
    startAt: plan.startAt,
    scale: plan.scale,
    seed: plan.seed,
    scenarioFile: plan.scenarioFile,
  });
}

interface DriveParts {
  readonly open: OpenWorld;
  readonly heart: Heart;
  readonly clock: ManualClock;
  readonly wall: Clock;
  readonly city: SimulatedCity;
  readonly close: () => Promise<void>;
  readonly shared: Shared;
  readonly plan: WorldPlan;
}

function drive({ open, heart, clock, wall, city, close, shared, plan }: DriveParts): DrivenWorld {
  const lockStep = createLockStep({ cityUrl: city.url, clock, wall });
  const people = scriptedPeople(open, plan);
  let tickedAt = clock.now();
  const tick = async (): Promise<void> => {
    tickedAt = clock.now();
    heart.tick();
    await open.command.advise.settled();
  };
  const go = async (ms: number, isSkimmed: boolean): Promise<void> => {
    try {
      await (isSkimmed ? lockStep.skim(ms / 1000) : lockStep.step(ms / 1000));
    } catch (error) {
      // Its end says more than the call that failed.
      await wall.sleep(LAST_WORDS_MS);
      throw error;
    }
  };
  return {
    now: clock.now,
    step: async (ms, isSkimmed) => {
      const endAt = clock.now() + ms;
      for (let left = ms; left > 0; left = endAt - clock.now()) {
        await go(Math.min(left, people.roomMs(clock.now(), isSkimmed)), isSkimmed);
        // A long step is one tick: screens are not sent what they could not show. Who decides sees the moment itself.
        const isDue = people.nextAt <= clock.now();
        if (isDue || clock.now() - tickedAt >= open.rhythm.tickMs) await tick();
        if (isDue) await people.decide(clock.now());
      }
    },
    tellClock: () => shared.gateway.tellClock(open.room),
    close: async () => {
      lockStep.close();
      await close();
    },
  };
}

/** The people of a script: they decide at their moment, on what the world says then. */
interface ScriptedPeople {
  /** Epoch ms; Infinity: nobody decides any more. */
  readonly nextAt: number;
  /** How far the world may go at once, ms. */
  roomMs(now: number, isSkimmed: boolean): number;
  decide(now: number): Promise<void>;
}

function scriptedPeople(open: OpenWorld, { startAt, decisions }: WorldPlan): ScriptedPeople {
  const decider = new Decider(decisions, decidedWorldOf(open, open.clock.now));
  const nextAt = (): number => startAt + decider.nextS * 1000;
  return {
    get nextAt() {
      return nextAt();
    },
    roomMs: (now, isSkimmed) => {
      const leftMs = nextAt() - now;
      if (leftMs <= 0) return Infinity;
      // Alerts and clusters come of ticks: what is to be decided on has to have come about.
      const isNear = isSkimmed && leftMs <= WATCHED_MS;
      return isNear
        ? Math.min(leftMs, WATCHED_STEP_MS)
        : isSkimmed
          ? Math.max(leftMs - WATCHED_MS, 1000)
          : leftMs;
    },
    decide: async (now) => {
      for (const { atS, kind, reason } of await decider.run((now - startAt) / 1000))
        open.log.warn('scenario.decision-refused', { atS, kind, reason });
    },
  };
}
