import { reservoir } from '../../../contracts/layers/reservoir.ts';
import { riverGauge } from '../../../contracts/layers/river-gauge.ts';
import { LayerTable } from '../../../contracts/table.ts';
import type { GaugeTable, ReservoirTable } from '../../stores/water-level.ts';
import type { RiverAxis } from '../../stores/river-axis.ts';

const point = (kind: 'gauge' | 'dam', name: string, km: number) =>
  ({ kind, name, en: name, km, at: [105, 32] }) as const;

export const axisFixture: RiverAxis = {
  name: { zh: '甲江', en: 'River' },
  from: { zh: '上界', en: 'Upper border' },
  to: { zh: '下界', en: 'Lower border' },
  lengthKm: 200,
  points: [
    point('gauge', '上站', 20),
    point('dam', '甲水库', 100),
    point('gauge', '中站', 100),
    point('gauge', '下站', 180),
  ],
};

const head = { regionCode: '', quality: 'good', synthetic: true } as const;
type Levels = readonly (readonly [name: string, levelM: number])[];

export function gaugesAt(levels: Levels, at: number): GaugeTable {
  const table = new LayerTable(riverGauge);
  const none = { position: null, river: null, flowM3S: null, trend: null };
  for (const [name, levelM] of levels) {
    const values = { ...none, name, levelM, warningM: 463, guaranteeM: name === '上站' ? 463 : 465.5 };
    table.put({ key: name, validAt: at, source: 'river-gauge', ...head, values });
  }
  return table;
}

export function damsAt(levels: Levels, at: number): ReservoirTable {
  const table = new LayerTable(reservoir);
  const none = {
    position: null,
    storage1e6M3: null,
    inflowM3S: null,
    outflowM3S: null,
    gatesOpen: null,
    gates: null,
  };
  for (const [name, levelM] of levels) {
    const values = { ...none, name, levelM, normalM: 480, floodLimitM: 473 };
    table.put({ key: name, validAt: at, source: 'reservoir', ...head, values });
  }
  return table;
}
