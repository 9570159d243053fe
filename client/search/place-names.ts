// Named places of the city as the search worker knows them.
import type { NamedPlace } from '../stores/places.ts';
import type { Named } from './named.ts';

/** How far away a place is looked at, metres, and how likely it is meant. */
const PLACES: Readonly<Record<string, { rangeM: number; weight: number }>> = {
  county: { rangeM: 90_000, weight: 1 },
  river: { rangeM: 60_000, weight: 0.8 },
  lake: { rangeM: 45_000, weight: 0.8 },
  town: { rangeM: 16_000, weight: 0.6 },
  township: { rangeM: 16_000, weight: 0.55 },
  street: { rangeM: 12_000, weight: 0.6 },
  area: { rangeM: 16_000, weight: 0.5 },
  dam: { rangeM: 12_000, weight: 0.6 },
  village: { rangeM: 7000, weight: 0.3 },
  'former-town': { rangeM: 16_000, weight: 0.2 },
};
const OTHER_PLACE = { rangeM: 9000, weight: 0.4 };
const REGIONS = new Set([
  'county',
  'town',
  'township',
  'street',
  'area',
  'overlay',
  'former-town',
  'village',
]);

const found = (place: NamedPlace): { rangeM: number; weight: number } => PLACES[place.kind] ?? OTHER_PLACE;
export const rangeOfPlace = (place: NamedPlace): number => found(place).rangeM;

export function namedOfPlace(place: NamedPlace): Named & { readonly group: 'region' | 'place' } {
  return {
    id: `place:${place.kind}/${place.id}`,
    group: REGIONS.has(place.kind) ? 'region' : 'place',
    names: [place.name.zh, ...place.aliases],
    latin: [place.name.en, place.pinyin, place.initials].filter((name) => name !== ''),
    weight: found(place).weight,
  };
}
