// The weather of the city: what the station nearest to its centre measured last.
import type { weatherStation } from '../../../contracts/layers/weather-station.ts';
import type { LayerTable } from '../../../contracts/table.ts';
import { stateOfAge } from '../../stores/rows.ts';

export interface Weather {
  readonly station: string;
  readonly key: string;
  readonly tempC: number;
  /** null: not measured. */
  readonly rain1hMm: number | null;
  readonly at: number;
}

type Table = LayerTable<(typeof weatherStation)['columns']>;

/** null without a station that has measured lately. `now`: city clock, epoch ms. */
export function weatherAt(
  table: Table | null,
  [lon, lat]: readonly [number, number],
  now: number,
): Weather | null {
  let best = -1;
  let least = Infinity;
  for (let slot = 0; slot < (table?.highWater ?? 0); slot++) {
    if (table?.alive[slot] !== 1 || table.column('tempC').value(slot) === null) continue;
    if (stateOfAge((now - (table.validAt[slot] ?? 0)) / 1000, table.layer.periodS) === 'stale') continue;
    const at = table.column('position').value(slot);
    if (!at) continue;
    const distance = Math.hypot((at[0] - lon) * Math.cos((lat * Math.PI) / 180), at[1] - lat);
    if (distance >= least) continue;
    least = distance;
    best = slot;
  }
  if (!table || best < 0) return null;
  return {
    station: table.column('name').value(best) ?? table.keyAt(best),
    key: table.keyAt(best),
    tempC: table.column('tempC').value(best) ?? 0,
    rain1hMm: table.column('rain1hMm').value(best),
    at: table.validAt[best] ?? 0,
  };
}
