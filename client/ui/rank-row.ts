// A line of a ranking, as every ranking shows it.
import type { Severity } from '../stores/indicators.ts';

export interface RankRow {
  readonly key: string;
  readonly name: string;
  /** null: no data. */
  readonly text: string | null;
  readonly unit: string;
  /** Length of the bar, 0–1. */
  readonly share: number;
  readonly level: Severity | null;
  /** Said after the value, in words. */
  readonly note?: string | undefined;
}
