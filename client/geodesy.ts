// Lengths and areas on the WGS-84 ellipsoid, for measuring. Pure.
import type { LonLat } from '../contracts/column.ts';

const A = 6_378_137;
const F = 1 / 298.257_223_563;
const B = A * (1 - F);
const E2 = F * (2 - F);
const E = Math.sqrt(E2);
const RAD = Math.PI / 180;
const ITERATIONS = 60;

/**
 * Metres along the geodesic: Vincenty's inverse formula (Survey Review 23, 1975), good to a millimetre. Points that are
 * nearly opposite on the globe, where it does not converge, get the length on the sphere of mean radius (± 0.5 %).
 */
export function distanceM(from: LonLat, to: LonLat): number {
  const lon = (to[0] - from[0]) * RAD;
  const u1 = Math.atan((1 - F) * Math.tan(from[1] * RAD));
  const u2 = Math.atan((1 - F) * Math.tan(to[1] * RAD));
  const [sin1, cos1, sin2, cos2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  let lambda = lon;
  for (let step = 0; step < ITERATIONS; step++) {
    const [sinL, cosL] = [Math.sin(lambda), Math.cos(lambda)];
    const sinS = Math.hypot(cos2 * sinL, cos1 * sin2 - sin1 * cos2 * cosL);
    if (sinS === 0) return 0;
    const cosS = sin1 * sin2 + cos1 * cos2 * cosL;
    const sigma = Math.atan2(sinS, cosS);
    const sinA = (cos1 * cos2 * sinL) / sinS;
    const cos2A = 1 - sinA * sinA;
    const cosM = cos2A === 0 ? 0 : cosS - (2 * sin1 * sin2) / cos2A;
    const c = (F / 16) * cos2A * (4 + F * (4 - 3 * cos2A));
    const before = lambda;
    lambda = lon + (1 - c) * F * sinA * (sigma + c * sinS * (cosM + c * cosS * (2 * cosM * cosM - 1)));
    if (Math.abs(lambda - before) < 1e-12) return arcM({ sigma, sinS, cosS, cosM, cos2A });
  }
  return sphereM(from, to);
}

interface Arc {
  readonly sigma: number;
  readonly sinS: number;
  readonly cosS: number;
  readonly cosM: number;
  readonly cos2A: number;
}

function arcM({ sigma, sinS, cosS, cosM, cos2A }: Arc): number {
  const u2 = (cos2A * (A * A - B * B)) / (B * B);
  const a = 1 + (u2 / 16_384) * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)));
  const b = (u2 / 1024) * (256 + u2 * (-128 + u2 * (74 - 47 * u2)));
  const inner = (b / 6) * cosM * (4 * sinS * sinS - 3) * (4 * cosM * cosM - 3);
  return B * a * (sigma - b * sinS * (cosM + (b / 4) * (cosS * (2 * cosM * cosM - 1) - inner)));
}

function sphereM(from: LonLat, to: LonLat): number {
  const [lat1, lat2] = [from[1] * RAD, to[1] * RAD];
  const half =
    Math.sin((lat2 - lat1) / 2) ** 2 +
    Math.cos(lat1) * Math.cos(lat2) * Math.sin(((to[0] - from[0]) * RAD) / 2) ** 2;
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(Math.min(1, half)));
}

/** Metres along a line of points. */
export function lengthM(points: readonly LonLat[]): number {
  let sum = 0;
  for (let i = 1; i < points.length; i++) sum += distanceM(points[i - 1] as LonLat, points[i] as LonLat);
  return sum;
}

/** Area of the band between the equator and a latitude over one radian of longitude, m² (Snyder 1987, eq. 3-12). */
function bandM2(latDeg: number): number {
  const s = Math.sin(latDeg * RAD);
  return ((B * B) / 2) * (s / (1 - E2 * s * s) + Math.log((1 + E * s) / (1 - E * s)) / (2 * E));
}

/** The longest edge that is taken as straight in longitude and latitude, degrees. */
const EDGE_DEG = 0.02;

/**
 * Square metres inside a ring (closed or not), exact along parallels and meridians; other edges are cut so that taking
 * them as straight in degrees is off by less than a millionth at city size.
 */
export function areaM2(ring: readonly LonLat[]): number {
  let sum = 0;
  ring.forEach((from, index) => {
    const to = ring[(index + 1) % ring.length] as LonLat;
    const parts = Math.max(1, Math.ceil(Math.abs(to[1] - from[1]) / EDGE_DEG));
    let before = bandM2(from[1]);
    for (let part = 1; part <= parts; part++) {
      const next = bandM2(from[1] + ((to[1] - from[1]) * part) / parts);
      sum += (((to[0] - from[0]) * RAD) / parts) * ((before + next) / 2);
      before = next;
    }
  });
  return Math.abs(sum);
}

/** Corners of a circle: 1.6 % less ground than the circle holds. */
const CIRCLE_CORNERS = 20;

/** A circle as a ring around a place, from the north clockwise; good to 0.5 % within a hundred kilometres. */
export function ringAround([lon, lat]: LonLat, radiusM: number): LonLat[] {
  const up = radiusM / distanceM([lon, lat], [lon, lat + 1]);
  const aside = radiusM / distanceM([lon, lat], [lon + 1, lat]);
  return Array.from({ length: CIRCLE_CORNERS }, (_, corner) => {
    const turn = (corner / CIRCLE_CORNERS) * 2 * Math.PI;
    return [lon + Math.sin(turn) * aside, lat + Math.cos(turn) * up];
  });
}

/** A point of a line with its distance from the start, metres. */
export interface Sample {
  readonly at: LonLat;
  readonly alongM: number;
}

/** `count` points evenly along a line of at least two points, both ends among them. */
export function samplesAlong(points: readonly LonLat[], count: number): Sample[] {
  const total = lengthM(points);
  const samples: Sample[] = [];
  let segment = 1;
  let passed = 0;
  let span = distanceM(points[0] as LonLat, points[1] as LonLat);
  for (let i = 0; i < count; i++) {
    const alongM = (total * i) / (count - 1);
    while (segment < points.length - 1 && alongM > passed + span) {
      passed += span;
      segment++;
      span = distanceM(points[segment - 1] as LonLat, points[segment] as LonLat);
    }
    const part = span === 0 ? 0 : Math.min(1, (alongM - passed) / span);
    const [a, b] = [points[segment - 1] as LonLat, points[segment] as LonLat];
    samples.push({ at: [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part], alongM });
  }
  return samples;
}

/** Metres from a place to the nearest point of a line; the plane at the place is exact enough within a county. */
export function distanceToLineM(place: LonLat, line: readonly LonLat[]): number {
  const perLon = Math.cos(place[1] * RAD) * A * RAD;
  const perLat = A * (1 - E2) * RAD;
  let least = Infinity;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1] as LonLat, line[i] as LonLat];
    const [ax, ay] = [(a[0] - place[0]) * perLon, (a[1] - place[1]) * perLat];
    const [dx, dy] = [(b[0] - a[0]) * perLon, (b[1] - a[1]) * perLat];
    const size = dx * dx + dy * dy;
    const part = size === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / size));
    least = Math.min(least, Math.hypot(ax + dx * part, ay + dy * part));
  }
  return least;
}

/** Whether a place lies inside a polygon given as rings, the first its outside. */
export function isInside([x, y]: LonLat, rings: readonly (readonly LonLat[])[]): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [x1, y1] = ring[i] as LonLat;
      const [x2, y2] = ring[j] as LonLat;
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
    }
  }
  return inside;
}
