// What every bench hands back: one line of JSON, as docs/benchmarks.md lists it.

export interface BenchCheck {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly target: string;
  readonly ok: boolean;
}

export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The named alternative, measured in the same run; '' where there is none. */
  readonly rival: string;
  readonly rivalValue: number | null;
  /** rivalValue / value; null where there is no rival. */
  readonly ratio: number | null;
  readonly target: string;
  readonly ok: boolean;
  /** False when the machine was saturated by the load generator. */
  readonly valid: boolean;
  readonly checks: readonly BenchCheck[];
}

export interface BenchOptions {
  readonly json: boolean;
  readonly long: boolean;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

export const rounded = (value: number, digits = 3): number => Number(value.toFixed(digits));
