// Whether a place lies inside a drawn ring: even-odd, in degrees; a city is small enough for that. Pure.
import type { LonLat } from '../../contracts/column.ts';

/** `ring`: corners in order, closed or not; a place on its edge may fall on either side. */
export function isInside(
  [lon, lat]: readonly [number, number, ...unknown[]],
  ring: readonly LonLat[],
): boolean {
  let inside = false;
  for (let at = 0, before = ring.length - 1; at < ring.length; before = at, at += 1) {
    const [aLon, aLat] = ring[at] as LonLat;
    const [bLon, bLat] = ring[before] as LonLat;
    const crosses = aLat > lat !== bLat > lat && lon < ((bLon - aLon) * (lat - aLat)) / (bLat - aLat) + aLon;
    if (crosses) inside = !inside;
  }
  return inside;
}
