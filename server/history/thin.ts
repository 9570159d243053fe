// Points of a chart out of the observations of one object: whole, or one point a step.
import { NULL_QUANTUM } from '../../contracts/column.ts';

export type Aggregate = 'last' | 'mean' | 'min' | 'max';

/** Observations ascending by validAt, cells row after row. */
export interface Rows {
  readonly validAt: Float64Array;
  readonly cells: Int32Array;
  readonly width: number;
  readonly from: number;
  /** Behind the last one. */
  readonly to: number;
}

/** One column to draw: where its cells stand in a row, and what a cell means. */
export interface PlotColumn {
  readonly at: number;
  /** A code has no mean: it is always the last one of a step. */
  readonly isCode: boolean;
  /** From a whole number, or the mean of some. */
  readonly value: (quantum: number) => number | string;
}

export type Point = readonly [validAt: number, ...values: (number | string | null)[]];

export interface Thinning {
  /** Milliseconds; 0: every observation. Steps begin at multiples of it since the epoch. */
  readonly stepMs: number;
  readonly aggregate: Aggregate;
}

/** A point stands at the moment of the last observation of its step. A step without observations has no point. */
export function thin(rows: Rows, columns: readonly PlotColumn[], { stepMs, aggregate }: Thinning): Point[] {
  const points: Point[] = [];
  const { validAt } = rows;
  for (let first = rows.from; first < rows.to;) {
    let end = first + 1;
    if (stepMs > 0) {
      const next = (Math.floor((validAt[first] as number) / stepMs) + 1) * stepMs;
      while (end < rows.to && (validAt[end] as number) < next) end += 1;
    }
    const span = { first, end };
    points.push([
      validAt[end - 1] as number,
      ...columns.map((column) => valueOf(rows, column, { span, aggregate })),
    ]);
    first = end;
  }
  return points;
}

interface Step {
  readonly span: { readonly first: number; readonly end: number };
  readonly aggregate: Aggregate;
}

function valueOf({ cells, width }: Rows, column: PlotColumn, step: Step): number | string | null {
  const { span } = step;
  const aggregate = column.isCode ? 'last' : step.aggregate;
  let sum = 0;
  let count = 0;
  let result = NULL_QUANTUM;
  for (let row = span.first; row < span.end; row += 1) {
    const cell = cells[row * width + column.at] as number;
    if (cell === NULL_QUANTUM) continue;
    const isFirst = result === NULL_QUANTUM;
    if (isFirst || aggregate === 'last') result = cell;
    else if (aggregate === 'min') result = Math.min(result, cell);
    else if (aggregate === 'max') result = Math.max(result, cell);
    sum += cell;
    count += 1;
  }
  if (count === 0) return null;
  return column.value(aggregate === 'mean' ? sum / count : result);
}
