import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GroupPlaces } from '../groups/group-places.ts';
import { ASIDE_AT, GROUP_BYTES, GROUP_FLOATS, HIDDEN_ASIDE, ID_AT } from '../groups/group-record.ts';
import type { Mark } from '../marks/mark.ts';
import { MarkPlaces } from '../marks/mark-places.ts';
import { CollisionBoard, type Pass } from './collision-board.ts';
import type { Label } from './label.ts';
import { LabelBoard } from './label-board.ts';
import { TIER } from './ranks.ts';

type Rect = readonly [left: number, top: number, right: number, bottom: number];
const WIDTH = 1000;
const HEIGHT = 600;
/** The legend. */
const LEGEND: Rect = [20, 400, 220, 590];

interface Spot {
  readonly x: number;
  readonly y: number;
}
interface NameAt extends Spot {
  readonly rank: number;
}
interface MarkAt extends Spot {
  readonly width: number;
  readonly rank: number;
  readonly must: boolean;
}
interface GroupAt extends Spot {
  readonly count: number;
}

const x = fc.integer({ min: -40, max: WIDTH + 40 });
const y = fc.integer({ min: -40, max: HEIGHT + 40 });
const city = fc.record({
  names: fc.array(
    fc.record({
      x,
      y,
      rank: fc.constantFrom(TIER.seat, TIER.seat + 5, TIER.town, TIER.town + 3, TIER.rest),
    }),
    { maxLength: 40 },
  ),
  marks: fc.array(
    fc.record({
      x,
      y,
      width: fc.integer({ min: 30, max: 180 }),
      rank: fc.nat(60),
      must: fc.constantFrom(false, false, true),
    }),
    { maxLength: 25 },
  ),
  groups: fc.array(fc.record({ x, y, count: fc.integer({ min: 2, max: 900 }) }), { maxLength: 25 }),
});

/** Names, marks and groups of a city seen straight from above, a metre a pixel: `shift` moves the camera. */
class Scene {
  readonly names = new LabelBoard();
  readonly marks = new MarkPlaces((mark) => ({
    x: 0,
    y: 0,
    width: Number(mark.id.split(':')[1]),
    height: 22,
  }));
  readonly groups = new GroupPlaces();
  shift = { x: 0, y: 0 };
  /** Nothing is free outside of this. */
  only: Rect = [0, 0, WIDTH, HEIGHT];
  private readonly board = new CollisionBoard();
  private readonly spots: readonly Spot[];

  constructor(names: readonly NameAt[]) {
    this.spots = names;
    this.names.set(names.map(labelAt));
    this.names.width.fill(70);
    this.names.height.fill(24);
    this.names.reach.fill(8);
    this.groups.list('calls', true);
    this.groups.view = this.view;
    this.marks.view = this.view;
    this.names.view = this.view;
  }

  private readonly view = {
    ...{ width: WIDTH, height: HEIGHT, pixelScale: 1, heightM: 50_000, most: 60, metresPerPixel: 1 },
    project: (index: number, _: number, out: { x: number; y: number }) => {
      out.x = (this.spots[index]?.x ?? 0) + this.shift.x;
      out.y = (this.spots[index]?.y ?? 0) + this.shift.y;
      return true;
    },
    projectPlace: ([east, north]: readonly [number, number, number], out: { x: number; y: number }) => {
      out.x = east + this.shift.x;
      out.y = north + this.shift.y;
      return true;
    },
    hidden: () => false,
    hiddenPlace: () => false,
    obstacles: (hard: { add(box: { left: number; top: number; right: number; bottom: number }): void }) => {
      const [west, north, east, south] = this.only;
      const walls: Rect[] = [
        [0, 0, west, HEIGHT],
        [east, 0, WIDTH, HEIGHT],
        [0, 0, WIDTH, north],
        [0, south, WIDTH, HEIGHT],
      ];
      for (const [left, top, right, bottom] of [LEGEND, ...walls]) hard.add({ left, top, right, bottom });
    },
  };

  setMarks(marks: readonly MarkAt[]): void {
    this.marks.set(
      'values',
      marks.map((mark, index) => ({ mark: markAt(mark, index), place: [mark.x, mark.y, 0] as const })),
    );
  }

  setGroups(groups: readonly GroupAt[]): void {
    this.groups.set('calls', recordsOf(groups), { quiet: false, order: 10 });
  }

  settle(pass: Pass): void {
    this.board.settle(this.view, [this.marks, this.groups, this.names], pass);
  }

  /** What stands where. */
  placed(): Map<string, Rect> {
    const out = new Map<string, Rect>(this.names.boxes().map(({ id, box }) => [`name ${id}`, box]));
    for (const { mark, place, picture, left, top } of this.marks.shown()) {
      const [atX, atY] = [place[0] + this.shift.x + left, place[1] + this.shift.y + top];
      const { width = 0, height = 0 } = picture ?? {};
      out.set(`mark ${mark.id}`, [atX, atY, atX + width, atY + height]);
    }
    for (const { stand, x: atX, y: atY, radius } of this.groups.circles('calls'))
      out.set(`group ${stand.index}`, [atX - radius, atY - radius, atX + radius, atY + radius]);
    return out;
  }
}

