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
import { namedOfPlace, rangeOfPlace } from '../../search/place-names.ts';
import type { Entry } from './entry.ts';

export function entryOfPlace(place: NamedPlace, city: City | null): Entry {
  return {
    ...namedOfPlace(place),
    title: place.name,
    kind: placeKind(place.kind) ?? catalog.get(place.kind)?.title ?? title('地点', 'Place'),
    note: place.kind === 'county' ? null : (city?.regionNames.get(place.countyCode) ?? null),
    target: { type: 'place', at: place.at, rangeM: rangeOfPlace(place) },
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
