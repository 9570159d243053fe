// One running world: its own clock, doors, stores, ingest, indicators, history, screens and operations. What worlds have
// in common is in shared.ts; nothing of one reaches another.
import path from 'node:path';
import { indicatorValue } from '../../contracts/layers/indicator-value.ts';
import type { World as WorldFacts } from '../../contracts/wire.ts';
import type { ServerConfig } from '../config.ts';
import type { Metrics } from '../http/metrics.ts';
import { LayerStreams } from '../http/layer-stream.ts';
import { StillKeeper } from '../http/still-keeper.ts';
import { createIndicators } from '../indicators/indicators.ts';
import type { Indicators } from '../indicators/port.ts';
import { FeedHealthRows } from '../ingest/feed-health-rows.ts';
import type { FeedSetup } from '../ingest/feed-runner.ts';
import type { FeedRunner } from '../ingest/feed-runner.ts';
import { LayerIngest } from '../ingest/layer-ingest.ts';
import { Quarantine } from '../ingest/quarantine.ts';
import { RegionGrid } from '../ingest/region-grid.ts';
import { FileShelf } from '../command/file-shelf.ts';
import { IncidentBook } from '../command/incidents.ts';
import type { CommandBook } from '../headquarters/command-book.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import type { BulletinDesk } from '../duty/bulletin-desk.ts';
import type { CrisisBook } from '../crisis/crisis-book.ts';
import type { DutyBook } from '../duty/duty-book.ts';
import { OperationBook } from '../operations/operations.ts';
import type { PaperDesk } from '../papers/paper-desk.ts';
import type { PlanBook } from '../plans/plan-book.ts';
import type { RunBook } from '../plans/run-book.ts';
import { Cells } from '../realtime/cells.ts';
import type { Pace } from '../realtime/port.ts';
import { Room } from '../realtime/room.ts';
import { LiveWorld } from '../state/live-world.ts';
import type { Snapshots } from '../state/snapshot.ts';
import { countiesOf, regionsOf } from './city-facts.ts';
import type { CommandDesks, CommandParts } from './command-desks.ts';
import { closeCommandDesks, commandDesks } from './command-desks.ts';
import type { WorldAlerts } from './alerts-of-world.ts';
import { alertsOf } from './alerts-of-world.ts';
import type { Rhythm } from './crisis-of-world.ts';
import { crisisOf } from './crisis-of-world.ts';
import type { Doors } from './doors.ts';
import { openDoors } from './doors.ts';
import { setUpFeeds } from './feed-settings.ts';
import { headquartersOf } from './headquarters-of-world.ts';
import type { Heart } from './heart.ts';
import { startHeart } from './heart.ts';
import { incidentTargets } from './incident-targets.ts';
import { cityInForce } from './city-keeping.ts';
import { keepHistory } from './keep-history.ts';
import type { KeptHistory } from './keep-history.ts';
import { keepState } from './keep-state.ts';
import { operationTargets } from './operation-targets.ts';
import { papersOf } from './papers-of-world.ts';
import { libraryOf, planStepsOf, runsOf } from './plans-of-world.ts';
import { bulletinsOf, dutyOf } from './duty-of-world.ts';
import type { WorldHazards } from './hazards-of-world.ts';
import { hazardsOf } from './hazards-of-world.ts';
import type { WorldRoads } from './roads-of-world.ts';
import { roadsOf } from './roads-of-world.ts';
import { seedMode } from './seed-mode.ts';
import type { WorldOutbox } from './outbound-of-world.ts';
import { outboxOf } from './outbound-of-world.ts';
import type { Shared } from './shared.ts';
import { createRunner } from './runner-of-world.ts';
import type { Shelf, Stores } from './stores.ts';
import { closeStores, openStores } from './stores.ts';
import { tilesetFolder } from './tileset-folder.ts';

