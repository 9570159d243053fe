// Where a moving thing stood: places it did not leave for a while.

export interface TrackPoint {
  /** Epoch ms. */
  readonly at: number;
  /** Degrees. */
  readonly lon: number;
  readonly lat: number;
}

export interface Stop {
  readonly from: number;
  readonly to: number;
  /** Mean of the places reported meanwhile. */
  readonly lon: number;
  readonly lat: number;
}

/** The noise of a receiver and a car park. */
const RADIUS_M = 60;
/** Shorter ones are traffic lights. */
const LEAST_MS = 3 * 60_000;
const M_PER_DEG = 111_200;

/** Points in order of time. A stop is left by the first report beyond 60 m of its mean. */
export function stopsOf(points: readonly TrackPoint[]): Stop[] {
  const stops: Stop[] = [];
  let first = 0;
  let sum = { lon: 0, lat: 0 };
  const close = (end: number): void => {
    const [from, to] = [points[first] as TrackPoint, points[end - 1] as TrackPoint];
    const count = end - first;
    if (count > 1 && to.at - from.at >= LEAST_MS) {
      stops.push({ from: from.at, to: to.at, lon: rounded(sum.lon / count), lat: rounded(sum.lat / count) });
    }
    first = end;
    sum = { lon: 0, lat: 0 };
  };
  points.forEach((point, index) => {
    const count = index - first;
    const mean = { lon: sum.lon / count, lat: sum.lat / count };
    if (count > 0 && metresBetween(mean, point) > RADIUS_M) close(index);
    sum.lon += point.lon;
    sum.lat += point.lat;
  });
  if (points.length > 0) close(points.length);
  return stops;
}

type Place = Pick<TrackPoint, 'lon' | 'lat'>;

/** Flat, for short distances. */
export function metresBetween(a: Place, b: Place): number {
  const x = (b.lon - a.lon) * Math.cos(((a.lat + b.lat) * Math.PI) / 360);
  return Math.hypot(x, b.lat - a.lat) * M_PER_DEG;
}

const rounded = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;
