// Decision models of one world, wired: what they read of city and layers, the threads they run in, rows, evidence and tasks.
import type { City } from '../../cities/load.ts';
import { mode } from '../../contracts/layers/mode.ts';
import type { Row } from '../../contracts/layer.ts';
import { adviceRows } from '../advise/advice-rows.ts';
import { AdviseBook } from '../advise/advise-book.ts';
import type { OfferedModel } from '../advise/port.ts';
import { Trails } from '../advise/trails.ts';
import type { PackBook } from '../evidence/pack-book.ts';
import type { DecisionSnapshot, PlaceFacts } from '../kit/define-decision.ts';
import type { LoadedDecision } from '../kit/load-folder.ts';
import type { CommandParts } from './command-desks.ts';

export type AdviseParts = CommandParts & { readonly packs: PackBook };

/** Folds the log and gives the tasks an earlier run still owed; runs nothing before the first tick. */
export async function adviseOf(parts: AdviseParts): Promise<AdviseBook> {
  const { shared, world, clock, wall, stores, incidents, packs } = parts;
  const { gate, city, config, log } = shared;
  const { models } = shared;
  const definitions = [...models.values()].map(({ definition }) => definition);
  const trails = new Trails(definitions, (slug) => world.table(slug));
  const snapshot = snapshotsOf(parts, trails);
  const book = new AdviseBook({
    ...{ log: stores.records, clock, wall, logger: log, models, pool: shared.pool(), freezer: packs },
    tasks: incidents.tasks,
    rows: adviceRows({
      world,
      clock,
      isDemo: config.demo,
      cityCode: city.profile.code,
      models: models.values(),
    }),
    ground: {
      snapshot,
      rows: (slug) => world.layers.get(slug)?.table.rows() ?? [],
      hasChanged: (slug) => (world.layers.get(slug)?.table.changedCount ?? 0) > 0,
      inCrisis: () => [...world.table(mode.slug).rows()].some(({ values }) => values['mode'] === 'crisis'),
      incident: (id) => incidents.find(id),
      nameOf: (subject) => gate.nameOf(subject),
    },
  });
  await book.open();
  world.compute({
    tick: ({ at }) => {
      trails.tick();
      book.tick(at);
    },
  });
  return book;
}

function snapshotsOf({ shared, world, clock, runner }: AdviseParts, trails: Trails) {
  const { city, config } = shared;
  const fixed = cityFacts(city);
  return ({ definition, settings }: OfferedModel): DecisionSnapshot => {
    const layers = Object.fromEntries(
      definition.inputs.map(({ layer }) => [layer.slug, rowsInOrder(world.table(layer.slug).rows())]),
    );
    const tables = city.stations as unknown as Readonly<Record<string, DecisionSnapshot['stations'][string]>>;
    return {
      ...fixed,
      now: clock.now(),
      facts: settings?.facts ?? null,
      stations: Object.fromEntries(definition.stations.map((name) => [name, tables[name] ?? []])),
      layers,
      trails: trails.of(definition),
      feeds: Object.fromEntries(runner.reports().map(({ id, state }) => [id, state])),
      synthetic: config.demo,
    };
  };
}

const rowsInOrder = (rows: Iterable<Row>): Row[] =>
  [...rows].sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));

/** What does not change while the server runs. */
function cityFacts({ towns, places, profile, calendar }: City) {
  return {
    towns: towns.map(({ code, name, en, lon, lat, population }) => ({
      ...{ code, name: { zh: name, en }, residents: population },
      position: [lon, lat] as const,
    })),
    places: places.map(({ properties, geometry }): PlaceFacts => {
      const { id, kind, name, ...facts } = properties;
      const [lon, lat] = geometry.coordinates;
      return { id, kind, name: { zh: name.zh, en: name.en ?? name.zh }, position: [lon, lat], facts };
    }),
    timeZone: profile.timeZone,
    calendar: {
      workweek: calendar.workweek,
      holidays: calendar.years.flatMap(({ holidays }) => holidays.map(({ from, to }) => ({ from, to }))),
      workdays: calendar.years.flatMap(({ shiftedWorkdays }) => shiftedWorkdays),
    },
  };
}

/**
 * The models of this server with what the city says for each.
 * @throws Error naming the field of decisions.yaml that is wrong
 */
export function offeredModels(
  city: Pick<City, 'decisions' | 'profile'>,
  loaded: ReadonlyMap<string, LoadedDecision>,
): ReadonlyMap<string, OfferedModel> {
  const where = `cities/${city.profile.id}/decisions.yaml`;
  for (const slug of Object.keys(city.decisions))
    if (!loaded.has(slug))
      throw new Error(
        `${where}: ${slug}: there is no such model: use one of ${[...loaded.keys()].join(', ')}`,
      );
  return new Map(
    [...loaded].map(([slug, { file, definition }]): [string, OfferedModel] => {
      const said = city.decisions[slug];
      if (!said) return [slug, { file, definition, settings: null }];
      const facts = definition.facts.safeParse(said.facts);
      if (facts.success)
        return [slug, { file, definition, settings: { facts: facts.data, triggers: said.triggers } }];
      const [issue] = facts.error.issues;
      throw new Error(
        `${where}: ${slug}.facts.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is wrong'}`,
      );
    }),
  );
}
