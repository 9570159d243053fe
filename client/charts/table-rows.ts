// The values of a chart as rows: one for each moment any line has, in order of time.
import type { ChartModel } from './model.ts';

export interface ChartRow {
  readonly at: number;
  /** By line, in the order of the model; null where the line has nothing at that moment. */
  readonly values: readonly (number | null)[];
}

export function rowsOf({ lines }: ChartModel): ChartRow[] {
  const moments = [...new Set(lines.flatMap(({ points }) => points.map(({ at }) => at)))].sort(
    (a, b) => a - b,
  );
  const byLine = lines.map(({ points }) => new Map(points.map(({ at, value }) => [at, value])));
  return moments.map((at) => ({ at, values: byLine.map((values) => values.get(at) ?? null) }));
}
