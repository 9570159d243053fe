// The rows of a layer with the highest, or the lowest, value of one number column. Stale and bad rows do not count.
import { formatNumber, unitOf } from '../../i18n/numbers.ts';
import { nameOf, stateOfAge } from '../../stores/rows.ts';
import type { LayerTable } from '../../../contracts/table.ts';
import type { Locale } from '../../stores/session.ts';
import type { RankRow } from '../../ui/rank-row.ts';

export interface HighestSources {
  readonly table: LayerTable;
  readonly column: string;
  readonly rising: boolean;
  readonly most: number;
  /** What fills a bar; absent, and where more is reached: the largest value. */
  readonly full?: number;
  readonly now: number;
  readonly locale: Locale;
}

export interface Highest {
  readonly rows: readonly RankRow[];
  /** Rows with a usable value. */
  readonly usable: number;
  readonly newestAt: number | null;
}

interface Numbers {
  value(slot: number): number | null;
}

/** An unknown column, or one that holds no number, has no rows. */
export function highestOf(sources: HighestSources): Highest {
  const { table, column, rising, most, full = 0, now, locale } = sources;
  const definition = table.layer.columns[column];
  if (definition?.type !== 'number') return { rows: [], usable: 0, newestAt: null };
  const numbers = table.column(column) as unknown as Numbers;
  const found: { slot: number; value: number }[] = [];
  let newestAt: number | null = null;
  for (let slot = 0; slot < table.highWater; slot++) {
    if (table.alive[slot] !== 1 || table.qualityAt(slot) === 'bad') continue;
    const at = table.validAt[slot] ?? 0;
    if (stateOfAge((now - at) / 1000, table.layer.periodS) === 'stale') continue;
    const value = numbers.value(slot);
    if (value === null) continue;
    found.push({ slot, value });
    newestAt = Math.max(newestAt ?? 0, at);
  }
  found.sort((a, b) => (a.value - b.value) * (rising ? 1 : -1) || a.slot - b.slot);
  const largest = Math.max(full, ...found.map(({ value }) => value));
  const rows = found.slice(0, most).map(({ slot, value }) => ({
    key: table.keyAt(slot),
    name: shorten(nameOf(table, slot)),
    text: formatNumber(value, definition.step, locale),
    unit: unitOf(definition.unit, locale),
    share: largest === 0 ? 0 : Math.max(0, value) / largest,
    level: null,
  }));
  return { rows, usable: found.length, newestAt };
}

/** What every name of a kind of station ends with says nothing in a list of them. */
const ENDS = /(自动)?(气象|雨量|交调|监测|水文|能见度)?(站|点)$/;
const shorten = (name: string): string => name.replace(ENDS, '') || name;
