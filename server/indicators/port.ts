// What other parts of the server see of the indicators.
import type { RowInput } from '../../contracts/table.ts';
import type { Title } from '../../contracts/column.ts';
import type { indicatorValue } from '../../contracts/layers/indicator-value.ts';
import type { Level, Limits } from './score.ts';

export type IndicatorRow = RowInput<(typeof indicatorValue)['columns']>;

/** What event-driven layers need to tell "none" from "nobody told us": how the feeds that write them are. */
export interface FeedContact {
  /** Layer slugs. */
  readonly writes: readonly string[];
  /** One of live, late, stale, down, degraded, quiet, off. */
  readonly state: string;
  /** Last contact, epoch ms; null: never since start. */
  readonly lastOkAt: number | null;
}

/** One indicator as people read about it (口径): for the list over HTTP and for docs. */
export interface IndicatorFacts {
  readonly slug: string;
  readonly version: number;
  readonly title: Title;
  readonly unit: Title;
  readonly sign: string | null;
  readonly key: boolean;
  readonly direction: string;
  readonly limits: readonly Limits[];
  /** null: not connected, so nothing is sampled. */
  readonly periodS: number | null;
  readonly inputs: readonly string[];
  readonly systems: readonly string[];
  readonly granularity: string;
  readonly aggregate: string;
  readonly formula: Title | null;
  readonly connected: boolean;
}

export interface LevelChange {
  /** Code of the county, or of the city. */
  readonly region: string;
  readonly value: number;
  readonly level: Level | null;
  readonly then: Level | null;
}

export interface Indicators {
  /** Computes what is due, at most a few indicators a call. Call once a tick before the world moves on, or `start`. */
  run(at: number): void;
  /** Runs by the clock, once a second, until `stop`. */
  start(): void;
  stop(): void;
  /** Everything that is computed or planned, vital signs and city index last; thresholds as they hold now. */
  readonly facts: readonly IndicatorFacts[];
  /** What each region with a value is now, and would be with other thresholds. */
  levelsWith(slug: string, code: readonly number[]): readonly LevelChange[];
}