const labelAt = ({ rank }: NameAt, index: number): Label => ({
  ...{ id: String(index), text: String(index), lon: 0, lat: 0, rank, belowM: Infinity, aboveM: 0 },
  anchor: 'beside',
  style: {
    ...{ font: 'text', sizeU: 1, weight: 420, colour: '#fff', spacingEm: 0 },
    ...{ slanted: false, mark: 'dot', plate: false },
  } as const,
});

const markAt = ({ x: lon, y: lat, width, rank, must }: MarkAt, index: number): Mark => ({
  ...{ id: `${index}:${width}`, lon, lat, lines: [], rank, belowM: Infinity, clearPx: 8 },
  ...(must ? { must, stand: 'on' } : {}),
});

function recordsOf(groups: readonly GroupAt[]): Uint8Array<ArrayBuffer> {
  const floats = new Float32Array(groups.length * GROUP_FLOATS);
  const words = new Uint32Array(floats.buffer);
  groups.forEach((group, index) => {
    floats.set([group.x, group.y, 0, group.count], index * GROUP_FLOATS);
    words[index * GROUP_FLOATS + ID_AT / 4] = index + 1;
  });
  return new Uint8Array(floats.buffer);
}

const overlap = (a: Rect, b: Rect): boolean =>
  a[0] < b[2] - 0.01 && b[0] < a[2] - 0.01 && a[1] < b[3] - 0.01 && b[1] < a[3] - 0.01;

function expectClear(scene: Scene): void {
  const boxes = [...scene.placed()];
  boxes.forEach(([id, box], index) => {
    expect(box[0] >= -0.01 && box[1] >= -0.01 && box[2] <= WIDTH + 0.01 && box[3] <= HEIGHT + 0.01, id).toBe(
      true,
    );
    expect(overlap(box, LEGEND), `${id} under the legend`).toBe(false);
    for (const [other, there] of boxes.slice(index + 1))
      expect(overlap(box, there), `${id} over ${other}`).toBe(false);
  });
}

function sceneOf({ names, marks, groups }: { names: NameAt[]; marks: MarkAt[]; groups: GroupAt[] }): Scene {
  const scene = new Scene(names);
  scene.setMarks(marks);
  scene.setGroups(groups);
  scene.settle('whole');
  return scene;
}

