// One running cockpit server: wires the parts and owns their start and stop. The only place that knows them all.
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { City } from '../cities/load.ts';
import { loadCity } from '../cities/load.ts';
import type { Layer } from '../contracts/layer.ts';
import { mode } from '../contracts/layers/mode.ts';
import { allow as usualRules, demoSubject } from './access/allow.ts';
import type { Allow } from './access/port.ts';
import { cityPage, countiesOf, regionsOf, stationLookup } from './city-facts.ts';
import type { ServerConfig } from './config.ts';
import { setUpFeeds } from './feed-settings.ts';
import { Journal } from './history/journal.ts';
import { JournalFollower } from './history/journal-follower.ts';
import { createApp } from './http/app.ts';
import { cityRoutes } from './http/city.ts';
import { feedRoutes } from './http/feeds.ts';
import { healthRoutes } from './http/health.ts';
import { inboxRoutes } from './http/inbox.ts';
import { LayerStreams } from './http/layer-stream.ts';
import { layerRoutes } from './http/layers.ts';
import type { Metrics } from './http/metrics.ts';
import { createMetrics } from './http/metrics.ts';
import { nearestRoutes } from './http/nearest.ts';
import type { Route } from './http/route.ts';
import { pageRoutes, tileRoutes } from './http/static-files.ts';
import { AliasTable } from './ingest/alias-table.ts';
import { FeedHealthRows } from './ingest/feed-health-rows.ts';
import { FeedMemory } from './ingest/feed-memory.ts';
import { FeedRunner } from './ingest/feed-runner.ts';
import { LayerIngest } from './ingest/layer-ingest.ts';
import { Quarantine } from './ingest/quarantine.ts';
import { RegionGrid } from './ingest/region-grid.ts';
import type { Clock } from './kit/clock.ts';
import { createSystemClock } from './kit/clock.ts';
import type { FeedDefinition } from './kit/feed.ts';
import type { Inbox } from './kit/inbox.ts';
import { createInbox } from './kit/inbox.ts';
import { loadFeeds, loadLayers } from './kit/load-folder.ts';
import type { Logger } from './kit/log.ts';
import { startMqttBroker } from './kit/mqtt-broker.ts';
import type { MqttServer } from './kit/mqtt-broker.ts';
import { connectMqttBroker } from './kit/mqtt-client.ts';
import { createTcpPorts } from './kit/tcp-server.ts';
import { Cells } from './realtime/cells.ts';
import { Gateway } from './realtime/gateway.ts';
import { LiveWorld } from './state/live-world.ts';
import { TickCounter } from './state/tick-counter.ts';
import { ChainedLog } from './store/log.ts';
import { startHeart } from './heart.ts';

export interface ServerOptions {
  readonly log: Logger;
  /** Default: the wall clock. */
  readonly clock?: Clock;
  /** Default: those of server/feeds. */
  readonly feeds?: ReadonlyMap<string, FeedDefinition>;
  /** Where city packages lie; default: cities/. */
  readonly cities?: string;
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

const folder = (name: string): string => path.join(import.meta.dirname, name);

/** @throws ConfigError, CityError, or Error naming what could not be opened */
export async function startServer(config: ServerConfig, options: ServerOptions): Promise<RunningServer> {
  const { log, clock = createSystemClock(), allow = usualRules } = options;
  const startedAt = clock.now();
  const city = loadCity(config.city, options.cities);
  const layers = await loadLayers(folder('../contracts/layers'));
  const feeds = options.feeds ?? (await loadFeeds(folder('feeds'), layers));
  const setups = setUpFeeds(feeds, city, config);

  const stores = openStores(config, clock, log);
  const world = new LiveWorld({ id: 'live', kind: 'live', parent: null }, layers.values(), stores.ticks);
  seedMode(world, city, { now: startedAt, isDemo: config.demo });

  const doors = await openDoors(config, clock, log);
  const quarantine = new Quarantine();
  const runner = createRunner({
    city,
    layers,
    world,
    clock,
    log,
    quarantine,
    ...stores,
    ...doors,
    base: config.feedsBase ?? null,
  });
  for (const setup of setups) runner.add(setup);

  const cells = new Cells(countiesOf(city).map(({ properties }) => properties.code));
  const gateway = new Gateway({
    world,
    cells,
    clock,
    log,
    allow,
    subjectOf: () => demoSubject,
    facts: {
      build: config.build,
      city: city.profile.id,
      tickMs: config.tick.peaceMs,
      startedAt,
      demo: config.demo,
    },
  });
  const streams = new LayerStreams(world);
  const metrics = createMetrics({ world, feeds: () => runner.reports(), realtime: () => gateway.report() });
  world.follow(gateway);
  world.follow(streams);
  world.follow(new JournalFollower(world, stores.journal));

  let isReady = false;
  const routes = allRoutes({
    config,
    city,
    world,
    clock,
    runner,
    gateway,
    quarantine,
    streams,
    metrics,
    inbox: doors.inbox,
    journal: stores.journal,
    isReady: () => isReady,
  });
  const server = createServer(
    createApp({ routes, allow, subjectOf: () => demoSubject, log, demo: config.demo }),
  );
  gateway.attach(server);
  await listen(server, config);

  const health = new FeedHealthRows(world.table('feed-health'), runner, config.demo);
  const heart = startHeart({
    clock,
    log,
    world,
    runner,
    health,
    metrics,
    tickMs: config.tick.peaceMs,
    ...stores,
  });
  stores.records.append({
    world: 'live',
    subject: 'system',
    kind: 'server/start',
    body: { build: config.build, city: config.city },
  });
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
    async stop() {
      isReady = false;
      runner.stop();
      heart.stop();
      streams.close();
      await gateway.close();
      await close(server);
      await doors.mqtt.stop();
      metrics.stop();
      stores.records.append({
        world: 'live',
        subject: 'system',
        kind: 'server/stop',
        body: { tick: world.tick },
      });
      await stores.journal.close();
      stores.memory.flush();
      stores.aliases.close();
      stores.ticks.close();
      stores.records.close();
    },
  };
}

