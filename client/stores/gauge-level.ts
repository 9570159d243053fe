// The level of a river gauge against the limit that counts for it: above the warning level orange, above the guarantee red.
import type { riverGauge } from '../../contracts/layers/river-gauge.ts';
import type { LayerTable } from '../../contracts/table.ts';
import type { Severity } from './indicators.ts';

export type GaugeTable = LayerTable<(typeof riverGauge)['columns']>;

export interface GaugeLevel {
  /** Metres; null: not reported. */
  readonly level: number | null;
  readonly limit: 'warning' | 'guarantee';
  readonly limitM: number | null;
  readonly severity: Severity | null;
}

export function gaugeLevel(table: GaugeTable, slot: number): GaugeLevel {
  const level = table.column('levelM').value(slot);
  const warningM = table.column('warningM').value(slot);
  const guaranteeM = table.column('guaranteeM').value(slot);
  if (level !== null && guaranteeM !== null && level > guaranteeM) {
    return { level, limit: 'guarantee', limitM: guaranteeM, severity: 'red' };
  }
  const over = level !== null && warningM !== null && level > warningM;
  return { level, limit: 'warning', limitM: warningM, severity: over ? 'orange' : null };
}

/** Whole centimetres: differences of binary fractions would show 1.7999. */
export const marginOf = (levelM: number, limitM: number): number => Math.round((limitM - levelM) * 100) / 100;
