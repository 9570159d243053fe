import type { LonLat } from '../../../contracts/column.ts';
import { title } from '../../../contracts/declare.ts';
import { reservoir } from '../../../contracts/layers/reservoir.ts';
import { defineFixture } from '../panel.ts';
import HereCard from './HereCard.vue';

const at: LonLat = [105.84, 32.44];
const way = (zh: string, ref: string) => ({ name: title(zh, zh), ref, lines: [] });
const known = {
  at,
  name: null,
  here: {
    county: title('甲区', 'County A'),
    town: { name: title('乙镇', 'Town B'), metres: null },
    outside: false,
  },
  building: null,
  heightM: 512,
  ways: [
    ['road', { way: way('丙高速', 'G5'), metres: 1240 }],
    ['river', { way: way('丁江', ''), metres: 380 }],
  ],
  near: [
    {
      layer: reservoir,
      rows: [
        { key: 'a', name: '戊水库', metres: 0 },
        { key: 'b', name: '己水库', metres: 2210 },
      ],
    },
  ],
  mayGas: true,
  radiusKm: 3,
};
const still = title('地点与地形不随时间变化', 'Places and terrain do not change with time');

export const fixture = defineFixture({
  view: HereCard,
  props: (state) => (state === 'empty' ? { ...known, name: '庚山', near: [] } : known),
  never: { late: still, stale: still, down: still, off: still },
  more: {
    waiting: () => ({ ...known, here: null, heightM: null, ways: null, near: [] }),
    partial: () => ({
      ...known,
      here: { ...known.here, town: { name: title('乙镇', 'Town B'), metres: 5300 } },
      heightM: null,
      ways: [
        ['road', null],
        ['river', null],
      ],
    }),
    outside: () => ({ ...known, here: { county: null, town: null, outside: true }, near: [] }),
  },
});
