// What one file of a city package owes another: unique ids, references that exist, points inside bounds and county.
import { insideRing, type Point } from './geometry.ts';
import type { City } from './schema.ts';

export type CityProblem = { file: string; problem: string; remedy: string };
type Located = { id: string; lon: number; lat: number; countyCode: string };

function duplicates(file: string, ids: readonly string[]): CityProblem[] {
  const seen = new Set<string>();
  return ids.flatMap((id) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ file, problem: `"${id}" appears twice`, remedy: 'give every row an id of its own.' }];
  });
}

/** What a file names, and what there is to be named. */
type Reference = readonly [file: string, what: string, wanted: readonly string[], known: readonly string[]];

function missing([file, what, wanted, known]: Reference): CityProblem[] {
  const set = new Set(known);
  return wanted
    .filter((id) => !set.has(id))
    .map((id) => ({
      file,
      problem: `names ${what} "${id}", which does not exist`,
      remedy: `correct it or add the ${what}.`,
    }));
}

/** Rows with a position and a county, by file. */
export function locatedRows(city: City): Record<string, Located[]> {
  const tables: Record<string, Located[]> = {
    'towns.csv': city.towns.map((row) => ({ ...row, id: row.code })),
    'villages.csv': city.villages.map((row) => ({ ...row, id: row.code })),
    'peaks.csv': city.peaks,
    'gazetteer.csv': city.gazetteer,
    'gatherings.csv': city.gatherings,
    'places.geojson': city.places.map(({ properties: { id, countyCode }, geometry: { coordinates } }) => {
      return { id, countyCode, lon: coordinates[0], lat: coordinates[1] };
    }),
  };
  for (const [name, rows] of Object.entries(city.stations)) {
    if (name === 'storage-curves') continue;
    tables[`stations/${name}.csv`] = (rows as (Located & { stcd?: string; mn?: string })[]).map((row) => {
      return { ...row, id: row.id ?? row.stcd ?? row.mn ?? '' };
    });
  }
  return tables;
}

/** The county whose polygon holds a point, or the city's own code outside all of them. */
export function countyAt(city: City, point: Point): string {
  const county = city.counties.find(
    ({ properties, geometry }) =>
      properties.kind === 'county' && insideRing(point, geometry.coordinates[0] ?? []),
  );
  return county?.properties.code ?? city.profile.code;
}

function positionProblems(city: City): CityProblem[] {
  const [west, south, east, north] = city.profile.bounds;
  return Object.entries(locatedRows(city)).flatMap(([file, rows]) =>
    rows.flatMap(({ id, lon, lat, countyCode }) => {
      const found = countyAt(city, [lon, lat]);
      if (lon < west || lon > east || lat < south || lat > north) {
        return [
          { file, problem: `${id} at ${lon},${lat} is outside the bounds`, remedy: 'correct the position.' },
        ];
      }
      if (found === countyCode) return [];
      const problem = `${id} says county ${countyCode} but lies in ${found}`;
      return [{ file, problem, remedy: 'correct the position or the code.' }];
    }),
  );
}

const codesOf = (city: City): string[] => city.counties.map(({ properties }) => properties.code);

function geographyReferences(city: City): Reference[] {
  const rivers = city.rivers.map(({ properties }) => properties.id);
  const downstream = city.rivers.flatMap(({ properties }) => properties.downstream ?? []);
  const reservoirs = city.stations.reservoirs.map(({ id }) => id);
  const lakes = city.lakes.map(({ properties }) => properties.reservoir);
  return [
    ['city.yaml', 'county', city.profile.countyOrder, codesOf(city)],
    ['rivers.geojson', 'river', downstream, rivers],
    ['lakes.geojson', 'reservoir', lakes, reservoirs],
  ];
}

function stationReferences(city: City): Reference[] {
  const { stations } = city;
  const rivers = city.rivers.map(({ properties }) => properties.id);
  const roads = city.roads.map(({ properties }) => properties.id);
  const towns = city.towns.map(({ code }) => code);
  const places = city.places.map(({ properties }) => properties.id);
  const reservoirs = stations.reservoirs.map(({ id }) => id);
  const wanted: [keyof City['stations'], string, string[], string[]][] = [
    ['river-gauges', 'river', stations['river-gauges'].map((row) => row.river), rivers],
    ['water-sections', 'river', stations['water-sections'].map((row) => row.river), rivers],
    ['reservoirs', 'river', stations.reservoirs.flatMap((row) => row.river ?? []), rivers],
    ['storage-curves', 'reservoir', stations['storage-curves'].map((row) => row.reservoir), reservoirs],
    ['flow-stations', 'road', stations['flow-stations'].map((row) => row.roadId), roads],
    ['roadside', 'road', stations.roadside.map((row) => row.roadId), roads],
    ['rain-gauges', 'town', stations['rain-gauges'].flatMap((row) => row.townCode ?? []), towns],
    ['slope-monitors', 'town', stations['slope-monitors'].map((row) => row.townCode), towns],
    ['fire-panels', 'site', stations['fire-panels'].map((row) => row.site), [...places, ...towns]],
    ['outfalls', 'park', stations.outfalls.flatMap((row) => row.park ?? []), places],
  ];
  return wanted.map(([name, ...rest]) => [`stations/${name}.csv`, ...rest]);
}

