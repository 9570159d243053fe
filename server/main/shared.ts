// What all worlds of one server share: the city, its layers, feeds and indicators, and the door of the screens.
import path from 'node:path';
import type { City } from '../../cities/load.ts';
import { loadCity } from '../../cities/load.ts';
import type { ShapeOf } from '../../contracts/geojson.ts';
import type { Layer } from '../../contracts/layer.ts';
import { Fences } from '../alerts/fences.ts';
import { RuleShelf } from '../alerts/rule-shelf.ts';
import type { Allow } from '../access/port.ts';
import { ThreadPool } from '../advise/model-pool.ts';
import type { OfferedModel } from '../advise/port.ts';
import type { ExposureMeter } from '../exposure/port.ts';
import { RulesInForce } from '../command/rules-in-force.ts';
import type { ServerConfig } from '../config.ts';
import { Bands } from '../indicators/bands.ts';
import type { IndicatorCatalogue } from '../indicators/load.ts';
import { loadIndicators } from '../indicators/load.ts';
import { createSystemClock } from '../kit/clock.ts';
import type { FeedDefinition } from '../kit/feed.ts';
import { loadDecisions, loadFeeds, loadLayers } from '../kit/load-folder.ts';
import type { Logger } from '../kit/log.ts';
import { SchemaShelf } from '../kit/schema-shelf.ts';
import { tilesetShapes } from '../kit/tileset-shapes.ts';
import { Press } from '../papers/press.ts';
import { createRoadGround } from '../roads/ground.ts';
import type { RoadGround } from '../roads/ground.ts';
import { Gateway } from '../realtime/gateway.ts';
import type { Gate } from './access.ts';
import { createGate } from './access.ts';
import { offeredModels } from './advise-of-world.ts';
import { ruleWordsOf } from './alerts-of-world.ts';
import { exposureOf } from './exposure-of-city.ts';
import { tilesetFolder } from './tileset-folder.ts';

export interface Shared {
  readonly config: ServerConfig;
  readonly log: Logger;
  readonly allow: Allow;
  readonly gate: Gate;
  readonly city: City;
  /** Folder of city packages; undefined: cities/. */
  readonly cities: string | undefined;
  readonly layers: ReadonlyMap<string, Layer>;
  readonly feeds: ReadonlyMap<string, FeedDefinition>;
  /** Decision models, with what the city says for each. */
  readonly models: ReadonlyMap<string, OfferedModel>;
  /** The threads they run in, for all worlds: made when the first asks. */
  readonly pool: () => ThreadPool;
  readonly catalogue: IndicatorCatalogue;
  readonly alertRules: RuleShelf;
  /** What people changed over the files of the city while the server runs. */
  readonly bands: Bands;
  readonly responsible: RulesInForce;
  readonly fences: Fences;
  /** Shapes of rows that refer to a tileset. */
  readonly shapeOf: ShapeOf;
  readonly schemas: SchemaShelf;
  readonly schemaFolder: string;
  readonly gateway: Gateway;
  readonly press: Press;
  /** The road graph: made when the first world asks. */
  readonly ground: () => RoadGround;
  /** Who is where: made when the first world asks. */
  readonly exposure: () => ExposureMeter;
}

export interface SharedOptions {
  readonly log: Logger;
  readonly feeds?: ReadonlyMap<string, FeedDefinition>;
  /** Folder of decision models; default: server/decisions. */
  readonly decisions?: string;
  readonly cities?: string;
  readonly allow?: Allow;
}

/** Folder of everything a city keeps. */
export const cityFolder = ({ dataDir, city }: ServerConfig): string => path.join(dataDir, city);

/** A folder beside that of the server's areas. */
export const folder = (name: string): string => path.join(import.meta.dirname, '..', name);

/** @throws CityError, or Error naming the definition that is wrong */
export async function readShared(config: ServerConfig, options: SharedOptions): Promise<Shared> {
  const { log, cities } = options;
  const gate = createGate();
  const { allow = gate.allow } = options;
  const city = loadCity(config.city, cities);
  const layers = await loadLayers(folder('../contracts/layers'));
  const feeds = options.feeds ?? (await loadFeeds(folder('feeds'), layers));
  const models = offeredModels(city, await loadDecisions(options.decisions ?? folder('decisions'), layers));
  const catalogue = await loadIndicators();
  const fences = new Fences();
  const alertRules = new RuleShelf({
    folder: path.join(cities ?? folder('../cities'), config.city, 'alerts'),
    words: ruleWordsOf(city, layers, { catalogue, fences }),
    log,
  });
  const schemaFolder = path.join(cityFolder(config), 'schemas');
  const ground = once(() => createRoadGround(city, tilesetFolder(config)));
  return {
    config,
    log,
    allow,
    gate,
    city,
    cities,
    layers,
    feeds,
    models,
    pool: once(() => new ThreadPool(createSystemClock())),
    catalogue,
    alertRules,
    bands: new Bands(),
    responsible: new RulesInForce(city.responsibilities.rules),
    fences,
    shapeOf: tilesetShapes(tilesetFolder(config)),
    schemas: new SchemaShelf(schemaFolder),
    schemaFolder,
    gateway: new Gateway({ allow, door: gate.door, audit: gate.audit }),
    press: new Press(),
    ground,
    exposure: once(() => exposureOf(city, config, ground)),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
