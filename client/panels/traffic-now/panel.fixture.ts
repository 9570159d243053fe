import { roadEvent } from '../../../contracts/layers/road-event.ts';
import { LayerTable } from '../../../contracts/table.ts';
import { FIXTURE_NOW, readingsIn } from '../../stores/indicators.fixture.ts';
import { defineFixture } from '../panel.ts';
import { tpi, trafficModel, type RoadEventTable } from './traffic.ts';
import TrafficLines from './TrafficLines.vue';

const nothing = { position: null, line: null, severity: null, direction: null, kMark: null } as const;
const unknown = { lanesClosed: null, queueM: null, startAt: null, endAt: null } as const;

function events(): RoadEventTable {
  const table = new LayerTable(roadEvent);
  const samples = [
    ['a', 'closure', 'active'],
    ['b', 'accident', 'clearing'],
    ['c', 'accident', 'closed'],
  ] as const;
  for (const [key, kind, status] of samples) {
    table.put({
      key,
      validAt: FIXTURE_NOW,
      regionCode: '',
      quality: 'good',
      source: 'road-event',
      synthetic: true,
      values: { ...nothing, ...unknown, title: key, road: 'G5', kind, status },
    });
  }
  return table;
}

const CONTACT = {
  live: 'live',
  late: 'late',
  stale: 'stale',
  down: 'down',
  off: 'off',
  empty: 'quiet',
} as const;

export const fixture = defineFixture({
  view: TrafficLines,
  props: (state) => ({
    now: FIXTURE_NOW,
    model: trafficModel({
      readings: readingsIn(state, [tpi.slug]),
      events: state === 'off' || state === 'empty' ? null : events(),
      contact: CONTACT[state],
      down: state === 'down',
      now: FIXTURE_NOW,
      locale: 'zh',
    }),
  }),
});
