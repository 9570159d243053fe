// Which line of a chart is pointed at: the one nearest to the pointer at its moment.
import { extentOf, sampleAt, type ChartModel } from './model.ts';

export interface PointedAt {
  /** Epoch ms. */
  readonly at: number;
  /** Height in the plot: 0 at its top, 1 at its foot. */
  readonly down: number;
  /** A value older than this is none, ms. */
  readonly reachMs: number;
}

export interface PlotBox {
  readonly width: number;
  readonly height: number;
  /** Around the plot within it. */
  readonly grid: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
}

/** What a place in the box of a chart, CSS pixels from its left top, points at; null beside the plot. */
export function placeIn(
  { x, y }: { readonly x: number; readonly y: number },
  { width, height, grid }: PlotBox,
  { from, to }: Pick<ChartModel, 'from' | 'to'>,
): Pick<PointedAt, 'at' | 'down'> | null {
  const share = (x - grid.left) / (width - grid.left - grid.right);
  if (share < 0 || share > 1) return null;
  return { at: from + share * (to - from), down: (y - grid.top) / (height - grid.top - grid.bottom) };
}

/** Key of the line; null where none of them says anything then. */
export function lineAt(model: ChartModel, { at, down, reachMs }: PointedAt): string | null {
  const extent = extentOf(model);
  if (!extent) return null;
  const [low, high] = extent;
  const value = model.shape === 'hanging' ? low + down * (high - low) : high - down * (high - low);
  let nearest: { key: string; off: number } | null = null;
  for (const { key, points } of model.lines) {
    const said = sampleAt(points, at, reachMs)?.value ?? null;
    if (said === null) continue;
    const off = Math.abs(said - value);
    if (!nearest || off < nearest.off) nearest = { key, off };
  }
  return nearest?.key ?? null;
}
