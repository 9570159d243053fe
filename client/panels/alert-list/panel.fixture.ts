import { title } from '../../../contracts/declare.ts';
import type { StandingAlert } from '../../stores/alerts.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import AlertLines from './AlertLines.vue';

const MINUTE = 60_000;
const one: StandingAlert = {
  id: 'a1',
  level: 'orange',
  state: 'open',
  title: { zh: '甲江丙站水位超保证 0.42 m', en: 'Station C: 0.42 m over the guarantee level' },
  alarm: true,
  chattering: false,
  layer: 'river-gauge',
  row: 'g1',
  column: null,
  value: 0.42,
  limit: 0,
  since: FIXTURE_NOW - 8 * MINUTE,
  until: null,
  signals: 1,
  region: '1',
};
const some: readonly StandingAlert[] = [
  one,
  { ...one, id: 'a2', level: 'yellow', state: 'acknowledged', alarm: false, value: null, signals: 12 },
  { ...one, id: 'a3', level: 'blue', state: 'shelved', alarm: false, until: FIXTURE_NOW + 40 * MINUTE },
];
const heavy = { operators: 1, perOperatorHour: 14, band: 'over-demanding', peakTenMinutes: 9 } as const;
const props = {
  alerts: some,
  chosen: 'a1',
  heard: one,
  muted: false,
  discipline: { ...heavy, standing: 3, chattering: 1 },
  refusal: null,
  lost: false,
  now: FIXTURE_NOW,
  timeZone: 'Asia/Shanghai',
};
const logged = title('取自告警记录，不会过时', 'Out of the records of alerts: never out of date');

export const fixture = defineFixture({
  view: AlertLines,
  props: (state) => {
    if (state === 'down') return { ...props, lost: true };
    if (state === 'off') return { ...props, alerts: null, heard: null, discipline: null };
    return state === 'empty' ? { ...props, alerts: [], heard: null, chosen: null } : props;
  },
  never: { late: logged, stale: logged },
  more: {
    waiting: () => ({ ...props, alerts: null, heard: null }),
    failed: () => ({ ...props, refusal: refusalOf(0, '') }),
    forbidden: () => ({ ...props, refusal: refusalOf(403, '') }),
  },
});