export interface WorldSetup {
  readonly facts: WorldFacts;
  readonly clock: Clock;
  /** The settings as they hold in this world. */
  readonly config: ServerConfig;
  readonly shelf: Pick<Shelf, 'root' | 'maxBytes'>;
  /** Base address of the upstreams, asked when a feed is connected. */
  readonly base: () => string | null;
  /** That of the machine where `clock` hurries. */
  readonly wall: Clock;
  /** That of the live world, for those beside it; absent: the world keeps one of its own. */
  readonly library?: PlanBook;
  /** Absent: the world goes with its clock, by itself, and its state outlives the server. */
  readonly driven?: { readonly pace: () => Pace };
  /** false: nobody will look back, so that nothing of its past is written. Default: true. */
  readonly keepsPast?: boolean;
}

export interface OpenWorld extends WorldRoads, WorldHazards {
  readonly setup: WorldSetup;
  readonly config: ServerConfig;
  readonly clock: Clock;
  readonly log: Logger;
  readonly world: LiveWorld;
  readonly stores: Stores;
  readonly doors: Doors;
  readonly quarantine: Quarantine;
  readonly runner: FeedRunner;
  readonly room: Room;
  readonly streams: LayerStreams;
  readonly history: KeptHistory;
  readonly indicators: Indicators;
  /** null: nothing of this world outlives it. */
  readonly snapshots: Snapshots | null;
  readonly operations: OperationBook;
  readonly crisis: CrisisBook;
  readonly rhythm: Rhythm;
  readonly incidents: IncidentBook;
  /** Photos of incidents. */
  readonly files: FileShelf;
  /** What leaves for people and systems outside. */
  readonly outbox: WorldOutbox;
  /** Plans, and their activations in this world. */
  readonly library: PlanBook;
  readonly runs: RunBook;
  readonly papers: PaperDesk;
  readonly duty: DutyBook;
  readonly headquarters: CommandBook;
  readonly bulletins: BulletinDesk;
  readonly command: CommandDesks;
  readonly planSteps: ReturnType<typeof planStepsOf>;
  readonly alerts: WorldAlerts;
  readonly stills: StillKeeper;
}

/** Every source with a period of a minute has spoken by then. */
const SETTLE_MS = 90_000;

/**
 * Opens doors and stores, puts back what an earlier run left; no feed is connected and nothing ticks yet.
 * @throws ConfigError, or Error naming what could not be opened
 */
export async function openWorld(shared: Shared, setup: WorldSetup): Promise<OpenWorld> {
  const { facts, clock, config } = setup;
  const log = facts.kind === 'live' ? shared.log : shared.log.child({ world: facts.id });
  const setups = setUpFeeds(shared.feeds, shared.city, config);
  const doors = await openDoors(config, clock, log);
  try {
    return await buildWorld(shared, setup, { log, setups, doors });
  } catch (error) {
    await doors.mqtt.stop();
    throw error;
  }
}

interface Inlets {
  readonly log: Logger;
  readonly setups: readonly FeedSetup[];
  readonly doors: Doors;
}

