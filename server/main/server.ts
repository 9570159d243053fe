// One running cockpit server: wires the parts and owns their start and stop. The only place that knows them all.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { City } from '../../cities/load.ts';
import { loadCity } from '../../cities/load.ts';
import type { ShapeOf } from '../../contracts/geojson.ts';
import { indicatorValue } from '../../contracts/layers/indicator-value.ts';
import { mode } from '../../contracts/layers/mode.ts';
import { allow as usualRules, demoSubject } from '../access/allow.ts';
import type { Allow } from '../access/port.ts';
import { countiesOf, regionsOf, stationLookup } from './city-facts.ts';
import type { ServerConfig } from '../config.ts';
import type { Doors } from './doors.ts';
import { openDoors } from './doors.ts';
import { setUpFeeds } from './feed-settings.ts';
import type { Heart } from './heart.ts';
import { startHeart } from './heart.ts';
import { keepHistory } from './keep-history.ts';
import type { KeptHistory } from './keep-history.ts';
import { originsOf } from '../basemap-settings.ts';
import { createApp } from '../http/app.ts';
import { LayerStreams } from '../http/layer-stream.ts';
import type { Metrics } from '../http/metrics.ts';
import { createMetrics } from '../http/metrics.ts';
import type { Route } from '../http/route.ts';
import { StillKeeper } from '../http/still-keeper.ts';
import { FeedHealthRows } from '../ingest/feed-health-rows.ts';
import { FeedRunner } from '../ingest/feed-runner.ts';
import { LayerIngest } from '../ingest/layer-ingest.ts';
import { Quarantine } from '../ingest/quarantine.ts';
import { RegionGrid } from '../ingest/region-grid.ts';
import type { Clock } from '../kit/clock.ts';
import { createSystemClock } from '../kit/clock.ts';
import type { FeedDefinition } from '../kit/feed.ts';
import { loadFeeds, loadLayers } from '../kit/load-folder.ts';
import type { Logger } from '../kit/log.ts';
import { SchemaShelf } from '../kit/schema-shelf.ts';
import { tilesetShapes } from '../kit/tileset-shapes.ts';
import { OperationBook } from '../operations/operations.ts';
import { Cells } from '../realtime/cells.ts';
import { Gateway } from '../realtime/gateway.ts';
import { openScenes } from './city-scenes.ts';
import { allRoutes } from './routes.ts';
import type { SceneShelf } from '../scenes/scene-shelf.ts';
import { LiveWorld } from '../state/live-world.ts';
import { createIndicators } from '../indicators/indicators.ts';
import { loadIndicators } from '../indicators/load.ts';
import type { Indicators } from '../indicators/port.ts';
import type { Snapshots } from '../state/snapshot.ts';
import { keepState } from './keep-state.ts';
import { operationTargets } from './operation-targets.ts';
import { tilesetFolder } from './tileset-folder.ts';
import type { Stores } from './stores.ts';
import { closeStores, openStores } from './stores.ts';

export interface ServerOptions {
  readonly log: Logger;
  /** Default: the wall clock. */
  readonly clock?: Clock;
  /** Default: those of server/feeds. */
  readonly feeds?: ReadonlyMap<string, FeedDefinition>;
  /** Where city packages lie; default: cities/. */
  readonly cities?: string;
  /** Where scenes lie; default: scenes/. */
  readonly scenes?: string;
  /** Who may do what; default: access/allow.ts. */
  readonly allow?: Allow;
}

export interface RunningServer {
  readonly url: string;
  readonly ports: Readonly<Record<string, number>>;
  readonly world: LiveWorld;
  readonly feeds: FeedRunner;
  readonly gateway: Gateway;
  readonly routes: readonly Route[];
  /** Runs one tick now; the timer goes on by itself. */
  tick(): void;
  /** Stops taking data, writes what is known, closes everything. */
  stop(): Promise<void>;
}

/** Every source with a period of a minute has spoken by then. */
const SETTLE_MS = 90_000;

const folder = (name: string): string => path.join(import.meta.dirname, '..', name);

/** Everything that runs, before it is asked to. */
interface Parts {
  readonly config: ServerConfig;
  readonly log: Logger;
  readonly clock: Clock;
  readonly allow: Allow;
  readonly city: City;
  readonly world: LiveWorld;
  readonly stores: Stores;
  readonly doors: Doors;
  readonly quarantine: Quarantine;
  readonly runner: FeedRunner;
  readonly gateway: Gateway;
  readonly streams: LayerStreams;
  readonly metrics: Metrics;
  readonly history: KeptHistory;
  readonly indicators: Indicators;
  readonly snapshots: Snapshots;
  readonly operations: OperationBook;
  readonly stills: StillKeeper;
  readonly scenes: SceneShelf;
  readonly shapeOf: ShapeOf;
}

