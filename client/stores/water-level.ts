// The level of a gauge or a reservoir against the limit that counts for it. How bad it is, the look of its layer says, so that
// map, panel, river axis and chart never contradict.
import type { reservoir } from '../../contracts/layers/reservoir.ts';
import type { riverGauge } from '../../contracts/layers/river-gauge.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { look as reservoirLook } from '../looks/layers/reservoir.ts';
import { look as gaugeLook } from '../looks/layers/river-gauge.ts';
import type { Look } from '../looks/look.ts';
import { bindKinds } from '../looks/match.ts';
import { isSeverity } from '../looks/sign.ts';
import type { Severity } from './indicators.ts';

export type GaugeTable = LayerTable<(typeof riverGauge)['columns']>;
export type ReservoirTable = LayerTable<(typeof reservoir)['columns']>;

export interface WaterLevel<Limit extends string> {
  /** Metres; null: not reported. */
  readonly level: number | null;
  readonly limit: Limit;
  readonly limitM: number | null;
  readonly severity: Severity | null;
}

type Ask = (slot: number) => Severity | null;
const asks = new WeakMap<object, Ask>();

/** Bound once for each table. */
function severityOf(table: GaugeTable | ReservoirTable, { kinds }: Look): Ask {
  const known = asks.get(table);
  if (known) return known;
  const kindOf = bindKinds(table, kinds);
  const ask: Ask = (slot) => {
    const tint = kinds[kindOf(slot)]?.tint;
    return tint !== undefined && isSeverity(tint) ? tint : null;
  };
  asks.set(table, ask);
  return ask;
}

export function gaugeLevel(table: GaugeTable, slot: number): WaterLevel<'warning' | 'guarantee'> {
  const level = table.column('levelM').value(slot);
  const warningM = table.column('warningM').value(slot);
  const guaranteeM = table.column('guaranteeM').value(slot);
  const severity = severityOf(table, gaugeLook)(slot);
  if (level !== null && guaranteeM !== null && level > guaranteeM) {
    return { level, limit: 'guarantee', limitM: guaranteeM, severity };
  }
  return { level, limit: 'warning', limitM: warningM, severity };
}

/** A dam counts against its flood limit, without one against its normal level. */
export function damLevel(table: ReservoirTable, slot: number): WaterLevel<'flood' | 'normal'> {
  const flood = table.column('floodLimitM').value(slot);
  return {
    level: table.column('levelM').value(slot),
    limit: flood === null ? 'normal' : 'flood',
    limitM: flood ?? table.column('normalM').value(slot),
    severity: severityOf(table, reservoirLook)(slot),
  };
}

/** Whole centimetres: differences of binary fractions would show 1.7999. */
export const marginOf = (levelM: number, limitM: number): number => Math.round((limitM - levelM) * 100) / 100;
