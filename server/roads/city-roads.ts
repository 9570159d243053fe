// What a city says of its roads, for the graph: package, tiles where they are built, towns and facilities.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { City } from '../../cities/load.ts';
import type { LonLat } from '../../contracts/column.ts';
import type { GraphSource, NamedLine } from './build-graph.ts';
import type { RoadClass } from './graph.ts';
import { metresBetween } from './graph.ts';

/** Free speed on roads between towns, km/h (≈: fourth-class mountain road; JTG B01-2014 designs them for 20–40). */
const COUNTY_ROAD_KMH = 30;
const countyRoad = { zh: '县乡道路', en: 'County road' };

/** @param tiles folder of the city's vector tiles; null: none are built, and towns get straight ways instead */
export function roadsOfCity(city: City, tiles: string | null): GraphSource {
  const drawn = city.roads.map(({ properties, geometry }): NamedLine => ({
    name: { zh: properties.name.zh, en: properties.name.en ?? properties.name.zh },
    ref: properties.ref,
    roadClass: properties.class as RoadClass,
    freeFlowKmh: properties.freeFlowKmh,
    // Lines of the package are schematic where its list of sources says so; their course is no survey.
    synthetic: false,
    lines: [geometry.coordinates as LonLat[]],
  }));
  return {
    roads: [...drawn, ...(tiles === null ? [] : minorRoads(path.join(tiles, 'minor-roads.json'), city))],
    interchanges: city.places.flatMap(({ properties, geometry }) =>
      properties.kind === 'toll' ? [geometry.coordinates as LonLat] : [],
    ),
    links: villageRoads(city),
    places: [
      ...city.towns.map(({ lon, lat }): LonLat => [lon, lat]),
      ...city.places.map(({ geometry }) => geometry.coordinates as LonLat),
      // Last, so that ways to what was there before stay as they are.
      ...city.villages.map(({ lon, lat }): LonLat => [lon, lat]),
    ],
  };
}

/** Villages of two towns this near to each other are joined by a village road, metres (≈: 通村公路 end where ridges are wide). */
const NEIGHBOURS_M = 5000;

/** Between each village and the nearest one of another town, where they are near: towns are joined by more than their main road. */
function villageRoads({ villages }: City): (readonly [LonLat, LonLat])[] {
  const cellOf = ({ lon, lat }: Village): [number, number] => [
    Math.floor(lon / CELL),
    Math.floor(lat / CELL),
  ];
  const cells = Map.groupBy(villages, (one) => cellOf(one).join(' '));
  const links = new Map<string, readonly [LonLat, LonLat]>();
  for (const one of villages) {
    const [x, y] = cellOf(one);
    const around = [-1, 0, 1].flatMap((dx) =>
      [-1, 0, 1].flatMap((dy) => cells.get(`${x + dx} ${y + dy}`) ?? []),
    );
    const nearest = nearestOfAnotherTown(one, around);
    if (nearest) links.set([one.code, nearest.code].sort().join(' '), [placeOf(one), placeOf(nearest)]);
  }
  return [...links.values()];
}

/** Side of a cell in which neighbours are looked for, degrees: wider than they are apart. */
const CELL = 0.06;
type Village = City['villages'][number];
const placeOf = ({ lon, lat }: Village): LonLat => [lon, lat];

function nearestOfAnotherTown(one: Village, around: readonly Village[]): Village | null {
  let [nearest, metres]: [Village | null, number] = [null, NEIGHBOURS_M];
  for (const other of around) {
    if (other.townCode === one.townCode) continue;
    const away = metresBetween(placeOf(one), placeOf(other));
    if (away < metres) [nearest, metres] = [other, away];
  }
  return nearest;
}

const place = z
  .tuple([z.number(), z.number()])
  .rest(z.number())
  .transform(([lon, lat]): LonLat => [lon, lat]);
const file = z.object({
  features: z.array(
    z.object({
      properties: z.object({ townCode: z.string().optional(), synthetic: z.boolean().optional() }),
      geometry: z.discriminatedUnion('type', [
        z.object({ type: z.literal('LineString'), coordinates: z.array(place) }),
        z.object({ type: z.literal('MultiLineString'), coordinates: z.array(z.array(place)) }),
      ]),
    }),
  ),
});

/** None where the file is missing: the graph is then laid without it. */
function minorRoads(name: string, { towns }: City): NamedLine[] {
  let bytes: string;
  try {
    bytes = readFileSync(name, 'utf8');
  } catch {
    return [];
  }
  const names = new Map(towns.map(({ code, name: zh, en }) => [code, { zh, en }]));
  return file.parse(JSON.parse(bytes)).features.map(({ properties, geometry }) => {
    const town = names.get(properties.townCode ?? '');
    return {
      name: town ? { zh: `${town.zh}${countyRoad.zh}`, en: `${countyRoad.en} to ${town.en}` } : countyRoad,
      ref: null,
      roadClass: 'minor',
      freeFlowKmh: COUNTY_ROAD_KMH,
      synthetic: properties.synthetic === true,
      lines: geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates,
    };
  });
}
