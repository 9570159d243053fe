import type { Building } from '../../looks/building-look.ts';
import { defineFixture } from '../panel.ts';
import BuildingSheet from './BuildingSheet.vue';

const home: Building = {
  number: 12,
  id: 'b-12',
  name: '上河街 12 号楼',
  use: 'residential',
  floors: 11,
  heightM: 33,
  residents: 132,
  buildYear: 2008,
};
const source = {
  note: { zh: '示意建筑，不是实测', en: 'Schematic buildings, not surveyed' },
  licence: 'Apache-2.0',
  synthetic: true,
  builtAt: null,
};

// A building is no reading: it does not age, so that the states of readings look alike.
export const fixture = defineFixture({
  view: BuildingSheet,
  props: (state) =>
    state === 'empty' || state === 'off'
      ? {
          building: { ...home, name: '', residents: 0, buildYear: 0, use: 'other' },
          place: null,
          source: null,
        }
      : { building: home, place: [105.8431, 32.4412], source },
});