function organisationReferences(city: City): Reference[] {
  const { organisation, feeds } = city;
  const towns = city.towns.map(({ code }) => code);
  const places = city.places.map(({ properties }) => properties.id);
  const systems = city.systems.map(({ id }) => id);
  const departments = organisation.departments.map(({ id }) => id);
  const posts = organisation.counties.flatMap((county) => county.posts);
  const centres = [organisation.city, ...organisation.counties].map(({ centre }) => centre);
  const members = organisation.groups.flatMap((group) => group.departments);
  const owned = organisation.departments.flatMap((department) => department.systems);
  const connected = city.systems.flatMap((system) => system.connected);
  const handling = city.responsibilities.rules.flatMap(({ department, assisting }) => [
    department,
    ...assisting,
  ]);
  const { messages, unread } = city.outbound;
  const departmentsIn = (to: readonly string[]): string[] =>
    to.flatMap((one) => (one.startsWith('dept:') ? [one.slice(5)] : []));
  const told = departmentsIn([...messages, ...unread.urgent, ...unread.normal].map(({ to }) => to));
  return [
    ['organisation.yaml', 'place', centres, places],
    ['organisation.yaml', 'town', posts, towns],
    ['organisation.yaml', 'county', organisation.counties.map(({ code }) => code), codesOf(city)],
    ['organisation.yaml', 'system', owned, systems],
    ['organisation.yaml', 'department', members, departments],
    ['responsibilities.yaml', 'department', handling, departments],
    ['outbound.yaml', 'department', told, departments],
    [
      'order-templates.yaml',
      'department',
      departmentsIn(city.orderTemplates.flatMap(({ to }) => to)),
      departments,
    ],
    [
      'responsibilities.yaml',
      'county',
      city.responsibilities.rules.flatMap(({ areas }) => areas ?? []),
      codesOf(city),
    ],
    [
      'acknowledgements.yaml',
      'town',
      Object.values(city.acknowledgements.orders?.downstream ?? {}).flat(),
      towns,
    ],
    [
      'acknowledgements.yaml',
      'reservoir',
      Object.keys(city.acknowledgements.orders?.downstream ?? {}),
      city.stations.reservoirs.map(({ id }) => id),
    ],
    ['feeds.yaml', 'system', Object.values(feeds).map(({ system }) => system), systems],
    ['systems', 'feed', connected, Object.keys(feeds)],
  ];
}

/** A village is one of its town by its code, and its people are some of the town's. */
function villageProblems({ towns, villages }: City): CityProblem[] {
  const file = 'villages.csv';
  const people = new Map<string, number>();
  for (const { townCode, residents } of villages)
    people.set(townCode, (people.get(townCode) ?? 0) + residents);
  const known = new Map(towns.map((town) => [town.code, town]));
  return [
    ...villages
      .filter(({ code, townCode }) => !code.startsWith(townCode) || !known.has(townCode))
      .map(({ code, townCode }) => ({
        file,
        problem: `${code} is no village of town "${townCode}"`,
        remedy: 'begin its code with that of a town of towns.csv.',
      })),
    ...[...people].flatMap(([code, sum]) => {
      const town = known.get(code);
      if (!town || sum <= town.population) return [];
      const problem = `villages of ${town.name} have ${sum} residents, the town ${town.population}`;
      return [{ file, problem, remedy: 'correct the residents: villages and the seat make the town.' }];
    }),
  ];
}

function referenceProblems(city: City): CityProblem[] {
  return [...geographyReferences(city), ...stationReferences(city), ...organisationReferences(city)].flatMap(
    missing,
  );
}

/** Every problem between the files; an empty list means the package is whole. */
export function cityProblems(city: City): CityProblem[] {
  const tables = Object.entries(locatedRows(city)).filter(([file]) => file !== 'gazetteer.csv');
  return [
    ...tables.flatMap(([file, rows]) =>
      duplicates(
        file,
        rows.map(({ id }) => id),
      ),
    ),
    ...duplicates(
      'counties.geojson',
      city.counties.map(({ properties }) => properties.code),
    ),
    ...duplicates(
      'rivers.geojson',
      city.rivers.map(({ properties }) => properties.id),
    ),
    ...duplicates(
      'roads.geojson',
      city.roads.map(({ properties }) => properties.id),
    ),
    ...referenceProblems(city),
    ...villageProblems(city),
    ...positionProblems(city),
  ];
}
