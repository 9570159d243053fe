// The river axis out of GET /api/city. Untrusted until parsed.
import type { Title } from '../../contracts/column.ts';

export interface AxisPoint {
  readonly kind: 'gauge' | 'dam';
  /** As live rows of gauges and reservoirs are called. */
  readonly name: string;
  readonly en: string;
  readonly km: number;
  readonly at: readonly [lon: number, lat: number];
}

export interface RiverAxis {
  readonly name: Title;
  readonly from: Title;
  readonly to: Title;
  readonly lengthKm: number;
  readonly points: readonly AxisPoint[];
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTitle = (value: unknown): value is Title =>
  isObject(value) && typeof value['zh'] === 'string' && typeof value['en'] === 'string';

function isPoint(value: unknown): value is AxisPoint {
  if (!isObject(value)) return false;
  const { kind, name, en, km, at } = value;
  const isPlace = Array.isArray(at) && at.length === 2 && at.every((item) => typeof item === 'number');
  return (
    (kind === 'gauge' || kind === 'dam') &&
    typeof name === 'string' &&
    typeof en === 'string' &&
    typeof km === 'number' &&
    isPlace
  );
}

/** null where the city has none, or it does not fit. */
export function parseRiverAxis(value: unknown): RiverAxis | null {
  if (!isObject(value)) return null;
  const { name, from, to, lengthKm, points } = value;
  if (!isTitle(name) || !isTitle(from) || !isTitle(to)) return null;
  if (typeof lengthKm !== 'number' || !Array.isArray(points)) return null;
  return { name, from, to, lengthKm, points: points.filter(isPoint) };
}
