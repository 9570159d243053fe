// Sentences of the simulated city: templates from the YAML files beside this one, filled with names of the city.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Place } from '../city/city.ts';
import { distanceM, offset, type LonLat } from '../engine/geo.ts';
import type { Random } from '../engine/random.ts';
import type { World } from '../world.ts';

/** Reads a list of templates; the files are part of the program, so their shape is the caller's to state. */
export function readTexts<T>(name: 'warnings' | 'posts' | 'tickets' | 'calls'): T[] {
  return parse(readFileSync(new URL(`./${name}.yaml`, import.meta.url), 'utf8')) as T[];
}

export interface Scene {
  position: LonLat;
  region: string;
  place: string;
  town: string;
  road: string;
}

/** Where something happens that is asked for: at `position`, or up to `spreadM` metres east, west, north and south of it. */
export interface Wanted {
  position: LonLat;
  spreadM: number;
}
/** How far from a place that people know something happens that is said to be near it, metres. */
export const NEARBY_M = 700;
/** Of what happens somewhere, this share at a place people know; the rest in a town. */
const AT_KNOWN_PLACE = 0.6;

const knownPlaces = (city: World['city']): readonly Place[] =>
  city.places.filter((p) => /scenic|rail|bus|bridge|toll|industrial-park/.test(p.kind));

/** Which share of the scenes lies in which region, as `pickScene` picks them. */
export function regionShares(city: World['city']): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  const known = knownPlaces(city);
  const atKnown = known.length === 0 ? 0 : city.towns.length === 0 ? 1 : AT_KNOWN_PLACE;
  const count = (spots: readonly Place[], share: number): void => {
    for (const { position } of spots) {
      const region = city.regionOf(position);
      shares.set(region, (shares.get(region) ?? 0) + share / spots.length);
    }
  };
  count(known, atKnown);
  count(city.towns, 1 - atKnown);
  return shares;
}

/** Something that could have happened somewhere: a place people know, the town and road near it. */
export function pickScene(world: World, random: Random, wanted?: Wanted): Scene {
  const { city } = world;
  const known = knownPlaces(city);
  const spots: readonly Place[] =
    random.chance(AT_KNOWN_PLACE) && known.length > 0 ? known : city.towns.length > 0 ? city.towns : known;
  const spot = wanted === undefined && spots.length > 0 ? random.pick(spots) : null;
  const centre = wanted?.position ?? spot?.position ?? city.centre;
  const spreadM = wanted?.spreadM ?? NEARBY_M;
  const position = offset(centre, random.between(-spreadM, spreadM), random.between(-spreadM, spreadM));
  let town = '';
  let away = Infinity;
  for (const t of city.towns) {
    const d = distanceM(t.position, position);
    if (d < away) [town, away] = [t.name, d];
  }
  let road = '';
  away = Infinity;
  for (const r of city.roads) {
    for (const p of r.points) {
      const d = distanceM(p, position);
      if (d < away) [road, away] = [r.name, d];
    }
  }
  const name = spot?.name ?? town;
  return {
    position,
    region: city.regionOf(position),
    place: name || city.name,
    town: town || city.name,
    road: road || '城区道路',
  };
}

export const fill = (template: string, scene: Scene): string =>
  template
    .replaceAll('{place}', scene.place)
    .replaceAll('{town}', scene.town)
    .replaceAll('{road}', scene.road);

/** Does what a template is about happen now? */
export function happens(world: World, when: string, at: number): boolean {
  if (when === 'rain') return world.weather.cells(at).length > 0;
  if (when === 'traffic') return world.rhythm.traffic(at) > 0.45;
  if (when === 'holiday') return world.rhythm.tourism(at) > 2;
  return true;
}

/** One of a list with shares. */
export function pickShare<T extends { share: number }>(random: Random, list: readonly T[]): T {
  let draw = random.next() * list.reduce((sum, item) => sum + item.share, 0);
  return list.find((item) => (draw -= item.share) <= 0) ?? random.pick(list);
}
