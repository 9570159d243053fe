import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CollisionBoard } from './collision-board.ts';
import type { Label, LabelStyle } from './label.ts';
import { LabelBoard, type BoardView } from './label-board.ts';

const style: LabelStyle = {
  font: 'text',
  sizeU: 1,
  weight: 420,
  colour: '#fff',
  spacingEm: 0,
  slanted: false,
  mark: 'none',
  plate: false,
};

const label = (id: string, more: Partial<Label> = {}): Label => ({
  id,
  text: id,
  lon: 0,
  lat: 0,
  style,
  rank: 0,
  belowM: Infinity,
  aboveM: 0,
  anchor: 'centre',
  ...more,
});

interface Spot {
  x: number;
  y: number;
}

/** A board whose labels are all of one size. */
function boardOf(labels: Label[], width = 80, height = 20): LabelBoard {
  const board = new LabelBoard();
  board.set(labels);
  board.width.fill(width);
  board.height.fill(height);
  return board;
}

function view(spots: Spot[], more: Partial<BoardView> = {}): BoardView {
  return {
    width: 1000,
    height: 600,
    heightM: 100_000,
    most: 60,
    pixelScale: 1,
    metresPerPixel: 100,
    project: (index, _, out) => {
      Object.assign(out, spots[index]);
      return true;
    },
    hidden: () => false,
    obstacles: () => undefined,
    ...more,
  };
}

const shownOf = (board: LabelBoard): string[] =>
  board.labels.filter((_, index) => board.shown[index] === 1).map(({ id }) => id);

type Rect = readonly [number, number, number, number];
const overlap = (a: Rect, b: Rect): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

const anyLabel = fc.record({
  x: fc.integer({ min: -50, max: 1050 }),
  y: fc.integer({ min: -50, max: 650 }),
  rank: fc.integer({ min: 0, max: 9 }),
  anchor: fc.constantFrom('centre' as const, 'beside' as const),
});

describe('label board', () => {
  it('never lets two overlap, nor one leave the picture or cover an obstacle, while the camera moves', () => {
    fc.assert(
      fc.property(
        fc.array(anyLabel, { maxLength: 60 }),
        fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
          maxLength: 6,
        }),
        (raw, steps) => {
          const board = boardOf(raw.map((one, index) => label(String(index), one)));
          const spots = raw.map(({ x, y }) => ({ x, y }));
          const cover = { left: 400, top: 200, right: 520, bottom: 330 };
          for (const [dx, dy] of [[0, 0], ...steps] as [number, number][]) {
            for (const spot of spots) {
              spot.x += dx;
              spot.y += dy;
            }
            board.settle(view(spots, { obstacles: (hard) => hard.add(cover) }));
            const boxes = board.boxes().map(({ box }) => box);
            boxes.forEach((a, i) => {
              expect(a[0] >= -0.01 && a[1] >= -0.01 && a[2] <= 1000.01 && a[3] <= 600.01).toBe(true);
              expect(overlap(a, [cover.left, cover.top, cover.right, cover.bottom])).toBe(false);
              boxes.slice(i + 1).forEach((b) => expect(overlap(a, b)).toBe(false));
            });
          }
        },
      ),
    );
  });

  it('prefers the lower rank, and at most so many', () => {
    const labels = [3, 1, 2].map((rank) => label(`r${rank}`, { rank }));
    const board = boardOf(labels);
    board.settle(
      view(
        [100, 300, 500].map((x) => ({ x, y: 100 })),
        { most: 2 },
      ),
    );
    expect(shownOf(board)).toEqual(['r1', 'r2']);
  });

  it('gives a name its room back though there are enough: the last one goes', () => {
    const labels = [0, 1, 2].map((rank) => label(`r${rank}`, { rank }));
    const spots = [100, 300, 500].map((x) => ({ x, y: 100 }));
    const board = boardOf(labels);
    const cover = { left: 0, top: 0, right: 200, bottom: 200 };
    const covered = view(spots, { most: 2, obstacles: (hard) => hard.add(cover) });
    board.settle(covered);
    expect(shownOf(board)).toEqual(['r1', 'r2']);
    const free = view(spots, { most: 2 });
    const all = new CollisionBoard();
    board.view = free;
    all.settle(free, [board], 'news');
    expect(shownOf(board)).toEqual(['r1', 'r2']);
    for (let times = 0; times < 2; times++) {
      all.settle(free, [board], 'refill');
      expect(shownOf(board)).toEqual(['r0', 'r1']);
    }
  });

  it('keeps what is shown until it really collides, and brings it back only with room around it', () => {
    const spots = [
      { x: 100, y: 150 },
      { x: 0, y: 150 },
    ];
    const beside = { anchor: 'centre' as const };
    const board = boardOf([label('first', { ...beside }), label('second', { rank: 1, ...beside })], 80, 300);
    const shownAt = (x: number): boolean => {
      (spots[1] as Spot).x = x;
      board.settle(view(spots));
      return shownOf(board).includes('second');
    };
    // Two boxes of 80 wide touch at 180; a shift aside of half a width is the nearest other place.
    const appears = [...Array(120).keys()].map((i) => 120 + i).find((x) => shownAt(x)) ?? 0;
    const goes = [...Array(120).keys()].map((i) => appears - i).find((x) => !shownAt(x)) ?? 0;
    expect(goes).toBeGreaterThan(0);
    expect(appears - goes).toBeGreaterThanOrEqual(5);
    const answers = [appears, goes + 1, appears, goes + 1].map((x) => {
      board.shown.fill(1);
      return shownAt(x);
    });
    expect(answers.every(Boolean)).toBe(true);
  });

  it('is the same again when nothing moved', () => {
    const spots = Array.from({ length: 40 }, (_, i) => ({ x: (i * 137) % 1000, y: (i * 71) % 600 }));
    const board = boardOf(spots.map((_, i) => label(String(i), { rank: i, anchor: 'beside' })));
    board.settle(view(spots));
    const first = board.boxes();
    for (let i = 0; i < 3; i++) {
      board.settle(view(spots));
      expect(board.boxes()).toEqual(first);
    }
  });

  it('holds a height band a little longer than it opens it', () => {
    const board = boardOf([label('town', { belowM: 200_000 })]);
    const at = (heightM: number): boolean => {
      board.settle(view([{ x: 500, y: 300 }], { heightM }));
      return shownOf(board).length === 1;
    };
    expect([at(205_000), at(195_000), at(205_000), at(215_000), at(205_000)]).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it('hides what the relief hides, and asks for the size of what it would show', () => {
    const board = boardOf([label('behind'), label('new', { rank: 1 })]);
    board.width[1] = 0;
    board.settle(
      view(
        [
          { x: 200, y: 200 },
          { x: 600, y: 200 },
        ],
        { hidden: (index) => index === 0 },
      ),
    );
    expect(shownOf(board)).toEqual([]);
    expect(board.wanted).toEqual([1]);
  });

  it('steps aside for signs where it can', () => {
    const board = boardOf([label('town', { anchor: 'beside' })], 80, 20);
    const at = { x: 500, y: 300 };
    board.settle(view([at]));
    const right = board.boxes()[0]?.box as Rect;
    expect(right[0]).toBeGreaterThanOrEqual(at.x);
    const moved = boardOf([label('town', { anchor: 'beside' })], 80, 20);
    const sign = { left: 530, top: 290, right: 550, bottom: 310 };
    moved.settle(view([at], { obstacles: (_, soft) => soft?.add(sign) }));
    expect((moved.boxes()[0]?.box as Rect)[2]).toBeLessThanOrEqual(at.x + 1);
  });
});
