// Made-up feeds for the gallery and for tests.
import type { StateWord } from '../../i18n/words.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import type { FeedRow } from './feeds.ts';

export const feedRow = (id: string, state: StateWord, more: Partial<FeedRow> = {}): FeedRow => ({
  id,
  name: id,
  system: 'demo',
  state,
  reason: 'none',
  detail: '',
  periodS: 60,
  lastAt: FIXTURE_NOW - 30_000,
  lagMs: 420,
  ratePerMin: 12,
  accepted: 12_840,
  rejected: 0,
  wrongClocks: 0,
  ...more,
});
