// How near rain has brought slopes to failing (docs/hazards.md).

/** Statutory levels, the mildest first. */
export const hazardLevels = ['blue', 'yellow', 'orange', 'red'] as const;
export type HazardLevel = (typeof hazardLevels)[number];

/** Rain that fell within so many hours up to now. */
export interface RainSum {
  readonly hours: number;
  readonly mm: number;
}

export interface GeohazardRain {
  readonly sums: readonly RainSum[];
  /** Effective rain up to now, today's included, mm; null: nobody knows the days before. */
  readonly effectiveMm: number | null;
}

export interface GeohazardScore {
  readonly score: number;
  /** Highest ratio of intensity to threshold. */
  readonly ratio: number;
  /** The duration it was reached in, h; null: no rain, or none of a duration that counts. */
  readonly durationH: number | null;
  /** What was used for effective rain, mm. */
  readonly effectiveMm: number;
}

/** Which intensity–duration line holds: where an earthquake loosened the slopes it is the lower of two. */
export type RainLine = 'quake-loosened' | 'elsewhere';

/** Scores from which each level holds, rising: thresholds of the city. */
export type LevelScores = Readonly<Record<HazardLevel, number>>;

export interface GeohazardModel {
  score(rain: GeohazardRain, line: RainLine): GeohazardScore;
  /** Of a slope of a susceptibility class 1 (low) to 4 (very high); null: below blue. */
  level(score: number, susceptibility: number, from: LevelScores): HazardLevel | null;
}