describe('the collision board', () => {
  it('lets no two of anything overlap, nor stand under the legend, whatever moves', () => {
    const step = fc.record({
      pass: fc.constantFrom<Pass>('whole', 'hold', 'news', 'refill'),
      dx: fc.integer({ min: -25, max: 25 }),
      dy: fc.integer({ min: -25, max: 25 }),
      drift: fc.integer({ min: -12, max: 12 }),
    });
    fc.assert(
      fc.property(city, fc.array(step, { maxLength: 8 }), (given, steps) => {
        const scene = sceneOf(given);
        expectClear(scene);
        let groups = given.groups;
        for (const { pass, dx, dy, drift } of steps) {
          if (pass === 'hold' || pass === 'whole')
            scene.shift = { x: scene.shift.x + dx, y: scene.shift.y + dy };
          else {
            groups = groups.map((group, i) => ({ ...group, x: group.x + (i % 3 === 0 ? drift : 0) }));
            scene.setGroups(groups);
          }
          scene.settle(pass);
          expectClear(scene);
        }
      }),
      { numRuns: 120 },
    );
  });

  it('moves nothing at a tick but what itself moved', () => {
    const drifts = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 25, maxLength: 25 });
    fc.assert(
      fc.property(city, drifts, (given, drift) => {
        const calm = { ...given, marks: given.marks.map((mark) => ({ ...mark, must: false, rank: 30 })) };
        const scene = sceneOf(calm);
        const before = scene.placed();
        for (let tick = 1; tick <= 3; tick++) {
          scene.setMarks(calm.marks);
          scene.setGroups(calm.groups.map((group, i) => ({ ...group, x: group.x + tick * (drift[i] ?? 0) })));
          scene.settle('news');
          const after = scene.placed();
          const stayed = (id: string): boolean =>
            !id.startsWith('group') || drift[Number(id.split(' ')[1])] === 0;
          for (const [id, box] of before) if (stayed(id)) expect(after.get(id), id).toEqual(box);
          for (const id of after.keys()) if (stayed(id)) expect(before.has(id), `${id} came`).toBe(true);
        }
      }),
      { numRuns: 120 },
    );
  });

  it('makes room for a warning that is new, at once', () => {
    const scene = sceneOf({ names: [{ x: 500, y: 300, rank: TIER.town }], marks: [], groups: [] });
    const [name] = scene.placed().values();
    const at = { x: ((name?.[0] ?? 0) + (name?.[2] ?? 0)) / 2, y: 300 };
    scene.setMarks([{ ...at, width: 60, rank: 0, must: true }]);
    scene.settle('news');
    expect(scene.placed().get('mark 0:60')).toEqual([at.x - 30, 289, at.x + 30, 311]);
    expectClear(scene);
  });

  describe('where there is room for one', () => {
    const here = { x: 500, y: 300 };
    const nothing = { names: [] as NameAt[], marks: [] as MarkAt[], groups: [] as GroupAt[] };
    const ladder: readonly (readonly [string, typeof nothing])[] = [
      ['a warning', { ...nothing, marks: [{ ...here, width: 80, rank: 0, must: true }] }],
      ['an alert', { ...nothing, marks: [{ ...here, width: 81, rank: 10, must: false }] }],
      ['a seat', { ...nothing, names: [{ ...here, rank: TIER.seat }] }],
      ['a group', { ...nothing, groups: [{ ...here, count: 50 }] }],
      ['a value', { ...nothing, marks: [{ ...here, width: 79, rank: 40, must: false }] }],
      ['a town', { ...nothing, names: [{ ...here, rank: TIER.town }] }],
    ];
    const shownIn = (...given: (typeof nothing)[]): string[] => {
      const scene = new Scene(given.flatMap(({ names }) => names));
      scene.only = [474, 274, 592, 326];
      scene.setMarks(given.flatMap(({ marks }) => marks));
      scene.setGroups(given.flatMap(({ groups }) => groups));
      scene.settle('whole');
      return [...scene.placed().keys()];
    };

    it.each(ladder)('%s stands alone', (_, one) => expect(shownIn(one)).toHaveLength(1));

    it.each(
      ladder.slice(1).map(([name, lower], i) => [ladder[i]?.[0], name, ladder[i]?.[1], lower] as const),
    )('%s comes before %s', (_, __, higher, lower) => {
      const alone = shownIn(higher ?? nothing)[0]?.split(' ')[0];
      const together = shownIn(lower, higher ?? nothing);
      expect(together).toHaveLength(1);
      expect(together[0]?.split(' ')[0]).toBe(alone);
      if (alone === 'mark') expect(together[0]?.split(':')[1]).toBe(String(higher?.marks[0]?.width));
    });
  });

  it('names a town beside the group that stands on its place, without its dot', () => {
    const here = { x: 500, y: 300 };
    const alone = sceneOf({ names: [{ ...here, rank: TIER.town }], marks: [], groups: [] });
    expect(alone.names.hasMark(0)).toBe(true);
    const crowded = sceneOf({
      names: [{ ...here, rank: TIER.town }],
      marks: [],
      groups: [{ ...here, count: 30 }],
    });
    expect([...crowded.placed().keys()].sort()).toEqual(['group 0', 'name 0']);
    expect(crowded.names.hasMark(0)).toBe(false);
    expectClear(crowded);
  });

  it('brings back what was hidden once there is room, and not at every tick', () => {
    const scene = sceneOf({
      names: [],
      marks: [{ x: 500, y: 300, width: 80, rank: 30, must: false }],
      groups: Array.from({ length: 60 }, (_, i) => ({
        x: 380 + (i % 10) * 26,
        y: 220 + Math.floor(i / 10) * 30,
        count: 300,
      })),
    });
    const mark = 'mark 0:80';
    expect(scene.placed().has(mark)).toBe(false);
    scene.setGroups([]);
    scene.settle('news');
    expect(scene.placed().has(mark)).toBe(false);
    scene.settle('refill');
    expect(scene.placed().has(mark)).toBe(true);
  });

  it('writes into the records where each group stands, and hides those without room', () => {
    const groups = new GroupPlaces();
    const crowd = Array.from({ length: 80 }, () => ({ x: 500, y: 300, count: 200 }));
    const records = recordsOf(crowd);
    const scene = new Scene([]);
    Object.assign(groups, { view: scene.groups.view });
    groups.list('calls', true);
    groups.set('calls', records, { quiet: false, order: 3 });
    new CollisionBoard().settle(
      { width: WIDTH, height: HEIGHT, pixelScale: 1, obstacles: () => undefined },
      [groups],
      'whole',
    );
    expect(groups.write('calls')).toBe(true);
    expect(groups.write('calls')).toBe(false);
    const aside = new Int8Array(records.buffer);
    const sides = crowd.map((_, i) => aside[i * GROUP_BYTES + ASIDE_AT]);
    expect(sides[0]).toBe(0);
    expect(sides.filter((side) => side === HIDDEN_ASIDE).length).toBe(
      80 - [...groups.circles('calls')].length,
    );
    expect(new Set(sides).size).toBeGreaterThan(3);
  });
});