async function buildWorld(
  shared: Shared,
  setup: WorldSetup,
  { log, setups, doors }: Inlets,
): Promise<OpenWorld> {
  const { city, layers, schemas, shapeOf } = shared;
  const { facts, clock, config, base } = setup;
  const storeUrl = facts.kind === 'live' ? config.storeUrl : null;
  const shelf: Shelf = { ...setup.shelf, world: facts.id, city: config.city, storeUrl };
  const stores = await openStores(shelf, clock, log);
  const world = new LiveWorld(facts, layers.values(), stores.ticks);
  const quarantine = new Quarantine();
  const grid = new RegionGrid(regionsOf(city));
  const ingest = new Map(
    [...world.layers].map(([slug, held]) => [slug, new LayerIngest(held, grid, shapeOf)]),
  );
  const runner = createRunner({ city, world, clock, log, quarantine, ingest, ...stores, ...doors, base });
  for (const feed of setups) runner.add(feed);
  schemas.keep(layers.values());
  const { root } = shelf;
  const snapshots = setup.driven
    ? null
    : keepState({ config, root, world, runner, clock, log, schemas, ...stores });
  const targets = operationTargets({ world, runner, ingest, aliases: stores.aliases });
  seedMode(world, city, { now: clock.now(), isDemo: config.demo });
  const operations = new OperationBook({ log: stores.records, clock, targets });
  await operations.open();
  const files = new FileShelf(path.join(root, 'attachments'));
  const cases = await casesOf({ shared, setup, log, root, world, grid, files, stores });
  const course = await courseOf({ shared, config, world, grid, runner, stores, clock, log, ...cases });
  const indicators = indicatorsOf({ shared, world, runner, clock, log });
  const { room, streams } = screensOf(shared, { ...setup, world, log });
  const past = { shelf, tilesets: tilesetFolder(config), keepsPast: setup.keepsPast ?? true };
  const history = keepHistory({ ...past, schemas: shared.schemaFolder, world, stores, clock, log });
  const alerts = await alertsOf({ shared, config, world, stores, clock, log, history });
  const common = { shared, config, root, world, runner, grid, clock, log, stores, files, room, alerts };
  const { wall } = setup;
  const desks = await desksOf({ ...common, wall, history: history.states, ...course, ...cases });
  return {
    ...{ setup, config, clock, log, world, stores, doors, quarantine, runner, room, streams, history },
    ...{ indicators, snapshots, operations, files, alerts },
    ...cases,
    ...course,
    ...desks,
    stills: new StillKeeper(clock, log),
  };
}

type CourseParts = Pick<
  OpenWorld,
  'config' | 'world' | 'runner' | 'stores' | 'clock' | 'log' | 'incidents' | 'runs' | 'outbox'
> & {
  readonly shared: Shared;
  readonly grid: RegionGrid;
};

/** What changes how everything goes: the roads as they are now, and the mode the city is in. */
async function courseOf(parts: CourseParts) {
  const { config } = parts;
  const roads = await roadsOf({ ...parts, isDemo: config.demo });
  const hazards = await hazardsOf({ ...parts, isDemo: config.demo });
  const rhythm: Rhythm = { tickMs: config.tick.peaceMs };
  const crisis = await crisisOf({ ...parts, rhythm, outbox: parts.outbox.book });
  return { ...roads, ...hazards, rhythm, crisis };
}

type DeskParts = Omit<CommandParts, 'duty'> &
  Pick<OpenWorld, 'runner' | 'alerts' | 'log' | 'crisis' | 'outbox' | 'library'>;

/** Where people are on duty, where papers are made, and what those who command decide with. */
async function desksOf(
  parts: DeskParts,
): Promise<Pick<OpenWorld, 'duty' | 'headquarters' | 'bulletins' | 'papers' | 'command' | 'planSteps'>> {
  const { config, runner } = parts;
  const withFeeds = { ...parts, feeds: () => runner.reports() };
  const duty = await dutyOf(withFeeds);
  const bulletins = bulletinsOf(withFeeds);
  const papers = papersOf({ ...parts, bulletins, isDemo: config.demo });
  const command = await commandDesks({ ...parts, duty });
  const headquarters = await headquartersOf({ ...parts, duty, command, outbox: parts.outbox.book });
  return { duty, headquarters, bulletins, papers, command, planSteps: planStepsOf(parts) };
}

/** Who follows the world tick by tick before history does. */
function screensOf(
  shared: Shared,
  {
    world,
    clock,
    wall,
    config,
    driven,
    log,
  }: WorldSetup & { readonly world: LiveWorld; readonly log: Logger },
): { room: Room; streams: LayerStreams } {
  const { city, allow } = shared;
  const room = new Room({
    world,
    cells: new Cells(countiesOf(city).map(({ properties }) => properties.code)),
    clock: wall,
    now: clock.now,
    ...(driven ? { pace: driven.pace } : {}),
    log,
    allow,
    facts: {
      build: config.build,
      city: city.profile.id,
      tickMs: config.tick.peaceMs,
      startedAt: wall.now(),
      demo: config.demo,
    },
  });
  const streams = new LayerStreams(world, shared.shapeOf);
  world.follow(room);
  world.follow(streams);
  return { room, streams };
}

