// Places labels by rank in a screen grid: the first that fits stays, the others are hidden, never shrunk.

export interface Box {
  readonly id: string;
  readonly rank: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const CELL = 64;

/** Ids that stay, at most `most`, no two overlapping; equal ranks in the order given. */
export function declutter(boxes: readonly Box[], most: number): Set<string> {
  const kept = new Set<string>();
  const cells = new Map<number, Box[]>();
  const byRank = [...boxes].sort((a, b) => a.rank - b.rank);
  for (const box of byRank) {
    if (kept.size >= most) break;
    const touched = cellsOf(box);
    if (touched.some((cell) => cells.get(cell)?.some((other) => overlap(box, other)))) continue;
    kept.add(box.id);
    for (const cell of touched) {
      const list = cells.get(cell);
      if (list) list.push(box);
      else cells.set(cell, [box]);
    }
  }
  return kept;
}

function cellsOf(box: Box): number[] {
  const cells: number[] = [];
  for (let x = Math.floor(box.left / CELL); x * CELL < box.left + box.width; x++) {
    for (let y = Math.floor(box.top / CELL); y * CELL < box.top + box.height; y++) cells.push(x * 4096 + y);
  }
  return cells;
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.left + b.width &&
  b.left < a.left + a.width &&
  a.top < b.top + b.height &&
  b.top < a.top + a.height;
