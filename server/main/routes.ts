// All addresses of the server, in the order they are tried.
import path from 'node:path';
import { adviceRoutes } from '../http/advice.ts';
import { alertsInAreas, clustersInAreas } from '../http/alert-areas.ts';
import { acknowledgementRoutes } from '../http/acknowledgements.ts';
import { alertRoutes } from '../http/alerts.ts';
import { callRoutes } from '../http/calls.ts';
import { capRoutes } from '../http/cap/routes.ts';
import { clusterRoutes } from '../http/clusters.ts';
import { cityRoutes } from '../http/city.ts';
import { dutyRoutes } from '../http/duty.ts';
import { evidenceRoutes } from '../http/evidence.ts';
import { exportRoutes, layerExportWay } from '../http/export.ts';
import { exportDeskRoutes } from '../http/exports.ts';
import { feedRoutes } from '../http/feeds.ts';
import { gazetteerRoutes } from '../http/gazetteer.ts';
import { healthRoutes } from '../http/health.ts';
import { indicatorRoutes } from '../http/indicators.ts';
import { inboxRoutes } from '../http/inbox.ts';
import { incidentsInAreas } from '../http/incident-areas.ts';
import { incidentRoutes } from '../http/incidents.ts';
import { layerRoutes } from '../http/layers.ts';
import type { Metrics } from '../http/metrics.ts';
import { nearestRoutes } from '../http/nearest.ts';
import { seriesRoutes } from '../http/series.ts';
import { historyRoutes } from '../http/history.ts';
import { recordingRoutes, recordingWay } from '../http/recording.ts';
import { resourceRoutes } from '../http/resources.ts';
import { roadRoutes } from '../http/roads.ts';
import { replayRoutes } from '../http/replay.ts';
import { trackRoutes } from '../http/track.ts';
import { ogcRoutes } from '../http/ogc/routes.ts';
import { optionRoutes } from '../http/options.ts';
import { orderRoutes } from '../http/orders.ts';
import { outboxRoutes } from '../http/outbox.ts';
import { openApiRoutes } from '../http/openapi.ts';
import type { RegionOf } from '../http/operations.ts';
import type { LiveWorld } from '../state/live-world.ts';
import { hazardRoutes } from '../http/hazards.ts';
import { headquartersRoutes } from '../http/headquarters.ts';
import { crisisRoutes } from '../http/crisis.ts';
import { operationRoutes } from '../http/operations.ts';
import { paperRoutes } from '../http/papers.ts';
import { planRunRoutes } from '../http/plan-runs.ts';
import { planRoutes } from '../http/plans.ts';
import { scenarioRoutes } from '../http/scenarios.ts';
import type { ScenarioSources } from '../http/scenarios.ts';
import { sceneRoutes } from '../http/scenes.ts';
import type { Route } from '../http/route.ts';
import { routesInWorlds } from '../http/route.ts';
import { taskRoutes } from '../http/tasks.ts';
import { situationRoutes } from '../http/situations.ts';
import { stillRoutes } from '../http/stills.ts';
import { pageRoutes, tileRoutes } from '../http/static-files.ts';
import { worldInboxRoutes, worldsRoutes } from '../http/worlds.ts';
import type { Scenes } from '../scenes/port.ts';
import type { Worlds } from '../worlds/port.ts';
import { cityPage, gazetteerPage } from './city-facts.ts';
import type { Shared } from './shared.ts';
import type { OpenWorld } from './world.ts';

export interface RouteParts {
  readonly shared: Shared;
  readonly live: OpenWorld;
  readonly scenes: Scenes;
  readonly scenarios: ScenarioSources;
  readonly metrics: Metrics;
  readonly worlds: Worlds;
  readonly opened: OpenWorlds;
  readonly isReady: () => boolean;
  /** Sessions, accounts, the audit log. */
  readonly access: readonly Route[];
}

/** A world whose routes can be asked. */
export interface Routed {
  readonly open: OpenWorld;
  readonly routes: readonly Route[];
  readonly isDemo: boolean;
}

/** By id; the live one is not among them. */
export type OpenWorlds = ReadonlyMap<string, Routed>;

/** Pages come last: they take every address that is left. */
export function allRoutes(parts: RouteParts): Route[] {
  const { shared, live, scenes, scenarios, metrics, worlds, opened, isReady, access } = parts;
  const { config, city } = shared;
  const here = { routes: worldRoutes(shared, live, { worlds, isReady }), isDemo: config.demo };
  const routes: Route[] = [
    ...metrics.routes,
    ...access,
    ...cityRoutes(cityPage(city, config)),
    ...gazetteerRoutes(gazetteerPage(city)),
    ...sceneRoutes(scenes, live.clock),
    ...scenarioRoutes(scenarios),
    ...worldsRoutes(worlds),
    ...worldInboxRoutes((world) => opened.get(world)?.open.doors.inbox ?? null),
    ...routesInWorlds(here.routes, (id) => (id === live.world.facts.id ? here : (opened.get(id) ?? null))),
    ...(config.tiles === undefined ? [] : tileRoutes(path.resolve(config.tiles))),
    ...openApiRoutes({ city: city.profile, build: config.build, routes: () => routes }),
    ...(config.static === undefined ? [] : pageRoutes(path.resolve(config.static), () => routes)),
  ];
  return routes;
}

