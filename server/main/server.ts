// One running cockpit server: the live world and those beside it, the routes, and their start and stop.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { LIVE_WORLD } from '../../contracts/records/world.ts';
import type { Allow } from '../access/port.ts';
import type { ServerConfig } from '../config.ts';
import { ConfigError } from '../config.ts';
import { originsOf } from '../basemap-settings.ts';
import { createApp } from '../http/app.ts';
import { citySettingRoutes } from '../http/city-settings.ts';
import { feedSettingRoutes } from '../http/feed-settings.ts';
import type { Metrics } from '../http/metrics.ts';
import { createMetrics } from '../http/metrics.ts';
import type { Route } from '../http/route.ts';
import type { FeedRunner } from '../ingest/feed-runner.ts';
import type { Clock, Timer } from '../kit/clock.ts';
import { createSystemClock } from '../kit/clock.ts';
import type { FeedDefinition } from '../kit/feed.ts';
import type { Logger } from '../kit/log.ts';
import type { Room } from '../realtime/room.ts';
import type { SceneShelf } from '../scenes/scene-shelf.ts';
import type { LiveWorld } from '../state/live-world.ts';
import type { OpenAccess } from './access.ts';
import { openAccess } from './access.ts';
import { openKeepers } from './feed-keeping.ts';
import { tellOfGlass } from './glass-news.ts';
import { ownLayersOf } from './own-layers.ts';
import { openScenes } from './city-scenes.ts';
import type { Heart } from './heart.ts';
import { allRoutes } from './routes.ts';
import { scenariosOf } from './scenario-sources.ts';
import type { Shared } from './shared.ts';
import { cityFolder, folder, readShared } from './shared.ts';
import type { WorldBook } from '../worlds/world-book.ts';
import { openBeside } from './worlds-beside.ts';
import type { OpenWorld } from './world.ts';
import { closeWorld, openWorld, silenceWorld, startWorld } from './world.ts';

export interface ServerOptions {
  readonly log: Logger;
  /** Default: the wall clock. */
  readonly clock?: Clock;
  /** That of the machine, where `clock` hurries; default: `clock`. */
  readonly wall?: Clock;
  /** Default: those of server/feeds. */
  readonly feeds?: ReadonlyMap<string, FeedDefinition>;
  /** Where city packages lie; default: cities/. */
  readonly cities?: string;
  /** Where scenes lie; default: scenes/. */
  readonly scenes?: string;
  /** Who may do what; default: access/allow.ts. */
  readonly allow?: Allow;
  /** false: nothing of the past is written, for who drives the live world and never looks back. Default: true. */
  readonly keepsPast?: boolean;
  /** Shows a text to who starts the server, once; default: nobody is there to read it. */
  readonly tell?: (text: string) => void;
}

export interface RunningServer {
  readonly url: string;
  readonly ports: Readonly<Record<string, number>>;
  readonly world: LiveWorld;
  readonly feeds: FeedRunner;
  /** What people do in the live world. */
  readonly desks: Pick<
    OpenWorld,
    'operations' | 'crisis' | 'incidents' | 'alerts' | 'command' | 'roads' | 'outbox'
  >;
  /** The screens of the live world. */
  readonly gateway: Room;
  readonly routes: readonly Route[];
  /** Runs one tick now; the timer goes on by itself. */
  tick(): void;
  /** Stops taking data, writes what is known, closes everything. */
  stop(): Promise<void>;
}

/** @throws ConfigError, CityError, or Error naming what could not be opened */
export async function startServer(config: ServerConfig, options: ServerOptions): Promise<RunningServer> {
  const { log, clock = createSystemClock() } = options;
  const shared = await readShared(config, options);
  const live = await openLive(shared, clock, options);
  const access = await letPeopleIn(shared, live, options.tell ?? (() => undefined));
  const scenesFolder = options.scenes ?? folder('../scenes');
  const scenes = scenesOf(shared, live, scenesFolder);
  const scenarios = scenariosOf(shared, scenesFolder);
  const metrics = metricsOf(live);
  const { world, runner, room, doors } = live;
  shared.gateway.add(room);
  let isReady = false;
  let url = '';
  const beside = openBeside(shared, live, { url: () => url, isReady: () => isReady, scenarios });
  const routes = allRoutes({
    ...{ shared, live, scenes, scenarios, metrics, access: access.routes, ...beside },
    isReady: () => isReady,
  });
  const { worlds, unwatched } = beside;
  const app = createApp({
    routes,
    allow: shared.allow,
    ...{ door: access.door, audit: access.audit },
    ...{ asksStepUp: access.asksStepUp, asksFactor: access.asksFactor },
    isSecure: config.tls !== undefined,
    log,
    demo: config.demo,
    outsideOrigins: originsOf(config.basemap),
  });
  const server = serverOf(config, app);
  shared.gateway.attach(server);
  await listen(server, config);
  const { port } = server.address() as AddressInfo;
  url = urlOf(config, port);
  scenes.start();
  const rules = shared.alertRules.watch(live.setup.wall);

  const heart = startWorld(live, metrics);
  await record(live, 'server/start', { build: config.build, city: config.city });
  await runner.start();
  isReady = true;
  const ports = { http: port, mqtt: doors.mqtt.port, ...doors.tcpPorts };
  log.info('server.ready', { city: config.city, host: config.host, ...ports, tick: world.tick });

  return {
    url,
    ports,
    world,
    feeds: runner,
    desks: live,
    gateway: room,
    routes,
    tick: () => heart.tick(),
    stop: () => {
      isReady = false;
      return stopAll({ shared, live, worlds, unwatched, heart, scenes, rules, metrics, server, access });
    },
  };
}

