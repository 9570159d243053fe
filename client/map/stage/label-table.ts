// The label table of the map: which kinds are shown between which camera heights, how many at most.

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

export const KINDS = {
  city: band(0, BELOW_M.always, 20_000),
  county: band(100, BELOW_M.always, 25_000),
  mainRiver: band(50, BELOW_M.always),
  lake: band(200, BELOW_M.always),
  dam: band(250, BELOW_M.always),
  peak: band(300, BELOW_M.always),
  river: band(350, BELOW_M.always),
  neighbour: band(400, BELOW_M.always, 60_000),
  brook: band(450, BELOW_M.town),
  zone: band(500, BELOW_M.town, 12_000),
  smallPeak: band(550, BELOW_M.town),
  seat: band(600, BELOW_M.town),
  town: band(700, BELOW_M.town),
  shield: band(1000, BELOW_M.detail),
  hospital: band(1200, BELOW_M.detail),
  shelter: band(1300, BELOW_M.detail),
  village: band(1500, BELOW_M.detail),
  spot: band(3000, 40_000),
  street: band(1100, BELOW_M.street),
  site: band(1400, BELOW_M.street),
} as const satisfies Record<string, Band>;

/** Labels shown at most at a camera height. */
export function mostLabels(heightM: number): number {
  if (heightM > BELOW_M.town) return 22;
  return heightM > BELOW_M.detail ? 40 : 60;
}
