// Positions of a file made fit for the map: degrees in the right order, inside the world, heights left out.
import { title } from '../../contracts/declare.ts';
import type { Title } from '../../contracts/column.ts';
import type { Bounds } from '../stores/city.ts';
import type { Degrees, PlainGeometry } from '../stores/temporary.ts';
import type { Projection } from './projection.ts';
import { Refusal } from './refusal.ts';

/** What a parser found. */
export interface RawFeature {
  readonly geometry: unknown;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Placed {
  readonly features: readonly {
    readonly geometry: PlainGeometry;
    readonly properties: RawFeature['properties'];
  }[];
  readonly bounds: Bounds | null;
  readonly notes: readonly Title[];
}

/** Corners of all positions of one file; more make a page slow. */
export const MOST_POSITIONS = 2_000_000;
const DEPTH: Readonly<Record<PlainGeometry['type'], number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};
const SWAPPED = title('经纬度次序颠倒，已对调', 'Longitude and latitude were swapped: put right');

/** @throws Refusal where positions are no degrees and nothing says what they are, or there are too many */
export function placeAll(raw: readonly RawFeature[], projection: Projection | null): Placed {
  const parts = raw.flatMap(({ geometry, properties }) =>
    simple(geometry).map((one) => ({ geometry: one, properties })),
  );
  const count = { positions: 0, outside: 0, swapped: 0 };
  for (const { geometry } of parts)
    visit(geometry.coordinates, DEPTH[geometry.type], (at) => take(at, count));
  if (count.positions > MOST_POSITIONS)
    throw new Refusal(
      `共 ${count.positions} 个坐标点，最多 ${MOST_POSITIONS} 个：请先抽稀或截取`,
      `${count.positions} positions, at most ${MOST_POSITIONS}: thin it out or cut it first`,
    );
  const isMetres = projection === null && count.outside > count.positions / 2;
  const isSwapped = isMetres && count.swapped > count.positions * 0.9;
  if (isMetres && !isSwapped)
    throw new Refusal(
      '坐标不是经纬度，像是投影坐标（米），文件又没有说明坐标系：请附上 .prj，或转为 WGS-84 再拖入',
      'Positions are no degrees but look like metres, and nothing says of which system: add the .prj, or convert to WGS-84',
    );
  const convert = converterOf(projection, isSwapped);
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  const placed = parts.flatMap(({ geometry, properties }) => {
    const converted = mapped(geometry, convert, box);
    return converted ? [{ geometry: converted, properties }] : [];
  });
  const lost =
    parts.length - placed.length + raw.filter(({ geometry }) => simple(geometry).length === 0).length;
  const notes = [
    ...(isSwapped ? [SWAPPED] : []),
    ...(projection?.note ? [projection.note] : []),
    ...(lost > 0
      ? [title(`${lost} 个没有可用位置，未显示`, `${lost} without a usable place are not shown`)]
      : []),
  ];
  return { features: placed, bounds: placed.length > 0 ? box : null, notes };
}

function take(at: unknown, count: { positions: number; outside: number; swapped: number }): void {
  const [x, y] = Array.isArray(at) ? (at as unknown[]) : [];
  if (typeof x !== 'number' || typeof y !== 'number') return;
  count.positions += 1;
  if (isDegrees([x, y])) return;
  count.outside += 1;
  if (isDegrees([y, x])) count.swapped += 1;
}

const isDegrees = ([lon, lat]: readonly [number, number]): boolean =>
  Math.abs(lon) <= 180 && Math.abs(lat) <= 90;

function converterOf(
  projection: Projection | null,
  isSwapped: boolean,
): (at: readonly [number, number]) => Degrees {
  if (projection) return projection.toDegrees;
  return isSwapped ? ([x, y]) => [y, x] : (at) => at;
}

interface Loose {
  readonly type: PlainGeometry['type'];
  readonly coordinates: unknown;
}

/** Members of collections one by one; nothing for what is no geometry. */
function simple(geometry: unknown): Loose[] {
  if (typeof geometry !== 'object' || geometry === null) return [];
  const { type, coordinates, geometries } = geometry as Record<string, unknown>;
  if (type === 'GeometryCollection' && Array.isArray(geometries)) return geometries.flatMap(simple);
  return typeof type === 'string' && type in DEPTH ? [{ type: type as Loose['type'], coordinates }] : [];
}

function visit(value: unknown, depth: number, call: (at: unknown) => void): void {
  if (depth === 0) call(value);
  else if (Array.isArray(value)) for (const one of value) visit(one, depth - 1, call);
}

/** null where a position of it is none. */
function mapped(
  { type, coordinates }: Loose,
  convert: (at: readonly [number, number]) => Degrees,
  box: [number, number, number, number],
): PlainGeometry | null {
  let isSound = true;
  const one = (value: unknown, depth: number): unknown => {
    if (depth > 0) {
      if (!Array.isArray(value) || (value.length === 0 && depth === DEPTH[type])) isSound = false;
      return Array.isArray(value) ? value.map((inner) => one(inner, depth - 1)) : [];
    }
    const [x, y] = Array.isArray(value) ? (value as unknown[]) : [];
    const at = typeof x === 'number' && typeof y === 'number' ? convert([x, y]) : ([NaN, NaN] as const);
    if (Number.isNaN(at[0] + at[1]) || !isDegrees(at)) isSound = false;
    return at;
  };
  const converted = one(coordinates, DEPTH[type]);
  if (!isSound) return null;
  visit(converted, DEPTH[type], (at) => {
    const [lon, lat] = at as Degrees;
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  });
  return { type, coordinates: converted } as PlainGeometry;
}
