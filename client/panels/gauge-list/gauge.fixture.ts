import { riverGauge } from '../../../contracts/layers/river-gauge.ts';
import { LayerTable } from '../../../contracts/table.ts';
import type { GaugeTable } from '../../stores/water-level.ts';

/** Gauges with a warning level of 463 m and a guarantee level of 465.5 m. */
export function gaugesAt(
  list: readonly (readonly [name: string, levelM: number | null])[],
  at: number,
): GaugeTable {
  const table = new LayerTable(riverGauge);
  for (const [name, levelM] of list) {
    table.put({
      key: name,
      validAt: at,
      regionCode: '',
      quality: 'good',
      source: 'river-gauge',
      synthetic: true,
      values: {
        position: null,
        name,
        river: '甲江',
        levelM,
        flowM3S: null,
        trend: 'rising',
        warningM: 463,
        guaranteeM: 465.5,
      },
    });
  }
  return table;
}