/** Accounts and what they may, and what administrators keep. */
async function letPeopleIn(
  shared: Shared,
  live: OpenWorld,
  tell: (text: string) => void,
): Promise<OpenAccess> {
  const { gate, allow, city, config, feeds, log } = shared;
  const access = await openAccess({
    ...{ gate, allow, config, city, folder: cityFolder(config), ownLayers: ownLayersOf(city, feeds) },
    ...{ store: live.stores.store, clock: live.clock, log, tell },
    onGlass: (all) => tellOfGlass(live, all, (id) => gate.nameOf(id)),
  });
  gate.use(access, live.world);
  const keepers = await openKeepers(shared, live, access);
  const settings = [...feedSettingRoutes(keepers.feeds), ...citySettingRoutes(keepers.city)];
  return { ...access, routes: [...access.routes, ...settings] };
}

/** The world that real feeds write. */
function openLive(
  shared: Shared,
  clock: Clock,
  { wall = clock, keepsPast = true }: ServerOptions,
): Promise<OpenWorld> {
  const { config } = shared;
  return openWorld(shared, {
    facts: { id: LIVE_WORLD, kind: 'live', parent: null },
    clock,
    wall,
    config,
    keepsPast,
    shelf: { root: cityFolder(config), maxBytes: config.journal.maxGb * 1e9 },
    base: () => config.feedsBase ?? null,
  });
}

function scenesOf({ city, layers, log }: Shared, live: OpenWorld, where: string): SceneShelf {
  const indicators = live.indicators.facts.map(({ slug }) => slug);
  return openScenes({ folder: where, city, layers: layers.keys(), indicators, clock: live.clock, log });
}

function metricsOf({ world, runner, room, history }: OpenWorld): Metrics {
  return createMetrics({
    world,
    feeds: () => runner.reports(),
    realtime: () => room.report(),
    history: () => history.states.report,
  });
}

interface Running {
  readonly shared: Shared;
  readonly live: OpenWorld;
  readonly worlds: WorldBook;
  readonly unwatched: Timer;
  readonly heart: Heart;
  readonly scenes: SceneShelf;
  /** Looks for changed rules of alerts. */
  readonly rules: Timer;
  readonly metrics: Metrics;
  readonly server: Server;
  readonly access: OpenAccess;
}

/** No more data in, no more frames out, then everything that is known to the disk. */
async function stopAll(running: Running): Promise<void> {
  const { shared, live, worlds, unwatched, heart, scenes, rules, metrics, server, access } = running;
  unwatched.stop();
  await worlds.close();
  await silenceWorld(live, heart);
  scenes.stop();
  rules.stop();
  await shared.gateway.close();
  await close(server);
  metrics.stop();
  await access.close();
  await shared.pool().close();
  await closeWorld(live, () => record(live, 'server/stop', { tick: live.world.tick }));
}

/** A full disk keeps no server from showing what is known: /health says that nothing can be recorded. */
async function record(
  { stores, log }: OpenWorld,
  kind: string,
  body: Readonly<Record<string, string | number>>,
): Promise<void> {
  await stores.records.append({ subject: 'system', kind, body }).catch((error: unknown) => {
    log.error('records.entry-lost', { kind, error: String(error) });
  });
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

/** @throws ConfigError naming the file that cannot be read or is no certificate */
function serverOf({ tls }: ServerConfig, app: RequestListener): Server {
  if (!tls) return createServer(app);
  try {
    const [cert, key] = [readFileSync(tls.certFile), readFileSync(tls.keyFile)];
    return createSecureServer({ cert, key, minVersion: 'TLSv1.2' }, app);
  } catch (error) {
    throw new ConfigError(`tls: ${(error as Error).message}: check certFile and keyFile, both PEM`);
  }
}

function urlOf({ host, tls }: ServerConfig, port: number): string {
  const shown = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `${tls ? 'https' : 'http'}://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}
