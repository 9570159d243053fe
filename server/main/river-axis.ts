// The river that wide walls draw as an axis: how far along it each gauge and dam of the city package stands.
import { nearestOnLine } from '../../cities/geometry.ts';
import type { Point } from '../../cities/geometry.ts';
import type { City } from '../../cities/load.ts';

interface Title {
  readonly zh: string;
  readonly en: string;
}

export interface RiverAxis {
  readonly name: Title;
  readonly from: Title;
  readonly to: Title;
  readonly lengthKm: number;
  /** Down the river. Live rows of the layers carry the same names. */
  readonly points: readonly AxisPoint[];
}

interface AxisPoint {
  readonly kind: 'gauge' | 'dam';
  readonly name: string;
  readonly en: string;
  readonly km: number;
  readonly at: Point;
}

interface Placed extends AxisPoint {
  readonly id: string;
  /** Of the drawn line, which is schematic. */
  readonly share: number;
}

/** null where the city names no river for it. */
export function riverAxis({ profile, rivers, stations }: City): RiverAxis | null {
  const axis = profile.riverAxis;
  const river = rivers.find(({ properties }) => properties.id === axis?.river);
  if (!axis || !river) return null;
  const line = river.geometry.coordinates as Point[];
  const placed = (kind: Placed['kind'], id: string, row: Station): Placed => {
    const at: Point = [row.lon, row.lat];
    const { share } = nearestOnLine(at, line);
    return { kind, id, name: row.name, en: row.en, at, share, km: axis.chainageKm[id] ?? NaN };
  };
  const all = [
    ...stations['river-gauges']
      .filter((row) => row.river === axis.river)
      .map((row) => placed('gauge', row.stcd, row)),
    ...stations.reservoirs
      .filter((row) => row.river === axis.river && !row.upstream)
      .map((row) => placed('dam', row.id, row)),
  ];
  const points = all
    .map(({ id: _id, share, ...point }) => ({
      ...point,
      km: Number.isNaN(point.km) ? between(all, share, axis.lengthKm) : point.km,
    }))
    .sort((a, b) => a.km - b.km);
  const { name } = river.properties;
  return { name, from: axis.from, to: axis.to, lengthKm: axis.lengthKm, points };
}

/** Chainage of a place without a published one: between its neighbours that have one, as far along as the line says. */
function between(all: readonly Placed[], share: number, lengthKm: number): number {
  const known = all.filter(({ km }) => !Number.isNaN(km));
  const above = known.filter((one) => one.share <= share).sort((a, b) => b.share - a.share)[0];
  const below = known.filter((one) => one.share > share).sort((a, b) => a.share - b.share)[0];
  const [a, b] = [above ?? { share: 0, km: 0 }, below ?? { share: 1, km: lengthKm }];
  const part = b.share === a.share ? 0 : (share - a.share) / (b.share - a.share);
  return Math.round(a.km + part * (b.km - a.km));
}

interface Station {
  readonly name: string;
  readonly en: string;
  readonly lon: number;
  readonly lat: number;
}
