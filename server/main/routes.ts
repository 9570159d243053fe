// All addresses of the server, in the order they are tried.
import path from 'node:path';
import type { ShapeOf } from '../../contracts/geojson.ts';
import type { City } from '../../cities/load.ts';
import type { Allow } from '../access/port.ts';
import { cityPage, gazetteerPage } from './city-facts.ts';
import type { KeptHistory } from './keep-history.ts';
import type { ServerConfig } from '../config.ts';
import type { Journal } from '../history/journal.ts';
import type { Uptime } from '../history/uptime.ts';
import { capRoutes } from '../http/cap/routes.ts';
import { cityRoutes } from '../http/city.ts';
import { exportRoutes } from '../http/export.ts';
import { feedRoutes } from '../http/feeds.ts';
import { gazetteerRoutes } from '../http/gazetteer.ts';
import { healthRoutes } from '../http/health.ts';
import { indicatorRoutes } from '../http/indicators.ts';
import { inboxRoutes } from '../http/inbox.ts';
import type { LayerStreams } from '../http/layer-stream.ts';
import { layerRoutes } from '../http/layers.ts';
import type { Metrics } from '../http/metrics.ts';
import { nearestRoutes } from '../http/nearest.ts';
import { seriesRoutes } from '../http/series.ts';
import { historyRoutes } from '../http/history.ts';
import { recordingRoutes } from '../http/recording.ts';
import { replayRoutes } from '../http/replay.ts';
import { trackRoutes } from '../http/track.ts';
import { ogcRoutes } from '../http/ogc/routes.ts';
import { openApiRoutes } from '../http/openapi.ts';
import { operationRoutes } from '../http/operations.ts';
import { sceneRoutes } from '../http/scenes.ts';
import type { Route } from '../http/route.ts';
import type { StillKeeper } from '../http/still-keeper.ts';
import { stillRoutes } from '../http/stills.ts';
import { pageRoutes, tileRoutes } from '../http/static-files.ts';
import type { Indicators } from '../indicators/port.ts';
import type { FeedRunner } from '../ingest/feed-runner.ts';
import type { Quarantine } from '../ingest/quarantine.ts';
import type { Clock } from '../kit/clock.ts';
import type { Inbox } from '../kit/inbox.ts';
import type { Operations } from '../operations/port.ts';
import type { Gateway } from '../realtime/gateway.ts';
import type { Scenes } from '../scenes/port.ts';
import type { LiveWorld } from '../state/live-world.ts';
import type { Snapshots } from '../state/snapshot.ts';
import type { RecordStore } from '../store/port.ts';

export interface RouteParts {
  readonly config: ServerConfig;
  readonly city: City;
  readonly world: LiveWorld;
  readonly clock: Clock;
  readonly allow: Allow;
  readonly runner: FeedRunner;
  readonly gateway: Gateway;
  readonly quarantine: Quarantine;
  readonly streams: LayerStreams;
  readonly metrics: Metrics;
  readonly inbox: Inbox;
  readonly journal: Journal;
  readonly uptime: Uptime;
  readonly store: RecordStore;
  readonly history: KeptHistory;
  readonly operations: Operations;
  readonly stills: StillKeeper;
  readonly indicators: Indicators;
  readonly snapshots: Snapshots;
  readonly scenes: Scenes;
  /** Shapes of rows that refer to a tileset. */
  readonly shapeOf: ShapeOf;
  readonly isReady: () => boolean;
}

/** Pages come last: they take every address that is left. */
export function allRoutes(parts: RouteParts): Route[] {
  const { config, city, world, clock, runner, gateway, quarantine, streams, metrics, inbox, isReady } = parts;
  const { history, uptime } = parts;
  const feeds = () => runner.reports();
  const routes: Route[] = [
    ...healthRoutes({
      world,
      clock,
      city: config.city,
      build: config.build,
      feeds,
      realtime: () => gateway.report(),
      history: () => history.states.report,
      records: () => parts.store.report,
      troubles: () => troublesOf(parts),
      isReady,
    }),
    ...metrics.routes,
    ...cityRoutes(cityPage(city, config)),
    ...gazetteerRoutes(gazetteerPage(city)),
    ...indicatorRoutes(parts.indicators.facts),
    ...sceneRoutes(parts.scenes, clock),
    ...nearestRoutes(world),
    ...streams.routes,
    ...seriesRoutes({ world, clock, series: history.series }),
    ...trackRoutes({ world, clock, history: history.states }),
    ...historyRoutes({ world, clock, history: history.states, outages: () => uptime.outages() }),
    ...replayRoutes({ world, clock, allow: parts.allow, history: history.states }),
    ...recordingRoutes({
      ...{ world, clock, city: city.profile, build: config.build, isDemo: config.demo },
      ...{ allow: parts.allow, history: history.states },
    }),
    ...layerRoutes({ world, feeds, shapeOf: parts.shapeOf }),
    ...capRoutes({ world, clock, city: city.profile, isDemo: config.demo }),
    ...exportRoutes({
      ...{ world, clock, allow: parts.allow, history: history.states },
      ...{ shapeOf: parts.shapeOf, isDemo: config.demo },
    }),
    ...ogcRoutes({
      ...{ world, clock, allow: parts.allow, history: history.states, shapeOf: parts.shapeOf },
      ...{ city: city.profile, bounds: city.profile.bounds, isDemo: config.demo, build: config.build },
    }),
    ...feedRoutes({
      feeds,
      quarantine: (feed) => quarantine.shelves(feed),
      unknownDevices: () => quarantine.devices(),
    }),
    ...operationRoutes(parts.operations),
    ...stillRoutes({ world, stills: parts.stills, addressOf: (feed) => runner.addressOf(feed) }),
    ...inboxRoutes(inbox),
    ...(config.tiles === undefined ? [] : tileRoutes(path.resolve(config.tiles))),
    ...openApiRoutes({ city: city.profile, build: config.build, routes: () => routes }),
    ...(config.static === undefined ? [] : pageRoutes(path.resolve(config.static))),
  ];
  return routes;
}

function troublesOf({ journal, snapshots, history, store }: RouteParts): string[] {
  const { isFailing, fault } = history.states.report;
  const { trouble } = store.report;
  return [
    ...(trouble === '' ? [] : [trouble]),
    ...(isFailing ? ['states are not being recorded: see the log'] : []),
    ...(fault === '' ? [] : [`history cannot be sealed or kept: ${fault}`]),
    ...(journal.isFailing ? ['history is not being written: see the log'] : []),
    ...(snapshots.isFailing ? ['the state is not being written: see the log'] : []),
  ];
}
