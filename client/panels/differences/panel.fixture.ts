import type { Differences } from '../../../contracts/difference.ts';
import { title } from '../../../contracts/declare.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import DifferenceList from '../../ui/DifferenceList.vue';
import { defineFixture } from '../panel.ts';

const HOUR_MS = 3_600_000;
const some: Differences = {
  layers: [
    {
      ...{ layer: 'river-gauge', added: 1, gone: 0, changed: 1 },
      rows: [
        {
          ...{ kind: 'new', key: 'g2', name: '昭化', validAt: [null, FIXTURE_NOW - HOUR_MS] },
          knownAt: FIXTURE_NOW,
          columns: [{ column: 'levelM', before: null, after: 478.2 }],
        },
        {
          ...{
            kind: 'changed',
            key: 'g1',
            name: '上西',
            validAt: [FIXTURE_NOW - HOUR_MS, FIXTURE_NOW - HOUR_MS],
          },
          knownAt: FIXTURE_NOW - HOUR_MS / 2,
          columns: [{ column: 'levelM', before: 461.1, after: 465.5 }],
        },
      ],
    },
    { layer: 'vehicle-position', added: 0, gone: 3, changed: 41, rows: [] },
  ],
  absent: ['mode'],
};
const none = '这一刻没有迟到或更正的数值';
const never = title(
  '列表讲的是过去的一刻，没有新旧之分',
  'The list speaks of a moment of the past and has no age',
);

export const fixture = defineFixture({
  view: DifferenceList,
  props: (state) => ({
    differences: state === 'off' ? null : state === 'empty' ? { layers: [], absent: [] } : some,
    none,
    fault: state === 'down' ? 'HTTP 503' : '',
  }),
  never: { late: never, stale: never },
});
