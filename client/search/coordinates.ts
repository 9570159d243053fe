// A place typed as numbers: "105.82, 32.43", either way round, with or without degree signs.
import type { LonLat } from '../../contracts/column.ts';

const PAIR = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*[EN]?\s*[,，、\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*[EN]?\s*$/i;

/** @param bounds of the city: they tell which number is which. → null for anything else */
export function parseCoordinates(
  text: string,
  bounds: readonly [west: number, south: number, east: number, north: number],
): LonLat | null {
  const match = PAIR.exec(text);
  if (!match) return null;
  const [a, b] = [Number(match[1]), Number(match[2])];
  const near = (lon: number, lat: number): boolean =>
    lon > bounds[0] - 5 && lon < bounds[2] + 5 && lat > bounds[1] - 5 && lat < bounds[3] + 5;
  if (near(a, b)) return [a, b];
  return near(b, a) ? [b, a] : null;
}
