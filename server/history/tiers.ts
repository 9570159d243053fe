// How finely history is kept, and how long: the finest first, each thinned into the next when its time is over.
import type { Retention } from '../../contracts/layer.ts';

export const tiers = ['raw', '10s', '1m', '10m'] as const;
export type Tier = (typeof tiers)[number];

const DAY_MS = 24 * 3_600_000;
const YEAR_MS = 366 * DAY_MS;

/** Milliseconds between two states, or two observations of one object; 0: all. */
export const tierStepMs: Readonly<Record<Tier, number>> = {
  raw: 0,
  '10s': 10_000,
  '1m': 60_000,
  '10m': 600_000,
};

/** Until what age a class is kept in each of its tiers, finest first. Infinity: for ever. */
export const keptMs: Readonly<Record<Retention, readonly (readonly [tier: Tier, ms: number])[]>> = {
  minute: [['raw', DAY_MS]],
  telemetry: [
    ['raw', 7 * DAY_MS],
    ['10s', 30 * DAY_MS],
    ['1m', YEAR_MS],
    ['10m', 5 * YEAR_MS],
  ],
  opinion: [['raw', 30 * DAY_MS]],
  state: [['raw', 5 * YEAR_MS]],
  record: [['raw', Infinity]],
};

/** Classes that may be shortened when the disk share is used up, the most expendable first; records never are. */
export const expendable: readonly Retention[] = ['minute', 'telemetry', 'opinion', 'state'];
