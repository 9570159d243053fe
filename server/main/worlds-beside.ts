// The worlds beside the live one, wired: what they are opened with, and whose routes can be asked.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { LIVE_WORLD } from '../../contracts/records/world.ts';
import type { WorldFacts } from '../../contracts/records/world.ts';
import { createSystemClock } from '../kit/clock.ts';
import type { Timer } from '../kit/clock.ts';
import { endUnwatched } from '../worlds/unwatched.ts';
import { WorldBook } from '../worlds/world-book.ts';
import { openDriven, worldsFolder } from './driven-world.ts';
import type { DrivenParts } from './driven-world.ts';
import type { OpenWorlds, Routed } from './routes.ts';
import { worldRoutes } from './routes.ts';
import type { CityScenarios } from './scenario-sources.ts';
import type { Shared } from './shared.ts';
import type { OpenWorld } from './world.ts';

interface BesideParts {
  /** Where this server is reached from its own machine. */
  readonly url: () => string;
  readonly isReady: () => boolean;
  readonly scenarios: CityScenarios;
}

interface Beside {
  readonly worlds: WorldBook;
  readonly opened: OpenWorlds;
  /** Looks for those nobody watches; to be stopped before they are closed. */
  readonly unwatched: Timer;
}

const TITLE = { zh: '实况', en: 'Live' };

export function openBeside(
  shared: Shared,
  live: OpenWorld,
  { url, isReady, scenarios }: BesideParts,
): Beside {
  const { config, log } = shared;
  // Of a server that was killed: nothing of such a world outlives its server.
  rmSync(worldsFolder(config), { recursive: true, force: true });
  const opened = new Map<string, Routed>();
  // Worlds are paced by life, whatever the clock of the live one is.
  const wall = createSystemClock();
  const program = config.simulatedCity;
  const parts = (file: string): DrivenParts => ({
    shared,
    program: path.resolve(file),
    wall,
    library: live.library,
    inboxOf: (world) => `${url()}/api/worlds/${world}/inbox`,
    onOpen: (open) => {
      const { id } = open.world.facts;
      opened.set(id, { open, routes: worldRoutes(shared, open, { worlds, isReady }), isDemo: true });
      return () => opened.delete(id);
    },
  });
  const worlds: WorldBook = new WorldBook({
    wall,
    log,
    live: () => liveFacts(live),
    open: program === undefined ? null : (plan, hooks) => openDriven(parts(program), plan, hooks),
    scenario: (slug) => scenarios.plan(slug),
  });
  const screensOf = (id: string): number => opened.get(id)?.open.room.report().clients ?? 0;
  const unwatched = endUnwatched({ wall, log, worlds, screensOf });
  return { worlds, opened, unwatched };
}

function liveFacts({ clock }: OpenWorld): WorldFacts {
  return {
    id: LIVE_WORLD,
    kind: 'live',
    title: TITLE,
    scenario: null,
    state: 'running',
    reason: null,
    clock: { at: clock.now(), speed: 1, paused: false, startAt: null, endAt: null },
  };
}