/** Starts everything that runs by itself. Feeds are connected by `runner.start`. */
export function startWorld(open: OpenWorld, metrics: Metrics | null): Heart {
  const { setup, config, world, runner } = open;
  return startHeart({
    ...open,
    ...open.stores,
    wall: setup.wall,
    health: new FeedHealthRows(world.table('feed-health'), runner, config.demo),
    metrics,
    tickMs: setup.driven ? null : () => open.rhythm.tickMs,
    snapshotMs: config.snapshot.everyS * 1000,
  });
}

/** No more data in, and one last tick to those who follow. */
export async function silenceWorld(open: OpenWorld, heart: Heart): Promise<void> {
  const { operations, crisis, headquarters, incidents, outbox, library, runs, command } = open;
  const { duty, alerts, stills, runner, streams } = open;
  await operations.close();
  await crisis.close();
  open.planSteps.close();
  await headquarters.close();
  await incidents.close();
  await runs.close();
  await closeCommandDesks(command);
  await library.close();
  await outbox.book.close();
  await duty.close();
  await open.bookings.close();
  await open.plumes.close();
  await open.roads.closeDown();
  stills.close();
  runner.stop();
  heart.tick();
  heart.stop();
  await alerts.close();
  streams.close();
}

/** Everything that is known to the disk; `last`: called before the log of records is closed. */
export async function closeWorld(open: OpenWorld, last?: () => Promise<void>): Promise<void> {
  await open.doors.mqtt.stop();
  await open.history.stop();
  await open.snapshots?.finish();
  await last?.();
  await closeStores(open.stores);
}

interface IndicatorParts {
  readonly shared: Shared;
  readonly world: LiveWorld;
  readonly runner: FeedRunner;
  readonly clock: Clock;
  readonly log: Logger;
}

interface CaseParts {
  readonly shared: Shared;
  readonly setup: WorldSetup;
  readonly log: Logger;
  readonly root: string;
  readonly world: LiveWorld;
  readonly grid: RegionGrid;
  readonly files: FileShelf;
  readonly stores: Stores;
}

/** Incidents, what they make the city say, and the plans that are activated for them. */
async function casesOf(
  parts: CaseParts,
): Promise<Pick<OpenWorld, 'incidents' | 'outbox' | 'library' | 'runs'> & Pick<CommandParts, 'followers'>> {
  const { shared, setup, log, root, world, grid, files, stores } = parts;
  const { facts, clock, config } = setup;
  const { city } = shared;
  const { records } = stores;
  const cityCode = city.profile.code;
  const targets = incidentTargets({ world, grid, files, clock, cityCode, isDemo: shared.config.demo });
  const followers: CommandParts['followers'] = new Set();
  const told: { outbox?: WorldOutbox; runs?: RunBook } = {};
  const incidents = new IncidentBook({
    ...{ log: records, clock, city: cityInForce(shared), targets },
    onDone: (incident) => {
      told.outbox?.book.happened(incident);
      told.runs?.happened(incident);
      for (const follower of followers) follower(incident);
    },
  });
  await incidents.open();
  const outbox = await outboxOf({ city, facts, config, root, records, incidents, clock, log });
  told.outbox = outbox;
  const library = setup.library ?? (await libraryOf({ shared, stores, clock, incidents }));
  const runs = await runsOf({ library, stores, clock, log, incidents, outbox: outbox.book });
  told.runs = runs;
  return { incidents, outbox, library, runs, followers };
}

/** Values go the way of everything else: rows for the screens, observations for the history. */
function indicatorsOf({ shared, world, runner, clock, log }: IndicatorParts): Indicators {
  const held = world.layers.get(indicatorValue.slug);
  if (!held) throw new Error(`layer ${indicatorValue.slug} is not loaded: see contracts/layers`);
  return createIndicators({
    clock,
    log,
    city: shared.city,
    catalogue: shared.catalogue,
    bands: shared.bands,
    tables: (slug) => world.table(slug),
    feeds: () => runner.reports(),
    settleMs: SETTLE_MS,
    write: (rows) => {
      for (const row of rows) {
        held.table.put(row);
        held.batch.append(row);
      }
    },
  });
}
