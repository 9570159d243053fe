import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { defineFixture } from '../panel.ts';
import CaseLines from './CaseLines.vue';

const CONTACT = {
  live: 'live',
  late: 'late',
  stale: 'stale',
  down: 'down',
  off: 'off',
  empty: 'quiet',
} as const;

export const fixture = defineFixture({
  view: CaseLines,
  props: (state) => {
    const contact = CONTACT[state];
    const some = state !== 'empty' && state !== 'off';
    const newestAt = some ? FIXTURE_NOW - (state === 'stale' ? 7_200_000 : 240_000) : null;
    const calls = some
      ? { total: 17, police: 11, fire: 1, ambulance: 5 }
      : { total: 0, police: 0, fire: 0, ambulance: 0 };
    const tickets = some ? { total: 1_284, overdue: 3 } : { total: 0, overdue: 0 };
    return {
      now: FIXTURE_NOW,
      model: { calls: { ...calls, newestAt, contact }, tickets: { ...tickets, newestAt, contact } },
    };
  },
});
