// The alerts of one world, wired: rules of the city over its layers, the book over its records, tests over its history.
import type { City } from '../../cities/load.ts';
import type { Title } from '../../contracts/column.ts';
import type { Layer } from '../../contracts/layer.ts';
import { alert } from '../../contracts/layers/alert.ts';
import { cluster } from '../../contracts/layers/cluster.ts';
import { dispatchOrder } from '../../contracts/layers/dispatch-order.ts';
import { reservoir } from '../../contracts/layers/reservoir.ts';
import { reservoirPermission } from '../../contracts/layers/reservoir-permission.ts';
import { AlertBook } from '../alerts/alert-book.ts';
import { BackTests } from '../alerts/back-test.ts';
import type { Ground } from '../alerts/conditions.ts';
import { AlertEngine } from '../alerts/engine.ts';
import { ClusterBook } from '../alerts/clusters/cluster-book.ts';
import type { Fences } from '../alerts/fences.ts';
import { PlacesInText } from '../alerts/clusters/places-in-text.ts';
import type { Alerts, Clusters } from '../alerts/port.ts';
import type { RuleWords } from '../alerts/read-rules.ts';
import { RuleSwitches } from '../alerts/rule-switches.ts';
import { checkRule } from '../alerts/read-rules.ts';
import type { ServerConfig } from '../config.ts';
import type { IndicatorCatalogue } from '../indicators/load.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import type { LiveWorld } from '../state/live-world.ts';
import type { KeptHistory } from './keep-history.ts';
import type { PermissionOptions } from './reservoir-permissions.ts';
import { ReservoirPermissions } from './reservoir-permissions.ts';
import type { Shared } from './shared.ts';
import type { Stores } from './stores.ts';

export interface WorldAlerts extends Alerts {
  readonly clusters: Clusters;
  close(): Promise<void>;
}

interface AlertParts {
  readonly shared: Shared;
  readonly config: ServerConfig;
  readonly world: LiveWorld;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly log: Logger;
  readonly history: KeptHistory;
}

/** What rules of a city may name. */
export function ruleWordsOf(
  city: City,
  layers: ReadonlyMap<string, Layer>,
  { catalogue, fences }: { readonly catalogue: IndicatorCatalogue; readonly fences: Fences },
): RuleWords {
  const places = placesOf(city);
  return {
    layers,
    systems: new Set(city.systems.map(({ id }) => id)),
    indicators: new Set(catalogue.connected.map(({ slug }) => slug)),
    counties: new Set(city.counties.map(({ properties }) => properties.code)),
    placeOf: (id) => places.get(id) ?? null,
    fenceOf: fences.ringOf,
  };
}

/** Folds the log of records; what stood goes on standing. */
export async function alertsOf(parts: AlertParts): Promise<WorldAlerts> {
  const { shared, config, world, stores, clock, log, history } = parts;
  const { alertRules } = shared;
  const rows = rowsOf(world, alert.slug);
  const { operators } = config.alerts;
  const book = new AlertBook({ log: stores.records, logger: log, clock, rows, operators });
  await book.open();
  const names = regionNames(shared.city);
  // What has no region of its own, as an indicator of everything, speaks of the city.
  const region = (code: string): Title | null => names(code === '' ? shared.city.profile.code : code);
  const { placeOf, fenceOf } = alertRules.words;
  const ground: Ground = {
    table: (slug) => world.table(slug),
    ...{ placeOf, fenceOf },
  };
  const switches = new RuleSwitches({ log: stores.records, written: alertRules });
  await switches.open();
  const rules = () => switches;
  const permissions = permissionsOf(parts, (keys) => engine.reword(reservoir.slug, keys));
  const remark = (layer: string, key: string): Title | null => permissions.remark(layer, key);
  const engine: AlertEngine = new AlertEngine({ rules, ground, book, region, remark, logger: log });
  world.compute(permissions);
  world.compute(engine);
  const clusters = await clustersOf(parts);
  const tests = new BackTests({
    history: history.states,
    layerOf: (slug) => world.table(slug).layer,
    ...{ clock, logger: log, region, placeOf, fenceOf },
  });
  return {
    clusters,
    list: (state) => book.list(state),
    discipline: () => book.discipline(),
    marks: (from, to) => book.marks(from, to),
    rules,
    switchRule: (by, asked) => switches.switchRule(by, asked),
    changeLimit: (by, asked) => switches.changeLimit(by, asked),
    undoLimit: (by, id, reason) => switches.undoLimit(by, id, reason),
    acknowledge: (by, asked) => book.acknowledge(by, asked),
    shelve: (by, asked) => book.shelve(by, asked),
    unshelve: (by, asked) => book.unshelve(by, asked),
    comment: (by, asked) => book.comment(by, asked),
    clear: (by, asked) => book.clearByHand(by, asked),
    check: (rule) => checkRule(rule, alertRules.words),
    test: (asked) => tests.run(asked),
    close: async () => {
      await clusters.close();
      await switches.close();
      await book.close();
    },
  };
}

function permissionsOf(
  { shared, config, world }: AlertParts,
  onChange: PermissionOptions['onChange'],
): ReservoirPermissions {
  return new ReservoirPermissions({
    reservoirs: world.table(reservoir.slug) as unknown as PermissionOptions['reservoirs'],
    orders: world.table(dispatchOrder.slug) as unknown as PermissionOptions['orders'],
    rows: rowsOf(world, reservoirPermission.slug),
    senders: shared.city.acknowledgements.permitSenders,
    isDemo: config.demo,
    onChange,
  });
}

/** Behind the alerts: those of a tick are signals of the same tick. */
async function clustersOf({ shared, world, stores, log }: AlertParts): Promise<ClusterBook> {
  const clusters = new ClusterBook({
    log: stores.records,
    logger: log,
    places: new PlacesInText(shared.city.gazetteer),
    rows: rowsOf(world, cluster.slug),
    table: (slug) => world.table(slug),
  });
  await clusters.open();
  world.compute(clusters);
  return clusters;
}

function rowsOf(world: LiveWorld, slug: string) {
  const rows = world.layers.get(slug);
  if (!rows) throw new Error(`layer ${slug} is not loaded: see contracts/layers`);
  return rows;
}

const placesOf = (city: City) => new Map(city.gazetteer.map(({ id, lon, lat }) => [id, [lon, lat] as const]));

export function regionNames(city: City): (code: string) => Title | null {
  const { profile, counties, towns } = city;
  const names = new Map<string, Title>([
    [profile.code, profile.title],
    ...counties.map(({ properties }): [string, Title] => [properties.code, properties.name]),
    ...towns.map(({ code, name, en }): [string, Title] => [code, { zh: name, en }]),
  ]);
  return (code) => names.get(code) ?? null;
}