/** What every world answers, in the same order for each. */
export function worldRoutes(
  shared: Shared,
  open: OpenWorld,
  { worlds, isReady }: Pick<RouteParts, 'worlds' | 'isReady'>,
): Route[] {
  const { world, clock, config, runner, room, quarantine, streams, history, stores } = open;
  const { allow, city, shapeOf } = shared;
  const past = { world, clock, allow, history: history.states, isDemo: config.demo };
  const feeds = () => runner.reports();
  return [
    ...healthRoutes({
      allow,
      world,
      clock,
      city: config.city,
      build: config.build,
      feeds,
      realtime: () => room.report(),
      history: () => history.states.report,
      records: () => stores.store.report,
      troubles: () => troublesOf(open),
      isReady,
      worlds: () => worlds.list(),
    }),
    ...indicatorRoutes(open.indicators),
    ...nearestRoutes(world),
    ...streams.routes,
    ...seriesRoutes({ world, clock, series: history.series }),
    ...trackRoutes({ world, clock, history: history.states }),
    ...historyRoutes({ world, clock, history: history.states, outages: () => stores.uptime.outages() }),
    ...replayRoutes({ world, clock, allow, history: history.states, alerts: open.alerts }),
    ...exportsOf(shared, open),
    ...layerRoutes({ world, feeds, shapeOf }),
    ...capRoutes({ world, clock, city: city.profile, isDemo: config.demo }),
    ...ogcRoutes({ ...past, shapeOf, city: city.profile, bounds: city.profile.bounds, build: config.build }),
    ...feedRoutes({
      feeds,
      quarantine: (feed) => quarantine.shelves(feed),
      unknownDevices: () => quarantine.devices(),
    }),
    ...operationRoutes(open.operations, { regionOf: regionsIn(world) }),
    ...incidentsInAreas(
      [...incidentRoutes(open.incidents, open.files), ...paperRoutes({ allow, papers: open.papers })],
      { incidents: open.incidents, regionOf: regionsIn(world) },
    ),
    ...outboxRoutes({ messages: open.outbox.book, receipts: open.outbox.receipts }),
    ...taskRoutes(open.incidents),
    ...dutyRoutes({ allow, duty: open.duty, bulletins: open.bulletins, papers: open.papers }),
    ...roadRoutes(open.roads),
    ...hazardRoutes(open),
    ...resourceRoutes({ resources: open.resources, bookings: open.bookings }),
    ...commandRoutes(allow, open),
    ...planRunRoutes({ allow, runs: open.runs, papers: open.papers }),
    ...planRoutes({ library: open.library, isKept: world.facts.kind === 'live' }),
    ...alertsInAreas(alertRoutes(open.alerts), open.alerts),
    ...clustersInAreas(clusterRoutes(open.alerts.clusters), open.alerts.clusters),
    ...stillRoutes({ world, stills: open.stills, addressOf: (feed) => runner.addressOf(feed) }),
    ...inboxRoutes(open.doors.inbox),
  ];
}

/** What those who command decide with, beside incidents and plans. */
function commandRoutes(
  allow: Shared['allow'],
  { command, papers, headquarters, crisis }: OpenWorld,
): Route[] {
  const { packs, options, calls, situations, orders, acknowledgements, advise } = command;
  return [
    ...headquartersRoutes(headquarters),
    ...crisisRoutes({ allow, crisis }),
    ...evidenceRoutes({ allow, packs }),
    ...optionRoutes(options),
    ...adviceRoutes(advise),
    ...callRoutes(calls),
    ...acknowledgementRoutes(acknowledgements),
    ...situationRoutes({ allow, situations, papers }),
    ...orderRoutes(orders),
  ];
}

/** Where a row is, or an area; null: there is no such row. */
function regionsIn({ layers }: LiveWorld): RegionOf {
  return ({ layer, key }) => {
    const table = layers.get(layer)?.table;
    const slot = table?.slotOf(key) ?? -1;
    return table && slot >= 0 ? table.regionAt(slot) : null;
  };
}

function troublesOf({ stores, snapshots, history }: OpenWorld): string[] {
  const { isFailing, fault } = history.states.report;
  const { trouble } = stores.store.report;
  return [
    ...(trouble === '' ? [] : [trouble]),
    ...(isFailing ? ['states are not being recorded: see the log'] : []),
    ...(fault === '' ? [] : [`history cannot be sealed or kept: ${fault}`]),
    ...(stores.journal.isFailing ? ['history is not being written: see the log'] : []),
    ...(snapshots?.isFailing ? ['the state is not being written: see the log'] : []),
  ];
}

/** Files of the past, alone and with the word of a second person. */
function exportsOf({ allow, city, shapeOf, gate }: Shared, open: OpenWorld): Route[] {
  const { world, clock, config, history } = open;
  const desk = gate.exports();
  const past = { world, clock, allow, history: history.states, isDemo: config.demo, desk };
  const layer = { ...past, shapeOf };
  const recording = { ...past, city: city.profile, build: config.build };
  return [
    ...recordingRoutes(recording),
    ...exportRoutes(layer),
    ...exportDeskRoutes({
      ...{ desk, world, allow },
      ways: { layer: layerExportWay(layer), recording: recordingWay(recording) },
    }),
  ];
}
