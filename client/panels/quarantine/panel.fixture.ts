import { title } from '../../../contracts/declare.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { defineFixture, type FixtureState } from '../panel.ts';
import QuarantineView from './QuarantineView.vue';
import type { QuarantineAnswer, Shelf } from './shelves.ts';

const MINUTE = 60_000;
/** How long ago the last record was refused. */
const QUIET_MS: Readonly<Partial<Record<FixtureState, number>>> = {
  late: 20 * MINUTE,
  stale: 5 * 60 * MINUTE,
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
      samples: [{ at: lastAt, detail: 'lat 132.44', raw, encoding: 'text' }],
    },
    { feed: '来源乙', code: 'record/enum', count: 3, lastAt: lastAt - MINUTE, samples: [] },
  ];
}
const quarantineIn = (state: FixtureState) => ({
  shelves: state === 'empty' ? [] : shelves(state),
  unknownDevices: [],
});
const propsOf = (answer: QuarantineAnswer) => ({
  answer,
  nameOf: (feed: string) => feed,
  now: FIXTURE_NOW,
  timeZone: 'Asia/Shanghai',
});

export const fixture = defineFixture({
  view: QuarantineView,
  props: (state) =>
    propsOf(
      state === 'down'
        ? { state: 'failed', reason: 'HTTP 502', quarantine: quarantineIn('stale') }
        : { state: 'ready', quarantine: quarantineIn(state) },
    ),
  never: { off: title('由服务器自己记录，总是接入', 'The server itself keeps it: always connected') },
  more: {
    waiting: () => propsOf({ state: 'waiting', quarantine: null }),
    failed: () => propsOf({ state: 'failed', reason: 'HTTP 500', quarantine: null }),
    forbidden: () => propsOf({ state: 'forbidden', quarantine: null }),
  },
});
