// How much the air mixes: the class of Pasquill by wind at 10 m and by sun or cloud.
import type { LonLat } from '../../../contracts/column.ts';
import type { StabilityClass } from '../../../contracts/records/plume.ts';

const RAD = Math.PI / 180;
const DAY_MS = 86_400_000;
/** Epoch ms of 2000-01-01 12:00 UTC. */
const J2000_MS = 946_728_000_000;

/** Height of the sun over the horizon, degrees; the low-precision formulae of the Astronomical Almanac, good to 0.1°. */
export function solarElevation([lon, lat]: LonLat, at: number): number {
  const days = (at - J2000_MS) / DAY_MS;
  const mean = (357.528 + 0.9856003 * days) * RAD;
  const longitude = (280.46 + 0.9856474 * days + 1.915 * Math.sin(mean) + 0.02 * Math.sin(2 * mean)) * RAD;
  const tilt = (23.439 - 0.0000004 * days) * RAD;
  const declination = Math.asin(Math.sin(tilt) * Math.sin(longitude));
  const ascension = Math.atan2(Math.cos(tilt) * Math.sin(longitude), Math.cos(longitude));
  const siderealDeg = 280.46062 + 360.98564737 * days + lon;
  const hour = siderealDeg * RAD - ascension;
  return (
    Math.asin(
      Math.sin(lat * RAD) * Math.sin(declination) +
        Math.cos(lat * RAD) * Math.cos(declination) * Math.cos(hour),
    ) / RAD
  );
}

export interface Sky {
  /** Degrees over the horizon. */
  readonly sunDeg: number;
  /** Eighths of the sky; null: nobody says. */
  readonly cloudOctas: number | null;
  /** It rains: overcast, whatever else is said. */
  readonly isRaining: boolean;
}

type Row = readonly [
  strong: StabilityClass,
  moderate: StabilityClass,
  slight: StabilityClass,
  cloudy: StabilityClass,
  clear: StabilityClass,
];
/** Wind below, m/s → day by sun, night by cloud. Of two classes (A–B) the steadier one, which reaches farther. */
const table: readonly (readonly [below: number, row: Row])[] = [
  [2, ['A', 'B', 'B', 'F', 'F']],
  [3, ['B', 'B', 'C', 'E', 'F']],
  [5, ['B', 'C', 'C', 'D', 'E']],
  [6, ['C', 'D', 'D', 'D', 'D']],
  [Infinity, ['C', 'D', 'D', 'D', 'D']],
];
const STRONG_SUN_DEG = 60;
const MODERATE_SUN_DEG = 35;
const OVERCAST_OCTAS = 7;
const CLOUDY_OCTAS = 4;

/**
 * The class, by Turner's heights of the sun. Where the cloud is not known the class that carries the gas farther is taken:
 * by day overcast (D), by night a clear sky.
 */
export function stabilityOf(windMs: number, { sunDeg, cloudOctas, isRaining }: Sky): StabilityClass {
  const isDay = sunDeg > 0;
  if (isRaining || (cloudOctas !== null && cloudOctas >= OVERCAST_OCTAS)) return 'D';
  if (isDay && cloudOctas === null) return 'D';
  const [, row] = table.find(([below]) => windMs < below) as (typeof table)[number];
  const [strong, moderate, slight, cloudy, clear] = row;
  if (!isDay) return cloudOctas !== null && cloudOctas >= CLOUDY_OCTAS ? cloudy : clear;
  if (sunDeg > STRONG_SUN_DEG) return strong;
  return sunDeg > MODERATE_SUN_DEG ? moderate : slight;
}
