// The wind a plume is computed by: of the nearest station that measured one lately.
import type { weatherStation } from '../../contracts/layers/weather-station.ts';
import type { PlumeSource, PlumeWind } from '../../contracts/records/plume.ts';
import type { LayerTable } from '../../contracts/table.ts';
import type { LiveWorld } from '../state/port.ts';

type Stations = LayerTable<(typeof weatherStation)['columns']>;

/** Beyond, hills have a wind of their own, m. */
const NEAR_M = 15_000;
const CANDIDATES = 12;
/** A wind that was measured longer ago is no wind of now, ms. */
const STALE_MS = 30 * 60_000;
const WET_MM = 0.1;

/** null: no station within 15 km has measured a wind in the last half hour. */
export function nearestWind(
  world: Pick<LiveWorld, 'nearest'>,
  table: Stations,
  { at: [lon, lat], now }: { readonly at: PlumeSource['at']; readonly now: number },
): PlumeWind | null {
  const near = world.nearest(table.layer.slug, { lon, lat }, { count: CANDIDATES, maxMetres: NEAR_M }) ?? [];
  for (const { slot, metres } of near) {
    const { windMs, windDirDeg, rain1hMm } = table.row(slot).values;
    const measuredAt = table.validAt[slot] as number;
    if (windMs === null || windDirDeg === null || now - measuredAt > STALE_MS) continue;
    if (['bad', 'suspect'].includes(table.row(slot).quality)) continue;
    return {
      ...{ speedMs: windMs, fromDeg: windDirDeg, measuredAt, stationM: Math.round(metres) },
      station: table.column('name').get(slot) ?? table.keyAt(slot),
      isRaining: rain1hMm !== null && rain1hMm >= WET_MM,
    };
  }
  return null;
}