/** @throws ConfigError, CityError, or Error naming what could not be opened */
export async function startServer(config: ServerConfig, options: ServerOptions): Promise<RunningServer> {
  const parts = await buildParts(config, options);
  const { world, gateway, runner, stores, doors, clock, log } = parts;
  let isReady = false;
  const routes = allRoutes({
    ...parts,
    inbox: doors.inbox,
    journal: stores.journal,
    uptime: stores.uptime,
    store: stores.store,
    isReady: () => isReady,
  });
  const app = createApp({
    routes,
    allow: parts.allow,
    subjectOf: () => demoSubject,
    log,
    demo: config.demo,
    outsideOrigins: originsOf(config.basemap),
  });
  const server = createServer(app);
  gateway.attach(server);
  await listen(server, config);
  parts.scenes.start();

  const health = new FeedHealthRows(world.table('feed-health'), runner, config.demo);
  const heart = startHeart({
    clock,
    log,
    world,
    runner,
    health,
    metrics: parts.metrics,
    history: parts.history,
    tickMs: config.tick.peaceMs,
    indicators: parts.indicators,
    snapshots: parts.snapshots,
    snapshotMs: config.snapshot.everyS * 1000,
    ...stores,
  });
  await record(parts, 'server/start', { build: config.build, city: config.city });
  await runner.start();
  isReady = true;
  const { port } = server.address() as AddressInfo;
  const ports = { http: port, mqtt: doors.mqtt.port, ...doors.tcpPorts };
  log.info('server.ready', { city: config.city, host: config.host, ...ports, tick: world.tick });

  return {
    url: urlOf(config.host, port),
    ports,
    world,
    feeds: runner,
    gateway,
    routes,
    tick: () => heart.tick(),
    stop: () => {
      isReady = false;
      return stopAll(parts, heart, server);
    },
  };
}

async function buildParts(config: ServerConfig, options: ServerOptions): Promise<Parts> {
  const { log, clock = createSystemClock(), allow = usualRules } = options;
  const city = loadCity(config.city, options.cities);
  const layers = await loadLayers(folder('../contracts/layers'));
  const feeds = options.feeds ?? (await loadFeeds(folder('feeds'), layers));
  const setups = setUpFeeds(feeds, city, config);

  const doors = await openDoors(config, clock, log);
  const stores = await openStores(config, clock, log);
  const world = new LiveWorld({ id: 'live', kind: 'live', parent: null }, layers.values(), stores.ticks);
  const quarantine = new Quarantine();
  const base = config.feedsBase ?? null;
  const shapeOf = tilesetShapes(tilesetFolder(config));
  const ingest = ingestOf(world, city, shapeOf);
  const runner = createRunner({ city, world, clock, log, quarantine, ingest, ...stores, ...doors, base });
  for (const setup of setups) runner.add(setup);
  const schemas = new SchemaShelf(path.join(config.dataDir, config.city, 'schemas'));
  schemas.keep(layers.values());
  const snapshots = keepState({ config, world, runner, clock, log, schemas, ...stores });
  const targets = operationTargets({
    world,
    runner,
    ingest,
    aliases: stores.aliases,
    isDemo: config.demo,
  });
  seedMode(world, city, { now: clock.now(), isDemo: config.demo });
  const operations = await openOperations({ log: stores.records, clock, targets });
  const indicators = await indicatorsOf({ city, world, runner, clock, log });
  const scenes = openScenes({
    folder: options.scenes ?? folder('../scenes'),
    city,
    layers: layers.keys(),
    indicators: indicators.facts.map(({ slug }) => slug),
    clock,
    log,
  });

  const live = liveSide({ config, city, world, stores, runner, clock, log, allow, shapeOf });
  return {
    config,
    log,
    clock,
    allow,
    city,
    world,
    stores,
    doors,
    quarantine,
    runner,
    shapeOf,
    ...live,
    indicators,
    snapshots,
    operations,
    stills: new StillKeeper(clock, log),
    scenes,
  };
}

type LiveSideParts = Pick<
  Parts,
  'config' | 'city' | 'world' | 'stores' | 'runner' | 'clock' | 'log' | 'allow' | 'shapeOf'
>;

