import type { BuildingCounts } from '../../looks/building-look.ts';
import { defineFixture } from '../panel.ts';
import BuildingForm from './BuildingForm.vue';

const all: BuildingCounts = {
  all: 38_040,
  shown: 38_040,
  residents: 1_179_882,
  byUse: [30_000, 4000, 1000, 900, 600, 140, 400, 1000],
};

// The table of buildings does not age: it is there or it is not, and a filter may leave nothing.
export const fixture = defineFixture({
  view: BuildingForm,
  props: (state) => ({
    shown: state !== 'off',
    counts: state === 'down' ? null : state === 'empty' ? { ...all, shown: 0, residents: 0 } : all,
    colour: state === 'live' ? 'use' : null,
    filter: state === 'empty' ? { uses: [] } : null,
  }),
  more: {
    filtered: () => ({
      shown: true,
      counts: { ...all, shown: 1204, residents: 88_400 },
      colour: 'floors',
      filter: { uses: ['residential'], floors: [18, 1e9] },
    }),
  },
});
