// Lines cut into segments and sorted into squares: how far is the nearest one, and which way does it run.

/** Side of a square, metres. Nothing farther than this is found. */
const CELL_M = 800;

export interface Nearest {
  /** From the line's edge (its half width taken off), metres. */
  distance: number;
  /** Direction of the line there, radians from east, counter-clockwise. */
  angle: number;
  /** The nearest point of the line's middle, metres. */
  x: number;
  y: number;
}

export interface SegmentIndex {
  add(line: readonly (readonly [number, number])[], halfWidthM: number): void;
  /** Undefined when nothing is within 800 m. */
  nearest(x: number, y: number): Nearest | undefined;
}

export function createSegmentIndex(): SegmentIndex {
  // Five numbers a segment: both ends and the half width.
  const segments: number[] = [];
  const squares = new Map<number, number[]>();
  const keyOf = (ix: number, iy: number): number => (ix + 32768) * 65536 + iy + 32768;
  return {
    add(line, halfWidthM) {
      for (let k = 0; k + 1 < line.length; k++) {
        const [ax, ay] = line[k]!;
        const [bx, by] = line[k + 1]!;
        const id = segments.length;
        segments.push(ax, ay, bx, by, halfWidthM);
        const pieces = Math.ceil(Math.hypot(bx - ax, by - ay) / (CELL_M / 2)) || 1;
        let last = Number.NaN;
        for (let s = 0; s <= pieces; s++) {
          const t = s / pieces;
          const key = keyOf(
            Math.floor((ax + t * (bx - ax)) / CELL_M),
            Math.floor((ay + t * (by - ay)) / CELL_M),
          );
          if (key === last) continue;
          last = key;
          const square = squares.get(key);
          if (square) square.push(id);
          else squares.set(key, [id]);
        }
      }
    },
    nearest(x, y) {
      const cx = Math.floor(x / CELL_M);
      const cy = Math.floor(y / CELL_M);
      let best: Nearest | undefined;
      for (let ix = cx - 1; ix <= cx + 1; ix++) {
        for (let iy = cy - 1; iy <= cy + 1; iy++) {
          for (const id of squares.get(keyOf(ix, iy)) ?? []) best = nearer(segments, id, { x, y, best });
        }
      }
      return best;
    },
  };
}

function nearer(
  s: number[],
  id: number,
  { x, y, best }: { x: number; y: number; best: Nearest | undefined },
): Nearest | undefined {
  const ax = s[id]!;
  const ay = s[id + 1]!;
  const dx = s[id + 2]! - ax;
  const dy = s[id + 3]! - ay;
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square));
  const px = ax + t * dx;
  const py = ay + t * dy;
  const distance = Math.hypot(x - px, y - py) - s[id + 4]!;
  if (distance > CELL_M || (best && best.distance <= distance)) return best;
  return { distance, angle: Math.atan2(dy, dx), x: px, y: py };
}