/** Who follows the world tick by tick: the screens, then history. */
function liveSide(parts: LiveSideParts): Pick<Parts, 'gateway' | 'streams' | 'history' | 'metrics'> {
  const { config, city, world, stores, runner, clock, log, allow } = parts;
  const facts = {
    build: config.build,
    city: city.profile.id,
    tickMs: config.tick.peaceMs,
    startedAt: clock.now(),
    demo: config.demo,
  };
  const cells = new Cells(countiesOf(city).map(({ properties }) => properties.code));
  const gateway = new Gateway({ world, cells, clock, log, allow, subjectOf: () => demoSubject, facts });
  const streams = new LayerStreams(world, parts.shapeOf);
  world.follow(gateway);
  world.follow(streams);
  const history = keepHistory({ config, world, stores, clock, log });
  const metrics = createMetrics({
    world,
    feeds: () => runner.reports(),
    realtime: () => gateway.report(),
    history: () => history.states.report,
  });
  return { gateway, streams, history, metrics };
}

async function openOperations(parts: ConstructorParameters<typeof OperationBook>[0]): Promise<OperationBook> {
  const operations = new OperationBook(parts);
  await operations.open();
  return operations;
}

type IndicatorParts = Pick<Parts, 'city' | 'world' | 'runner' | 'clock' | 'log'>;

/** Values go the way of everything else: rows for the screens, observations for the history. */
async function indicatorsOf({ city, world, runner, clock, log }: IndicatorParts): Promise<Indicators> {
  const held = world.layers.get(indicatorValue.slug);
  if (!held) throw new Error(`layer ${indicatorValue.slug} is not loaded: see contracts/layers`);
  return createIndicators({
    clock,
    log,
    city,
    catalogue: await loadIndicators(),
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

/** No more data in, no more frames out, then everything that is known to the disk. */
async function stopAll(parts: Parts, heart: Heart, server: Server): Promise<void> {
  const { world, runner, streams, gateway, doors, metrics, stores, snapshots, history, operations } = parts;
  await operations.close();
  parts.stills.close();
  runner.stop();
  parts.scenes.stop();
  heart.tick();
  heart.stop();
  streams.close();
  await gateway.close();
  await close(server);
  await doors.mqtt.stop();
  metrics.stop();
  await history.stop();
  await snapshots.finish();
  await record(parts, 'server/stop', { tick: world.tick });
  await closeStores(stores);
}

/** A full disk keeps no server from showing what is known: /health says that nothing can be recorded. */
async function record(
  { stores, log }: Pick<Parts, 'stores' | 'log'>,
  kind: string,
  body: Readonly<Record<string, string | number>>,
): Promise<void> {
  await stores.records.append({ subject: 'system', kind, body }).catch((error: unknown) => {
    log.error('records.entry-lost', { kind, error: String(error) });
  });
}

interface RunnerParts extends Stores, Doors {
  readonly city: City;
  readonly world: LiveWorld;
  readonly clock: Clock;
  readonly log: Logger;
  readonly quarantine: Quarantine;
  readonly base: string | null;
  readonly ingest: ReadonlyMap<string, LayerIngest>;
}

function ingestOf(world: LiveWorld, city: City, shapeOf: ShapeOf): Map<string, LayerIngest> {
  const grid = new RegionGrid(regionsOf(city));
  return new Map([...world.layers].map(([slug, held]) => [slug, new LayerIngest(held, grid, shapeOf)]));
}

function createRunner(parts: RunnerParts): FeedRunner {
  const { city, world } = parts;
  return new FeedRunner({
    ...parts,
    bounds: regionsOf(city).bounds,
    stores: (layer) => world.table(layer.slug).stores.columns,
    station: stationLookup(city),
  });
}

/** Peacetime for the city and each county until people say otherwise; what they said before a restart stands. */
function seedMode(world: LiveWorld, city: City, at: { now: number; isDemo: boolean }): void {
  const { profile } = city;
  const areas = [
    { code: profile.code, name: profile.title.zh },
    ...countiesOf(city).map(({ properties }) => ({ code: properties.code, name: properties.name.zh })),
  ];
  const table = world.table(mode.slug);
  for (const { code, name } of areas) {
    if (table.slotOf(code) >= 0) continue;
    table.put({
      key: code,
      validAt: at.now,
      regionCode: code,
      source: 'leader-cockpit',
      synthetic: at.isDemo,
      values: { name, mode: 'peace', responseLevel: null, sinceAt: at.now },
    });
  }
}

class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** Connections that may wait to be accepted: all screens of a city that come back at once. */
const BACKLOG = 4096;

function listen(server: Server, { host, port }: ServerConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE' ? 'the port is taken: choose another with --port' : error.message;
      reject(new ListenError(`cannot listen on ${host} port ${port}: ${reason}`));
    });
    server.listen({ port, host, backlog: BACKLOG }, resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function urlOf(host: string, port: number): string {
  const shown = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}
