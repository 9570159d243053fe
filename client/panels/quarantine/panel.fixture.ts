import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { defineFixture, type FixtureState } from '../panel.ts';
import type { Shelf } from './shelves.ts';
import ShelfTable from './ShelfTable.vue';

const MINUTE = 60_000;
/** How long ago the last record was refused. */
const QUIET_MS: Readonly<Partial<Record<FixtureState, number>>> = {
  late: 20 * MINUTE,
  stale: 5 * 60 * MINUTE,
  down: 30 * 60 * MINUTE,
};

function shelves(state: FixtureState): Shelf[] {
  const lastAt = FIXTURE_NOW - (QUIET_MS[state] ?? MINUTE);
  const raw = '{"id":"甲-07","lat":132.44,"lon":10.58,"phone":"138****0000"}';
  return [
    {
      feed: '来源甲',
      code: 'record/place',
      count: 1284,
      lastAt,
      samples: [{ at: lastAt, detail: 'lat 132.44', raw }],
    },
    { feed: '来源乙', code: 'record/enum', count: 3, lastAt: lastAt - MINUTE, samples: [] },
  ];
}

export const fixture = defineFixture({
  view: ShelfTable,
  props: (state) => ({
    shelves: state === 'empty' || state === 'off' ? [] : shelves(state),
    nameOf: (feed: string) => feed,
    now: FIXTURE_NOW,
    timeZone: 'Asia/Shanghai',
  }),
});
