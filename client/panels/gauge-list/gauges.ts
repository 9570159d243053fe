// River gauges by what is left to their warning level, the least first.
import { formatNumber } from '../../i18n/numbers.ts';
import type { Severity } from '../../stores/indicators.ts';
import { stateOfAge } from '../../stores/rows.ts';
import type { Locale } from '../../stores/session.ts';
import { gaugeLevel, marginOf, type GaugeTable } from '../../stores/water-level.ts';

export interface GaugeRow {
  readonly key: string;
  readonly name: string;
  readonly river: string | null;
  readonly level: string;
  /** Metres without a sign; `over` says on which side of the limit. */
  readonly margin: string;
  readonly over: boolean;
  readonly limit: 'warning' | 'guarantee';
  readonly severity: Severity | null;
  readonly trend: 'falling' | 'rising' | 'steady' | null;
}

export interface Gauges {
  readonly rows: readonly GaugeRow[];
  /** Gauges whose level and limit are known and fresh, of all. */
  readonly known: number;
  readonly total: number;
  readonly newestAt: number | null;
}

const STEP = 0.01;

export function gaugesOf(
  table: GaugeTable | null,
  { most, now, locale }: { most: number; now: number; locale: Locale },
): Gauges {
  const found: { slot: number; marginM: number }[] = [];
  let newestAt: number | null = null;
  for (let slot = 0; slot < (table?.highWater ?? 0); slot++) {
    if (table?.alive[slot] !== 1 || table.qualityAt(slot) === 'bad') continue;
    const at = table.validAt[slot] ?? 0;
    if (stateOfAge((now - at) / 1000, table.layer.periodS) === 'stale') continue;
    const { level, limitM } = gaugeLevel(table, slot);
    if (level === null || limitM === null) continue;
    // Ranked by the warning level also where the guarantee level counts already: the order is that of danger.
    const warningM = table.column('warningM').value(slot) ?? limitM;
    found.push({ slot, marginM: marginOf(level, warningM) });
    newestAt = Math.max(newestAt ?? 0, at);
  }
  found.sort((a, b) => a.marginM - b.marginM);
  const rows = table ? found.slice(0, most).map(({ slot }) => rowOf(table, slot, locale)) : [];
  return { rows, known: found.length, total: table?.size ?? 0, newestAt };
}

function rowOf(table: GaugeTable, slot: number, locale: Locale): GaugeRow {
  const { level, limit, limitM, severity } = gaugeLevel(table, slot);
  const marginM = marginOf(level ?? 0, limitM ?? 0);
  return {
    key: table.keyAt(slot),
    name: table.column('name').value(slot) ?? table.keyAt(slot),
    river: table.column('river').value(slot),
    level: formatNumber(level ?? 0, STEP, locale),
    margin: formatNumber(Math.abs(marginM), STEP, locale),
    over: marginM < 0,
    limit,
    severity,
    trend: table.column('trend').get(slot),
  };
}
