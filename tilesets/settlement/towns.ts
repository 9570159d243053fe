// The towns and streets of a city with what their plan needs: how many people live in the built-up place, how dense.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsv } from '../city/csv.ts';
import { parseFeatures } from '../city/features.ts';
import type { City } from '../city/read-city.ts';
import { problem } from '../problem.ts';
import type { Plane } from '../synthesis/plane.ts';

export type Size = 'city' | 'seat' | 'town' | 'village';

export interface Town {
  code: string;
  name: string;
  /** Metres on the plane. */
  x: number;
  y: number;
  /** People who live in its built-up place. */
  residents: number;
  size: Size;
  /** An industrial park: blocks of works, nobody lives there. */
  park: boolean;
}

export interface NamedPlace {
  kind: string;
  name: string;
  x: number;
  y: number;
}

// Share of a unit's people who live in its built-up place, the rest in the country. An assumption (示意): with it
// just under half of the default city's people are urban, as its census says.
const BUILT_UP_SHARE: Readonly<Record<string, number>> = { street: 1, town: 0.22, township: 0.16 };
// A county seat is urban throughout: the city folder counts its country people elsewhere.
const SEAT_SHARE = 0.95;
// A unit this near to a county seat is the seat's town, metres.
const SEAT_REACH_M = 2500;
// Built-up people from which a place is planned like a city, a county seat, a town.
const CITY_FROM = 30_000;
const SEAT_FROM = 7000;
const TOWN_FROM = 2200;

/** Throws a BuildProblem with file and line for a row that cannot be used. */
export function readTowns(city: City, plane: Plane): Town[] {
  const file = join(city.folder, 'towns.csv');
  if (!existsSync(file)) return [];
  const at = (lon: number, lat: number): [number, number] => [plane.x(lon) * 1000, plane.y(lat) * 1000];
  const seats = city.seats.map((seat) => at(...seat.at));
  const towns = parseCsv(readFileSync(file, 'utf8')).flatMap(({ line, cells }): Town[] => {
    const [lon, lat, population] = [Number(cells.lon), Number(cells.lat), Number(cells.population ?? 0)];
    if (![lon, lat, population].every(Number.isFinite) || population < 0) {
      throw problem(
        `lon ${cells.lon ?? ''}, lat ${cells.lat ?? ''}, population ${cells.population ?? ''}`,
        `${file}:${line}`,
        'Give degrees (WGS-84) and a whole number of people.',
      );
    }
    const [x, y] = at(lon, lat);
    const isSeat = seats.some(([sx, sy]) => Math.hypot(sx - x, sy - y) < SEAT_REACH_M);
    const share = isSeat ? SEAT_SHARE : (BUILT_UP_SHARE[cells.kind ?? ''] ?? 0);
    const residents = Math.round(population * share);
    return residents === 0
      ? []
      : [
          {
            code: cells.code ?? '',
            name: cells.name ?? '',
            x,
            y,
            residents,
            size: sizeOf(residents),
            park: false,
          },
        ];
  });
  return towns.sort((a, b) => a.code.localeCompare(b.code));
}

function sizeOf(residents: number): Size {
  if (residents >= CITY_FROM) return 'city';
  if (residents >= SEAT_FROM) return 'seat';
  return residents >= TOWN_FROM ? 'town' : 'village';
}

/** Listed schools, hospitals, parks, stations …: their buildings stand where the list says. */
export function readPlaces(city: City, plane: Plane): NamedPlace[] {
  const file = join(city.folder, 'places.geojson');
  if (!existsSync(file)) return [];
  return parseFeatures(file).flatMap(({ properties, geometry }): NamedPlace[] => {
    if (geometry.type !== 'Point') return [];
    const [lon = 0, lat = 0] = geometry.coordinates as number[];
    const title = properties.name as { zh?: string } | string | undefined;
    const name = typeof title === 'string' ? title : (title?.zh ?? '');
    return [{ kind: String(properties.kind), name, x: plane.x(lon) * 1000, y: plane.y(lat) * 1000 }];
  });
}
