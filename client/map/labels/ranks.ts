// Who keeps the room where two want it: tiers of rank, the lower the more important. Within a tier each counts on from its
// first rank.
export const TIER = {
  warning: 0,
  alert: 1000,
  /** The city, its counties and seats, the great waters, dams and peaks. */
  seat: 10_000,
  group: 20_000,
  value: 30_000,
  town: 40_000,
  rest: 50_000,
} as const;

/** Ranks below this take their room at once, also from what stands there. */
export const NEWS_BELOW = TIER.seat;