interface Stores {
  readonly ticks: TickCounter;
  readonly aliases: AliasTable;
  readonly memory: FeedMemory;
  readonly journal: Journal;
  readonly records: ChainedLog;
}

function openStores(config: ServerConfig, clock: Clock, log: Logger): Stores {
  const at = (...names: string[]): string => path.join(config.dataDir, config.city, ...names);
  mkdirSync(at(), { recursive: true });
  const ticks = new TickCounter(at('tick'));
  ticks.open(clock.now());
  const aliases = new AliasTable(at('aliases.jsonl'));
  aliases.open();
  const records = new ChainedLog(at('log.jsonl'), clock.now);
  records.open();
  const maxBytes = config.journal.maxGb * 1e9;
  const journal = new Journal({ folder: at('journal'), world: 'live', maxBytes, log });
  journal.prune(clock.now());
  return { ticks, aliases, memory: new FeedMemory(at('feeds')), journal, records };
}

interface Doors {
  readonly mqtt: MqttServer;
  readonly tcp: ReturnType<typeof createTcpPorts>;
  /** Ports devices dial in to, by feed; filled as feeds open them. */
  readonly tcpPorts: Record<string, number>;
  readonly inbox: Inbox;
}

/** Where data comes in from outside: the broker, the device ports, the webhooks. */
async function openDoors(config: ServerConfig, clock: Clock, log: Logger): Promise<Doors> {
  const { mode: kind, port, url = '' } = config.mqtt;
  const mqtt =
    kind === 'embedded'
      ? await startMqttBroker({ host: config.host, port, clock, log })
      : connectMqttBroker({ url, clock, log, clientId: `cockpit-${config.city}` });
  const tcp = createTcpPorts(config.host);
  const tcpPorts: Record<string, number> = {};
  const named: Doors['tcp'] = {
    async listen(link, options, onConnection) {
      const opened = await tcp.listen(link, options, onConnection);
      tcpPorts[link.slug.includes('hj212') ? 'hj212' : link.slug] = opened;
      return opened;
    },
  };
  return { mqtt, tcp: named, tcpPorts, inbox: createInbox(clock, log) };
}

interface RunnerParts extends Stores, Doors {
  readonly city: City;
  readonly layers: ReadonlyMap<string, Layer>;
  readonly world: LiveWorld;
  readonly clock: Clock;
  readonly log: Logger;
  readonly quarantine: Quarantine;
  readonly base: string | null;
}

function createRunner(parts: RunnerParts): FeedRunner {
  const { city, world } = parts;
  const regions = regionsOf(city);
  const grid = new RegionGrid(regions);
  return new FeedRunner({
    ...parts,
    bounds: regions.bounds,
    ingest: new Map([...world.layers].map(([slug, held]) => [slug, new LayerIngest(held, grid)])),
    stores: (layer) => world.table(layer.slug).stores.columns,
    station: stationLookup(city),
  });
}

interface RouteParts {
  readonly config: ServerConfig;
  readonly city: City;
  readonly world: LiveWorld;
  readonly clock: Clock;
  readonly runner: FeedRunner;
  readonly gateway: Gateway;
  readonly quarantine: Quarantine;
  readonly streams: LayerStreams;
  readonly metrics: Metrics;
  readonly inbox: Inbox;
  readonly journal: Journal;
  readonly isReady: () => boolean;
}

/** In the order they are tried: pages last, they take every address that is left. */
function allRoutes(parts: RouteParts): Route[] {
  const {
    config,
    city,
    world,
    clock,
    runner,
    gateway,
    quarantine,
    streams,
    metrics,
    inbox,
    journal,
    isReady,
  } = parts;
  const feeds = () => runner.reports();
  return [
    ...healthRoutes({
      world,
      clock,
      city: config.city,
      build: config.build,
      feeds,
      realtime: () => gateway.report(),
      troubles: () => (journal.isFailing ? ['history is not being written: see the log'] : []),
      isReady,
    }),
    ...metrics.routes,
    ...cityRoutes(cityPage(city, config.tiles)),
    ...nearestRoutes(world),
    ...streams.routes,
    ...layerRoutes({ world, feeds }),
    ...feedRoutes({
      feeds,
      quarantine: (feed) => quarantine.shelves(feed),
      unknownDevices: () => quarantine.devices(),
    }),
    ...inboxRoutes(inbox),
    ...(config.tiles === undefined ? [] : tileRoutes(path.resolve(config.tiles))),
    ...(config.static === undefined ? [] : pageRoutes(path.resolve(config.static))),
  ];
}

/** Peacetime for the city and each county until people say otherwise. */
function seedMode(world: LiveWorld, city: City, at: { now: number; isDemo: boolean }): void {
  const { profile } = city;
  const areas = [
    { code: profile.code, name: profile.title.zh },
    ...countiesOf(city).map(({ properties }) => ({ code: properties.code, name: properties.name.zh })),
  ];
  const table = world.table(mode.slug);
  for (const { code, name } of areas) {
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

function listen(server: Server, { host, port }: ServerConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE' ? 'the port is taken: choose another with --port' : error.message;
      reject(new ListenError(`cannot listen on ${host} port ${port}: ${reason}`));
    });
    server.listen(port, host, resolve);
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
