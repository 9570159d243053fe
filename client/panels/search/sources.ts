// What can be found: named places, rows of layers, the layers themselves and commands, as entries.
import type { Layer } from '../../../contracts/layer.ts';
import type { LayerTable } from '../../../contracts/table.ts';
import { title } from '../../../contracts/declare.ts';
import { catalog } from '../../catalog.ts';
import { placeKind } from '../../i18n/place-kinds.ts';
import { topicWords } from '../../i18n/words.ts';
import type { Command } from '../../stores/commands.ts';
import type { City } from '../../stores/city.ts';
import type { NamedPlace } from '../../stores/places.ts';
import { nameOf } from '../../stores/rows.ts';
import type { Entry, Named } from './entry.ts';

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

export function namedOfPlace(place: NamedPlace): Named {
  return {
    id: `place:${place.kind}/${place.id}`,
    group: REGIONS.has(place.kind) ? 'region' : 'place',
    names: [place.name.zh, ...place.aliases],
    latin: [place.name.en, place.pinyin, place.initials].filter((name) => name !== ''),
    weight: found(place).weight,
  };
}

export function entryOfPlace(place: NamedPlace, city: City | null): Entry {
  return {
    ...namedOfPlace(place),
    title: place.name,
    kind: placeKind(place.kind) ?? catalog.get(place.kind)?.title ?? title('地点', 'Place'),
    note: place.kind === 'county' ? null : (city?.regionNames.get(place.countyCode) ?? null),
    target: { type: 'place', at: place.at, rangeM: found(place).rangeM },
  };
}

export function entryOfRow(table: LayerTable, slot: number, city: City | null): Entry {
  const { layer } = table;
  const key = table.keyAt(slot);
  const name = nameOf(table, slot);
  return {
    id: rowId(layer.slug, key),
    group: layer.moving ? 'mover' : 'object',
    names: [name],
    latin: name === key ? [] : [key],
    weight: layer.moving ? 0.1 : 0.45,
    title: { zh: name, en: name },
    kind: layer.title,
    note: city?.regionNames.get(table.regionAt(slot).slice(0, 6)) ?? null,
    target: { type: 'row', layer: layer.slug, key },
  };
}

export const rowId = (layer: string, key: string): string => `row:${layer}/${key}`;

export function entryOfLayer(layer: Layer): Entry {
  return {
    id: `layer:${layer.slug}`,
    group: 'layer',
    names: [layer.title.zh],
    latin: [layer.title.en, layer.slug],
    weight: 0.5,
    title: layer.title,
    kind: title('图层', 'Layer'),
    note: topicWords[layer.topic],
    target: { type: 'layer', slug: layer.slug },
  };
}

export function entryOfCommand(command: Command): Entry {
  return {
    id: `command:${command.id}`,
    group: 'command',
    names: [command.title.zh],
    latin: [command.title.en],
    weight: 0.3,
    title: command.title,
    kind: title('命令', 'Command'),
    note: null,
    target: { type: 'command', id: command.id },
  };
}
