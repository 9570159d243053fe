import type { NumberColumn } from '../column.ts';
import { number, oneOf, position, strings, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';
import type { ResourceItem } from '../records/resource.ts';
import { resourceItems, resourceKinds, resourceStates } from '../records/resource.ts';

const amount = (item: ResourceItem): NumberColumn =>
  number(resourceItems[item], ['count', 1, 0, 10_000_000], { nullMeans: 'it holds none, or does not say' });
const total = (item: ResourceItem): NumberColumn => {
  const { zh, en } = resourceItems[item];
  return number(title(`${zh}总量`, `${en}, in total`), ['count', 1, 0, 10_000_000], {
    nullMeans: 'not known',
  });
};

/** Teams, vehicles, stores, shelters and hospitals: where they are, and what of it is free now. */
export const resource = defineLayer({
  slug: 'resource',
  title: title('应急资源', 'Resources'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: 300,
  expireS: null,
  retention: 'telemetry',
  columns: {
    position: position(),
    name: text(title('名称', 'Name'), 80),
    kind: oneOf(title('类型', 'Kind'), resourceKinds),
    state: oneOf(title('状态', 'State'), resourceStates),
    speciality: text(title('专业', 'Speciality'), 60),
    owner: text(title('权属单位', 'Owner'), 80),
    notFor: strings(title('不适用灾种', 'Not for'), [8, 20]),
    people: amount('people'),
    peopleTotal: total('people'),
    vehicles: amount('vehicles'),
    vehiclesTotal: total('vehicles'),
    places: amount('places'),
    placesTotal: total('places'),
    beds: amount('beds'),
    bedsTotal: total('beds'),
    icuBeds: amount('icuBeds'),
    icuBedsTotal: total('icuBeds'),
    tents: amount('tents'),
    tentsTotal: total('tents'),
    cots: amount('cots'),
    cotsTotal: total('cots'),
    quilts: amount('quilts'),
    quiltsTotal: total('quilts'),
    pumps: amount('pumps'),
    pumpsTotal: total('pumps'),
    boats: amount('boats'),
    boatsTotal: total('boats'),
    generators: amount('generators'),
    generatorsTotal: total('generators'),
  },
});
