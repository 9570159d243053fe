// Landslides and debris flows by rain: intensity and duration against published lines, with the rain of the days before.
import { title } from '../../../contracts/declare.ts';
import type {
  GeohazardModel,
  GeohazardRain,
  GeohazardScore,
  HazardLevel,
  LevelScores,
  RainLine,
} from '../../../contracts/records/geohazard.ts';
import { hazardLevels } from '../../../contracts/records/geohazard.ts';

export const geohazardMethod = title(
  '雨强历时阈值（Caine 1980；汶川震区上限线）与前期有效雨量（日衰减 0.84）加权：0.6·r + 0.4·Re/120',
  'Intensity and duration of rain (Caine 1980; upper line of the Wenchuan quake area) weighted with effective rain (0.84 a day): 0.6·r + 0.4·Re/120',
);
export const geohazardValidity = title(
  '区域统计阈值，不代表单个坡体；以雨量站代表乡镇；无降雨诱发（如地震、开挖）不在内；参数待本地灾害编录校准',
  'Regional statistics, no statement on one slope; a gauge stands for its town; not for slopes that fail without rain; to be calibrated on the local inventory',
);

/** Durations of rain the lines are used for, h. */
const SHORTEST_H = 3;
const LONGEST_H = 48;
const RATIO_WEIGHT = 0.6;
const EFFECTIVE_WEIGHT = 0.4;
/** Effective rain that alone is worth the whole of its weight, mm. */
const EFFECTIVE_FULL_MM = 120;
/** Share of a day's rain that is still in the ground the day after. */
export const DAILY_DECAY = 0.84;
/** Slopes that no earthquake loosened stand more. */
const ELSEWHERE_FACTOR = 1.15;

/** Caine 1980, worldwide, shallow slides and debris flows: mm/h for a duration of 0.167 to 500 h. */
export const caine = (hours: number): number => 14.82 * hours ** -0.39;
/** The highest line of the Wenchuan area, debris flows after 2008: mm/h for 3 to 50 h. */
export const wenchuanHigh = (hours: number): number => 21.4 * hours ** -0.58;

/** The intensity from which slopes fail, mm/h. */
export const thresholdOf = (hours: number, line: RainLine): number =>
  line === 'quake-loosened' ? Math.min(caine(hours), wenchuanHigh(hours)) : caine(hours) * ELSEWHERE_FACTOR;

/**
 * Effective rain: Σ R_i · 0.84^i.
 * @param daysMm rain by day, today first, mm
 */
export const effectiveRain = (daysMm: readonly number[]): number =>
  daysMm.reduce((sum, mm, day) => sum + mm * DAILY_DECAY ** day, 0);

/** Where the days before are not known the rain of the longest duration stands for them: less than the truth. */
export function scoreOf({ sums, effectiveMm }: GeohazardRain, line: RainLine): GeohazardScore {
  let ratio = 0;
  let durationH: number | null = null;
  for (const { hours, mm } of sums) {
    if (hours < SHORTEST_H || hours > LONGEST_H) continue;
    const now = mm / hours / thresholdOf(hours, line);
    if (now <= ratio) continue;
    ratio = now;
    durationH = hours;
  }
  const effective = effectiveMm ?? Math.max(0, ...sums.map(({ mm }) => mm));
  const score = RATIO_WEIGHT * ratio + (EFFECTIVE_WEIGHT * effective) / EFFECTIVE_FULL_MM;
  return { score, ratio, durationH, effectiveMm: effective };
}

/** Levels a susceptibility class moves by: 1 low … 4 very high. */
const SHIFT: Readonly<Record<number, number>> = { 1: -1, 4: 1 };

/** Below blue stays below it: susceptibility alone is no danger. */
export function levelOf(score: number, susceptibility: number, from: LevelScores): HazardLevel | null {
  const found = hazardLevels.findLast((level) => score >= from[level]);
  if (!found) return null;
  const at = hazardLevels.indexOf(found) + (SHIFT[susceptibility] ?? 0);
  return at < 0 ? null : (hazardLevels[Math.min(at, hazardLevels.length - 1)] ?? null);
}

export const geohazardModel: GeohazardModel = { score: scoreOf, level: levelOf };
