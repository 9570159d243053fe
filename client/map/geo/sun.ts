// Where the sun stands over the city, by the low-precision formulae of the Astronomical Almanac (good to 0.01° until 2050).

const RAD = Math.PI / 180;
const J2000_MS = Date.UTC(2000, 0, 1, 12);
const DAY_MS = 86_400_000;

export interface Sun {
  /** Degrees from north, clockwise. */
  readonly azimuthDeg: number;
  /** Degrees above the horizon, without refraction. */
  readonly altitudeDeg: number;
}

/** @param atMs epoch milliseconds UTC */
export function sunAt(atMs: number, [lonDeg, latDeg]: readonly [lon: number, lat: number]): Sun {
  const days = (atMs - J2000_MS) / DAY_MS;
  const mean = (280.46 + 0.9856474 * days) * RAD;
  const anomaly = (357.528 + 0.9856003 * days) * RAD;
  const ecliptic = mean + (1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * RAD;
  const obliquity = (23.439 - 0.0000004 * days) * RAD;
  const ascension = Math.atan2(Math.cos(obliquity) * Math.sin(ecliptic), Math.cos(ecliptic));
  const declination = Math.asin(Math.sin(obliquity) * Math.sin(ecliptic));
  // Greenwich mean sidereal time, hours to radians.
  const sidereal = (18.697374558 + 24.06570982441908 * days) * 15 * RAD;
  const hour = sidereal + lonDeg * RAD - ascension;
  const lat = latDeg * RAD;
  const altitude = Math.asin(
    Math.sin(lat) * Math.sin(declination) + Math.cos(lat) * Math.cos(declination) * Math.cos(hour),
  );
  const azimuth = Math.atan2(
    -Math.sin(hour),
    Math.tan(declination) * Math.cos(lat) - Math.sin(lat) * Math.cos(hour),
  );
  return { azimuthDeg: (((azimuth / RAD) % 360) + 360) % 360, altitudeDeg: altitude / RAD };
}
