// The label table of the map: which kinds are shown between which camera heights, how many at most.

import { TIER } from '../labels/ranks.ts';

/** Camera heights, metres, below which more of the land is named. */
export const BELOW_M = { always: Infinity, town: 200_000, detail: 60_000, street: 12_000 } as const;

export type LabelKind = keyof typeof KINDS;

interface Band {
  /** Shown below and above these camera heights, metres. */
  readonly belowM: number;
  readonly aboveM: number;
  /** Rank of the first of its kind; lower is more important. Kinds are apart by what may stand between them. */
  readonly rank: number;
}

const band = (rank: number, belowM: number = BELOW_M.always, aboveM = 0): Band => ({ rank, belowM, aboveM });

/** What the land is known by has its name before groups and values; the rest of its names after them. */
export const KINDS = {
  city: band(TIER.seat, BELOW_M.always, 20_000),
  county: band(TIER.seat + 100, BELOW_M.always, 25_000),
  /** Before the counties and the river: their names can stand elsewhere, that of a lake cannot. */
  lake: band(TIER.seat + 30),
  /** Before the counties: the river is what one finds the city by. */
  mainRiver: band(TIER.seat + 50),
  /** What the city is known by: before the counties too. */
  sight: band(TIER.seat + 90),
  dam: band(TIER.seat + 400),
  peak: band(TIER.seat + 500),
  seat: band(TIER.seat + 600, BELOW_M.town),
  river: band(TIER.seat + 700),
  neighbour: band(TIER.seat + 800, BELOW_M.always, 60_000),
  zone: band(TIER.seat + 900, BELOW_M.town, 12_000),
  brook: band(TIER.town, BELOW_M.town),
  smallPeak: band(TIER.town + 1000, BELOW_M.town),
  town: band(TIER.town + 2000, BELOW_M.town),
  shield: band(TIER.rest, BELOW_M.detail),
  street: band(TIER.rest + 10_000, BELOW_M.street),
  hospital: band(TIER.rest + 20_000, BELOW_M.detail),
  shelter: band(TIER.rest + 21_000, BELOW_M.detail),
  site: band(TIER.rest + 22_000, BELOW_M.street),
  village: band(TIER.rest + 30_000, BELOW_M.detail),
  spot: band(TIER.rest + 90_000, 40_000),
} as const satisfies Record<string, Band>;

/** Labels shown at most at a camera height. */
export function mostLabels(heightM: number): number {
  if (heightM > BELOW_M.town) return 22;
  return heightM > BELOW_M.detail ? 40 : 60;
}
