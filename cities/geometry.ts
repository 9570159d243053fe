// Plane and spherical geometry for the city generators: degrees in, metres out, good to about 0.5 % inside one city.
export type Point = [lon: number, lat: number];

const METRES_PER_DEGREE = 111_195; // one degree of a great circle on a sphere of 6,371.0088 km

export function metresBetween(a: Point, b: Point): number {
  const shrink = Math.cos((((a[1] + b[1]) / 2) * Math.PI) / 180);
  return Math.hypot((b[0] - a[0]) * shrink, b[1] - a[1]) * METRES_PER_DEGREE;
}

/** Moves a point by metres east and north. */
export function offset(point: Point, eastM: number, northM: number): Point {
  const shrink = Math.cos((point[1] * Math.PI) / 180);
  return [point[0] + eastM / (METRES_PER_DEGREE * shrink), point[1] + northM / METRES_PER_DEGREE];
}

export function insideRing(point: Point, ring: readonly Point[]): boolean {
  const [x, y] = point;
  let inside = false;
  let [px, py] = ring.at(-1) ?? [NaN, NaN];
  for (const [qx, qy] of ring) {
    if (py > y !== qy > y && x < ((qx - px) * (y - py)) / (qy - py) + px) inside = !inside;
    [px, py] = [qx, qy];
  }
  return inside;
}

/** Area of a closed ring on the sphere, km². */
export function ringAreaKm2(ring: readonly Point[]): number {
  const rad = Math.PI / 180;
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1] as Point, ring[i] as Point];
    sum += (b[0] - a[0]) * rad * (2 + Math.sin(a[1] * rad) + Math.sin(b[1] * rad));
  }
  return Math.abs((sum * 6371.0088 ** 2) / 2);
}

/** Nearest place on a line: distance in metres and the share (0–1) of its length. */
export function nearestOnLine(point: Point, line: readonly Point[]) {
  const shrink = Math.cos((point[1] * Math.PI) / 180);
  const x = (p: Point): number => (p[0] - point[0]) * shrink * METRES_PER_DEGREE;
  const y = (p: Point): number => (p[1] - point[1]) * METRES_PER_DEGREE;
  let best = { metres: Infinity, alongM: 0 };
  let length = 0;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1] as Point, line[i] as Point];
    const [dx, dy] = [x(b) - x(a), y(b) - y(a)];
    const size = Math.hypot(dx, dy);
    const free = size === 0 ? 0 : -(x(a) * dx + y(a) * dy) / (size * size);
    const t = Math.min(1, Math.max(0, free));
    const metres = Math.hypot(x(a) + t * dx, y(a) + t * dy);
    if (metres < best.metres) best = { metres, alongM: length + t * size };
    length += size;
  }
  return { metres: best.metres, share: length === 0 ? 0 : best.alongM / length };
}

/** The point a share (0–1) of the way along a line. */
export function alongLine(line: readonly Point[], share: number): Point {
  const sizes = line.slice(1).map((p, i) => metresBetween(line[i] as Point, p));
  let left = share * sizes.reduce((sum, size) => sum + size, 0);
  for (const [i, size] of sizes.entries()) {
    const [a, b] = [line[i] as Point, line[i + 1] as Point];
    if (left <= size || i === sizes.length - 1) {
      const t = size === 0 ? 0 : Math.min(1, left / size);
      return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
    }
    left -= size;
  }
  throw new Error('A line needs at least two points; give it two or more.');
}

/** The piece of a line between the places nearest to two points, in the line's own direction. */
export function cutLine(line: readonly Point[], from: Point, to: Point): Point[] {
  const [start, end] = [nearestOnLine(from, line).share, nearestOnLine(to, line).share];
  const inner = line.filter((p) => {
    const { share } = nearestOnLine(p, line);
    return share > start + 1e-6 && share < end - 1e-6;
  });
  return [alongLine(line, start), ...inner, alongLine(line, end)];
}

/** Douglas–Peucker simplification; `toleranceM` is the largest deviation in metres. */
export function simplify(line: readonly Point[], toleranceM: number): Point[] {
  const [first, last] = [line[0] as Point, line.at(-1) as Point];
  let [far, at] = [0, 0];
  for (let i = 1; i < line.length - 1; i++) {
    const { metres } = nearestOnLine(line[i] as Point, [first, last]);
    if (metres > far) [far, at] = [metres, i];
  }
  if (far <= toleranceM) return [first, last];
  const head = simplify(line.slice(0, at + 1), toleranceM);
  return [...head.slice(0, -1), ...simplify(line.slice(at), toleranceM)];
}

/** Rounds to a ten-thousandth of a degree (about 10 m): finer would pretend a precision the sources lack. */
export function roundPoint([lon, lat]: Point, digits = 4): Point {
  return [Number(lon.toFixed(digits)), Number(lat.toFixed(digits))];
}
