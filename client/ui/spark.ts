// A line through samples in a box: time from left to right, the highest value on top. Gaps stay gaps.
export interface SparkSample {
  readonly at: number;
  readonly value: number;
}

export interface SparkBox {
  readonly width: number;
  readonly height: number;
  /** The smallest value range the box shows, so that noise of the last digit does not look like a swing. */
  readonly least: number;
  /** Moments at the left and right edge, epoch ms. */
  readonly from: number;
  readonly to: number;
  /** Samples further apart than this are not joined, ms. */
  readonly gapMs: number;
}

export interface Spark {
  readonly path: string;
  /** Where it begins: left of that nothing is known. */
  readonly fromX: number;
  readonly end: readonly [x: number, y: number];
}

/** Fewer would draw a trend out of nothing. */
const LEAST = 3;

/** null with fewer than three samples in the box */
export function sparkOf(all: readonly SparkSample[], box: SparkBox): Spark | null {
  const samples = all.filter(({ at }) => at >= box.from && at <= box.to);
  const last = samples.at(-1);
  if (!last || samples.length < LEAST || box.to <= box.from) return null;
  const values = samples.map(({ value }) => value);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const range = Math.max(high - low, box.least);
  const bottom = (low + high - range) / 2;
  const point = ({ at, value }: SparkSample): readonly [number, number] => [
    (box.width * (at - box.from)) / (box.to - box.from),
    box.height * (1 - (value - bottom) / range),
  ];
  const path = samples
    .map((sample, i) => {
      const [x, y] = point(sample);
      const joined = i > 0 && sample.at - (samples[i - 1]?.at ?? 0) <= box.gapMs;
      return `${joined ? 'L' : 'M'}${x.toFixed(2)} ${y.toFixed(2)}`;
    })
    .join('');
  const [fromX] = point(samples[0] ?? last);
  return { path, fromX, end: point(last) };
}
