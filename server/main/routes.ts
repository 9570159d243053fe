// All addresses of the server, in the order they are tried.
import path from 'node:path';
import type { City } from '../../cities/load.ts';
import { cityPage, gazetteerPage } from './city-facts.ts';
import type { ServerConfig } from '../config.ts';
import type { Journal } from '../history/journal.ts';
import { cityRoutes } from '../http/city.ts';
import { feedRoutes } from '../http/feeds.ts';
import { gazetteerRoutes } from '../http/gazetteer.ts';
import { healthRoutes } from '../http/health.ts';
import { indicatorRoutes } from '../http/indicators.ts';
import { inboxRoutes } from '../http/inbox.ts';
import type { LayerStreams } from '../http/layer-stream.ts';
import { layerRoutes } from '../http/layers.ts';
import type { Metrics } from '../http/metrics.ts';
import { nearestRoutes } from '../http/nearest.ts';
import type { Route } from '../http/route.ts';
import { pageRoutes, tileRoutes } from '../http/static-files.ts';
import type { Indicators } from '../indicators/port.ts';
import type { FeedRunner } from '../ingest/feed-runner.ts';
import type { Quarantine } from '../ingest/quarantine.ts';
import type { Clock } from '../kit/clock.ts';
import type { Inbox } from '../kit/inbox.ts';
import type { Gateway } from '../realtime/gateway.ts';
import type { LiveWorld } from '../state/live-world.ts';
import type { Snapshots } from '../state/snapshot.ts';

export interface RouteParts {
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
  readonly indicators: Indicators;
  readonly snapshots: Snapshots;
  readonly isReady: () => boolean;
}

/** Pages come last: they take every address that is left. */
export function allRoutes(parts: RouteParts): Route[] {
  const { config, city, world, clock, runner, gateway, quarantine, streams, metrics, inbox, isReady } = parts;
  const feeds = () => runner.reports();
  return [
    ...healthRoutes({
      world,
      clock,
      city: config.city,
      build: config.build,
      feeds,
      realtime: () => gateway.report(),
      troubles: () => troublesOf(parts),
      isReady,
    }),
    ...metrics.routes,
    ...cityRoutes(cityPage(city, config.tiles)),
    ...gazetteerRoutes(gazetteerPage(city)),
    ...indicatorRoutes(parts.indicators.facts),
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

function troublesOf({ journal, snapshots }: RouteParts): string[] {
  return [
    ...(journal.isFailing ? ['history is not being written: see the log'] : []),
    ...(snapshots.isFailing ? ['the state is not being written: see the log'] : []),
  ];
}
