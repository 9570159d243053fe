// Where a text may stand about its place: the ways it is tried, the best first.
import type { Box } from './screen-grid.ts';

/** Four numbers a way: left and top edge in parts of the text's width and height, then in gaps. */
export type Anchors = readonly number[];

/** On the place, or a little off it; over or under what has two lines there. */
export const CENTRED: Anchors = [
  ...[-0.5, -0.5, 0, 0],
  ...[-0.5, -1.3, 0, 0],
  ...[-0.5, 0.3, 0, 0],
  ...[-0.1, -0.5, 0, 0],
  ...[-0.9, -0.5, 0, 0],
  ...[-0.5, -2, 0, 0],
  ...[-0.5, 1, 0, 0],
  ...[0.2, -0.5, 0, 0],
  ...[-1.2, -0.5, 0, 0],
  ...[0.1, 0.8, 0, 0],
  ...[-1.1, 0.8, 0, 0],
  ...[0.1, -1.8, 0, 0],
  ...[-1.1, -1.8, 0, 0],
  ...[-0.5, -2.8, 0, 0],
  ...[-0.5, 1.8, 0, 0],
];
/** Beside a mark or a sign at the place, on whichever side is free. */
export const AROUND: Anchors = [
  ...[0, -0.5, 1, 0],
  ...[-1, -0.5, -1, 0],
  ...[-0.5, -1, 0, -1],
  ...[-0.5, 0, 0, 1],
  ...[0, -1, 0.75, -0.75],
  ...[0, 0, 0.75, 0.75],
  ...[-1, -1, -0.75, -0.75],
  ...[-1, 0, -0.75, 0.75],
];
/** On the place where it can be, else around it. */
export const ON: Anchors = [-0.5, -0.5, 0, 0, ...AROUND];
/** The line under a name, or over it where that is taken. */
export const UNDER: Anchors = [
  ...[-0.5, 0, 0, 1],
  ...[-0.5, -1, 0, -1],
  ...[-0.5, 0.8, 0, 1],
  ...[0, 0, 0, 1],
  ...[-1, 0, 0, 1],
];
/** Farther and farther off: for what must not be left out. */
export const FAR: Anchors = [1, 2, 3, 4].flatMap((step) => [
  ...[-0.5, 0.2 + step, 0, 1],
  ...[-0.5, -1.2 - step, 0, -1],
  ...[0.1 * step, -0.5 - step, 1, 0],
  ...[0.1 * step, -0.5 + step, 1, 0],
  ...[-1 - 0.1 * step, -0.5 - step, -1, 0],
  ...[-1 - 0.1 * step, -0.5 + step, -1, 0],
]);

export const waysOf = (anchors: Anchors): number => anchors.length / 4;

export interface Anchored {
  /** Which of the anchors. */
  way: number;
  /** The place, canvas pixels, y down. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** Pixels between the place and the text. */
  gap: number;
}

/** Writes the box of a text that stands one of these ways. */
export function anchorInto(
  anchors: Anchors,
  { way, x, y, width, height, gap }: Readonly<Anchored>,
  box: Box,
): void {
  const from = way * 4;
  box.left = x + (anchors[from] as number) * width + (anchors[from + 2] as number) * gap;
  box.top = y + (anchors[from + 1] as number) * height + (anchors[from + 3] as number) * gap;
  box.right = box.left + width;
  box.bottom = box.top + height;
}
