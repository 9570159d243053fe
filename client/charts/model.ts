// What a chart along time shows: lines, limits and what is missing, before any engine.
export interface Point {
  /** Epoch ms. */
  readonly at: number;
  /** null where nothing is known: the line stops there. */
  readonly value: number | null;
}

export type ChartSeverity = 'red' | 'orange' | 'yellow' | 'blue';

export interface ChartLimit {
  readonly value: number;
  /** Written on the line: 警戒 463.0. Empty: only the colour changes there. */
  readonly word: string;
  /** A value beyond the limit takes this colour. */
  readonly severity: ChartSeverity | null;
  /** Beyond: above for levels, below for things that must not fall. */
  readonly side: 'above' | 'below';
}

export interface ChartLine {
  readonly key: string;
  readonly name: string;
  /** In order of time. */
  readonly points: readonly Point[];
  /** Observed is solid; a forecast is dashed and violet. */
  readonly kind: 'observed' | 'forecast';
  /** Forecasts of several options are told apart by it; default: dash. */
  readonly dash?: 'dash' | 'dot' | 'thin';
  /** [epoch ms, low, high] of an interval around the line; drawn where it is not empty. */
  readonly band?: readonly (readonly [at: number, low: number, high: number])[];
  /** The highest point, drawn as a dot with its value. */
  readonly peak?: { readonly at: number; readonly value: number } | null;
}

export interface ChartModel {
  readonly title: string;
  readonly unit: string;
  /** Step of the values: decides the decimals. */
  readonly step: number;
  readonly shape: 'line' | 'column' | 'hanging';
  readonly from: number;
  readonly to: number;
  readonly lines: readonly ChartLine[];
  readonly limits: readonly ChartLimit[];
  /** Stretches in which nothing could be known, epoch ms. */
  readonly gaps: readonly (readonly [from: number, to: number])[];
}

/** The last known point at a moment, at most `reachMs` before it; null where nothing is known. */
export function sampleAt(points: readonly Point[], at: number, reachMs: number): Point | null {
  let low = 0;
  let high = points.length - 1;
  let found: Point | null = null;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const point = points[middle];
    if (!point || point.at > at) high = middle - 1;
    else {
      found = point;
      low = middle + 1;
    }
  }
  return found && found.value !== null && at - found.at <= reachMs ? found : null;
}

/** Points with an empty one inside each gap, so that no line runs across it. */
export function brokenAt(points: readonly Point[], gaps: ChartModel['gaps']): readonly Point[] {
  if (gaps.length === 0) return points;
  const holes = gaps.map(([from, to]): Point => ({ at: (from + to) / 2, value: null }));
  return [...points, ...holes].sort((a, b) => a.at - b.at);
}

/** Lowest and highest of all values and of the limits near them; null without any value. */
export function extentOf({ lines, limits, shape }: ChartModel): readonly [low: number, high: number] | null {
  const values = lines.flatMap(({ points, band = [] }) => [
    ...points.flatMap(({ value }) => (value === null ? [] : [value])),
    ...band.flatMap(([, low, high]) => [low, high]),
  ]);
  if (values.length === 0) return null;
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (shape !== 'line') return [Math.min(0, low), Math.max(high, 1)];
  const reach = Math.max(high - low, Math.abs(high) * 0.02, 1e-9);
  // A limit far away would press the line flat: it is then said in words only.
  for (const { value, word } of limits) {
    if (word === '') continue;
    if (value > high && value - high <= reach * 3) high = value;
    if (value < low && low - value <= reach * 3) low = value;
  }
  const margin = (high - low || reach) * 0.12;
  return [low - margin, high + margin];
}
