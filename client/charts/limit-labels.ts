// Where the words of limits stand: each on its own line, above it if it can, else below it or behind the word that is in
// its way, so that two limits close to each other can both be read.

export interface LabelledLine {
  /** Height of the line in the plot, px from its top. */
  readonly y: number;
  readonly text: string;
}

interface Room {
  readonly width: number;
  readonly height: number;
  /** Size of the letters, px. */
  readonly textPx: number;
}

export interface LabelSpot {
  readonly above: boolean;
  /** From the beginning of the line, px. */
  readonly x: number;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Between a word and its line, and between two words. */
export const GAP_PX = 3;
/** A line of text is so much taller than its letters. */
const LINE_HEIGHT = 1.15;
const LATIN_WIDTH = 0.58;

const widthOf = (text: string, textPx: number): number =>
  [...text].reduce((sum, char) => sum + (char.charCodeAt(0) > 0x2e7f ? 1 : LATIN_WIDTH), 0) * textPx;

/** A place for the word of each line, in the order given; null where there is none left and the line stands alone. */
export function spotsOf(lines: readonly LabelledLine[], room: Room): (LabelSpot | null)[] {
  const taken: Box[] = [];
  const topFirst = lines.map((line, index) => ({ line, index })).sort((a, b) => a.line.y - b.line.y);
  const spots: (LabelSpot | null)[] = lines.map(() => null);
  for (const { line, index } of topFirst) {
    const starts = [0, ...taken.map(({ right }) => right + GAP_PX * 3)];
    const options = starts.flatMap((x) => [
      { above: true, x },
      { above: false, x },
    ]);
    const found = options
      .map((spot) => ({ spot, box: boxOf(line, spot, room.textPx) }))
      .find(({ box }) => fits(box, room) && !taken.some((other) => overlap(box, other)));
    if (!found) continue;
    taken.push(found.box);
    spots[index] = found.spot;
  }
  return spots;
}

export function boxOf({ y, text }: LabelledLine, { above, x }: LabelSpot, textPx: number): Box {
  const tall = textPx * LINE_HEIGHT + GAP_PX;
  return {
    left: x,
    right: x + widthOf(text, textPx),
    top: above ? y - tall : y,
    bottom: above ? y : y + tall,
  };
}

const fits = (box: Box, { width, height }: Room): boolean =>
  box.right <= width && box.top >= 0 && box.bottom <= height;

export const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
