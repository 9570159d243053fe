import { title } from '../../../contracts/declare.ts';
import { vehiclePosition } from '../../../contracts/layers/vehicle-position.ts';
import { defineLook, heights } from '../look.ts';

export const look = defineLook({
  layer: vehiclePosition,
  order: 41,
  shownAtStart: true,
  form: 'dart',
  forms: {
    column: 'kind',
    codes: {
      coach: 'coach',
      truck: 'truck',
      hazmat: 'truck',
      muck: 'truck',
      ambulance: 'ambulance',
      fire_engine: 'engine',
      rescue: 'engine',
    },
  },
  heading: { column: 'headingDeg', still: 'dot', fromKmh: 3 },
  kinds: [
    {
      word: title('求助、碰撞、侧翻', 'SOS, collision, roll-over'),
      when: [{ column: 'alarms', bits: ['sos', 'collision', 'rollOver'] }],
      tint: 'white',
      ringed: true,
    },
    { word: title('危货车', 'Hazardous goods'), when: [{ column: 'kind', is: ['hazmat'] }], tint: 'white' },
    {
      word: title('应急车辆', 'Emergency vehicles'),
      when: [{ column: 'kind', is: ['ambulance', 'fire_engine', 'rescue'] }],
      tint: 'white',
    },
    { word: title('客运班车', 'Coaches'), when: [{ column: 'kind', is: ['coach'] }], tint: 'white' },
    {
      word: title('货车、渣土车', 'Trucks, muck trucks'),
      when: [{ column: 'kind', is: ['truck', 'muck'] }],
      tint: 'grey',
    },
    { word: title('出租车、公务车', 'Taxis, official cars'), when: [], tint: 'dim', scale: 0.85 },
  ],
  size: { farPx: 2.2, nearPx: 13 },
  zoom: [
    { belowM: 14_000, as: 'glyphs' },
    { belowM: 35_000, as: 'groups' },
    { belowM: heights.county, as: 'heat' },
    { belowM: Infinity, as: 'counts' },
  ],
  steps: { from: [0.2, 0.5, 1, 2, 5, 10], unit: title('辆/km²', 'vehicles/km²') },
  facts: ['kind', 'speedKmh', 'alarms', 'states'],
  spark: 'speedKmh',
});
