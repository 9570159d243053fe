// Finds room for marks beside their places: right, left, above, below; the most important first, hidden where there is none.

export interface Wish {
  /** The place, canvas pixels, y down. */
  readonly at: { readonly x: number; readonly y: number };
  readonly width: number;
  readonly height: number;
  readonly rank: number;
  /** Pixels between the place and the mark. */
  readonly clearPx: number;
  readonly stand: 'beside' | 'under' | 'on';
  /** Placed first, and even where there is no room. */
  readonly must: boolean;
}

export interface Placed<W> {
  readonly wish: W;
  readonly left: number;
  readonly top: number;
}

/** Canvas pixels, y down. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const CELL = 64;
const GAP_PX = 2;

export interface Room {
  /** Canvas pixels. */
  readonly width: number;
  readonly height: number;
  /** What is there already. */
  readonly taken: readonly Rectangle[];
  /** Marks at most, but for those that must be shown. */
  readonly most: number;
}

export function placeMarks<W extends Wish>(wishes: readonly W[], room: Room): Placed<W>[] {
  const cells = new Map<number, Rectangle[]>();
  const occupy = (box: Rectangle): void => {
    eachCell(box, (cell) => {
      const there = cells.get(cell);
      if (there) there.push(box);
      else cells.set(cell, [box]);
    });
  };
  room.taken.forEach(occupy);
  const placed: Placed<W>[] = [];
  const order = [...wishes].sort((a, b) => Number(b.must) - Number(a.must) || a.rank - b.rank);
  for (const wish of order) {
    if (placed.length >= room.most && !wish.must) break;
    const places = placesOf(wish).filter((place) => isInside(place, room));
    const box =
      places.find((place) => isFree(place, cells)) ??
      (wish.must ? (places[0] ?? placesOf(wish)[0]) : undefined);
    if (!box) continue;
    occupy(box);
    placed.push({ wish, left: box.left, top: box.top });
  }
  return placed;
}

function placesOf({ at, width, height, clearPx, stand }: Wish): Rectangle[] {
  const gap = clearPx + GAP_PX;
  const middle = { left: at.x - width / 2, top: at.y - height / 2, width, height };
  const below = { ...middle, top: at.y + gap };
  if (stand === 'under') {
    const lower = { ...below, top: below.top + height * 0.8 };
    const above = { ...middle, top: at.y - gap - height };
    return [below, above, lower, { ...below, left: at.x }, { ...below, left: at.x - width }];
  }
  const around = [
    { ...middle, left: at.x + gap },
    { ...middle, left: at.x - gap - width },
    { ...middle, top: at.y - gap - height },
    below,
  ];
  return stand === 'on' ? [middle, ...around] : around;
}

const isInside = ({ left, top, width, height }: Rectangle, room: Room): boolean =>
  left >= 0 && top >= 0 && left + width <= room.width && top + height <= room.height;

function isFree(box: Rectangle, cells: ReadonlyMap<number, readonly Rectangle[]>): boolean {
  let free = true;
  eachCell(box, (cell) => {
    if (free && cells.get(cell)?.some((other) => overlap(box, other))) free = false;
  });
  return free;
}

const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.left + b.width &&
  b.left < a.left + a.width &&
  a.top < b.top + b.height &&
  b.top < a.top + a.height;

function eachCell(box: Rectangle, call: (cell: number) => void): void {
  for (let x = Math.floor(box.left / CELL); x * CELL < box.left + box.width; x++) {
    for (let y = Math.floor(box.top / CELL); y * CELL < box.top + box.height; y++) call(x * 4096 + y);
  }
}
