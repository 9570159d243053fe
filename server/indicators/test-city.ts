// A small city for the tests of this folder: two counties, no stations but those a test names.
import { loadCity } from '../../cities/load.ts';
import type { CityFacts } from './define.ts';

const city = loadCity('testville');

/** `stations`: rows by file, with only the cells a test needs. */
export function createTestCity(stations: Readonly<Record<string, readonly object[]>> = {}): CityFacts {
  const empty = Object.fromEntries(Object.keys(city.stations).map((file) => [file, []]));
  return { ...city, stations: { ...empty, ...stations } as unknown as CityFacts['stations'] };
}
