// A line through samples in a box: time from left to right, the highest value on top.
export interface SparkSample {
  readonly at: number;
  readonly value: number;
}

export interface Spark {
  readonly path: string;
  readonly end: readonly [x: number, y: number];
}

/** Fewer would draw a trend out of nothing. */
const LEAST = 3;

/**
 * @param least the smallest value range the box shows, so that noise of the last digit does not look like a swing
 * @returns null with fewer than three samples
 */
export function sparkOf(
  samples: readonly SparkSample[],
  box: { readonly width: number; readonly height: number; readonly least: number },
): Spark | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || samples.length < LEAST || last.at <= first.at) return null;
  const values = samples.map(({ value }) => value);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const range = Math.max(high - low, box.least);
  const bottom = (low + high - range) / 2;
  const point = ({ at, value }: SparkSample): readonly [number, number] => [
    (box.width * (at - first.at)) / (last.at - first.at),
    box.height * (1 - (value - bottom) / range),
  ];
  const path = samples
    .map((sample, i) => {
      const [x, y] = point(sample);
      return `${i === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`;
    })
    .join('');
  return { path, end: point(last) };
}
