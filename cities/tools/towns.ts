// Fills what the published town list lacks: positions (estimated, away from the other towns) and populations.
import type { Row } from './csv.ts';
import { metresBetween, nearestOnLine, roundPoint, insideRing, type Point } from '../geometry.ts';
import { apportion } from './random.ts';
import { pointOf, type Source } from './source.ts';

const GRID_DEG = 0.01; // about 1 km: the estimate is no better than that
const BORDER_M = 2_000; // keeps an estimated town clear of its county's schematic border

function candidates(ring: readonly Point[]): Point[] {
  const [lons, lats] = [ring.map((p) => p[0]), ring.map((p) => p[1])];
  const found: Point[] = [];
  for (let lat = Math.min(...lats); lat <= Math.max(...lats); lat += GRID_DEG) {
    for (let lon = Math.min(...lons); lon <= Math.max(...lons); lon += GRID_DEG) {
      const point: Point = roundPoint([lon, lat], 3);
      if (insideRing(point, ring) && nearestOnLine(point, ring).metres > BORDER_M) found.push(point);
    }
  }
  return found;
}

/** The candidate farthest from every town placed so far and, half as strongly, from the county border. */
function emptiest(free: readonly Point[], taken: readonly Point[], ring: readonly Point[]): Point {
  let [best, score] = [free[0] as Point, -1];
  for (const point of free) {
    const towns = Math.min(...taken.map((town) => metresBetween(point, town)));
    const room = Math.min(towns, 2 * nearestOnLine(point, ring).metres);
    if (room > score) [best, score] = [point, room];
  }
  return best;
}

function populations(source: Source, rows: readonly Row[], county: Source['counties'][number]): number[] {
  const { urban, doubleWeight } = source.plan.population;
  const seat = urban[county.code] ?? { share: 0, towns: [] };
  const isSeat = (row: Row): boolean => seat.towns.includes(row['name'] ?? '');
  const urbanWeights = rows.map((row) => (isSeat(row) ? 1 : 0));
  const ruralWeights = rows.map((row) => {
    if (isSeat(row) || row['kind'] === 'area') return 0;
    return doubleWeight.includes(`${county.code} ${row['name']}`) ? 2 : 1;
  });
  const urbanPeople = Math.round(county.population * seat.share);
  const inSeats = apportion(urbanPeople, urbanWeights);
  const outside = apportion(county.population - urbanPeople, ruralWeights);
  return rows.map((_, i) => (inSeats[i] ?? 0) + (outside[i] ?? 0));
}

/** Rows of `towns.csv` with every `estimated` position and every population worked out anew. */
export function buildTowns(source: Source): Record<string, string | number>[] {
  const built: Record<string, string | number>[] = [];
  for (const county of source.counties) {
    const rows = source.towns.filter((town) => town['county_code'] === county.code);
    const taken = rows.filter((town) => town['position'] === 'listed').map(pointOf);
    for (const town of rows) {
      const anchor = source.plan.anchors[town['code'] ?? ''];
      if (anchor) taken.push(anchor);
    }
    const free = candidates(county.ring);
    const people = populations(source, rows, county);
    for (const [i, town] of rows.entries()) {
      let at = pointOf(town);
      if (town['position'] === 'estimated') {
        const anchor = source.plan.anchors[town['code'] ?? ''];
        at = anchor ?? emptiest(free, taken, county.ring);
        if (!anchor) taken.push(at);
      }
      built.push({ ...town, lon: at[0], lat: at[1], population: people[i] ?? 0 });
    }
  }
  return built;
}
