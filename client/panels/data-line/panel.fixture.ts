import { defineFixture } from '../panel.ts';
import FeedsLine from './FeedsLine.vue';

const counts = {
  live: { live: 26, total: 26, away: 0 },
  late: { live: 24, total: 26, away: 2 },
  stale: { live: 9, total: 26, away: 17 },
  down: { live: 0, total: 26, away: 26 },
  off: { live: 0, total: 0, away: 0 },
  empty: { live: 0, total: 0, away: 0 },
} as const;

export const fixture = defineFixture({ view: FeedsLine, props: (state) => counts[state] });
