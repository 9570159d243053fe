// The names of the land as a party on the collision board: beside their places or along their rivers. Works on arrays that
// are kept; a settled picture costs no allocation.
import { AROUND, CENTRED, anchorInto, waysOf, type Anchors } from './anchors.ts';
import {
  CollisionBoard,
  chooseWay,
  type Party,
  type Picture,
  type Room,
  type Ways,
} from './collision-board.ts';
import type { Label } from './label.ts';
import { NamesAlong, type LineName } from './names-along.ts';
import type { Box } from './screen-grid.ts';

/** The view names are placed in. */
export interface BoardView extends Picture {
  readonly heightM: number;
  /** Names at most. */
  readonly most: number;
  /** Metres a pixel covers in the middle of the picture. */
  readonly metresPerPixel: number;
  /** Place of a label, or of point `point` of its line; false where it is not in front of the camera. */
  project(label: number, point: number, out: { x: number; y: number }): boolean;
  /** Whether the relief hides the place of a label, or point `point` of its line. */
  hidden(label: number, point: number): boolean;
}

/** Beyond its height band a shown name stays a little. */
const BAND_SLACK = 1.05;
/** Text boxes are less tall than their sprites, whose halo may touch. */
const TRIM_Y = 0.14;
/**
 * Where a group or a sign stands on the very place of a town, the name stands beside that, without its mark: so far off its
 * place, picture pixels at 1080 lines.
 */
const BARE_PX = [24, 38] as const;

const NO_VIEW: BoardView = {
  width: 0,
  height: 0,
  pixelScale: 1,
  heightM: 0,
  most: 0,
  metresPerPixel: 1,
  project: () => false,
  hidden: () => false,
  obstacles: () => undefined,
};

export class LabelBoard implements Party {
  /** Set before it is settled. */
  view: BoardView = NO_VIEW;
  labels: readonly Label[] = [];
  /** Width and height of the text of each label, pixels; 0 until its font is there. */
  width = new Float32Array(0);
  height = new Float32Array(0);
  /** Reach of its mark from the place, pixels. */
  reach = new Float32Array(0);
  /** 1 where shown. */
  shown = new Uint8Array(0);
  /** Middle of each text, pixels; for names along a line see `runs`. */
  x = new Float32Array(0);
  y = new Float32Array(0);
  /** The place itself, where the mark stands. */
  markX = new Float32Array(0);
  markY = new Float32Array(0);
  /** Labels that would be shown but have no size yet. */
  readonly wanted: number[] = [];
  shownCount = 0;
  /** 1 where a name counts in this pass already. */
  private counted = new Uint8Array(0);
  private readonly along = new NamesAlong();
  /** Labels by rank, and their ranks. */
  private order = new Int32Array(0);
  private ranks = new Float64Array(0);
  /** Which way each stands, −1 for none; of names along a line: on which side. */
  private way = new Int8Array(0);
  private alone: CollisionBoard | null = null;
  private readonly sized = { way: 0, x: 0, y: 0, width: 0, height: 0, gap: 0 };
  private readonly box: Box = { left: 0, top: 0, right: 0, bottom: 0 };
  private readonly at = { x: 0, y: 0 };
  private lineName: LineName | null = null;
  /** The label whose ways are tried now; its place stands in `at`. */
  private tried = 0;
  private readonly ways: Ways = {
    count: 0,
    now: -1,
    minds: true,
    boxOf: (way) => {
      this.boxAt(this.tried, way);
      if (this.isMarked(this.tried, way)) this.withMark(this.tried);
      return this.box;
    },
  };

  /** Characters of names along a line, as they stand. */
  get runs(): NamesAlong['runs'] {
    return this.along.runs;
  }

  /** Widths of the characters of names along a line. */
  get advances(): NamesAlong['advances'] {
    return this.along.advances;
  }

  set(labels: readonly Label[]): void {
    const count = labels.length;
    const rankOf = (index: number): number => labels[index]?.rank ?? 0;
    this.labels = labels;
    this.order = Int32Array.from(labels.keys()).sort((a, b) => rankOf(a) - rankOf(b));
    this.ranks = Float64Array.from(this.order, rankOf);
    this.width = new Float32Array(count);
    this.height = new Float32Array(count);
    this.reach = new Float32Array(count);
    this.shown = new Uint8Array(count);
    this.way = new Int8Array(count).fill(-1);
    this.counted = new Uint8Array(count);
    this.x = new Float32Array(count);
    this.y = new Float32Array(count);
    this.markX = new Float32Array(count);
    this.markY = new Float32Array(count);
    this.along.set(labels);
  }

  /** Settles the names alone. */
  settle(view: BoardView): void {
    this.view = view;
    this.alone ??= new CollisionBoard();
    this.alone.settle(view, [this], 'whole');
  }

  begin(): number {
    this.wanted.length = 0;
    this.shownCount = 0;
    this.counted.fill(0);
    return this.order.length;
  }

  rankOf(claim: number): number {
    return this.ranks[claim] as number;
  }

  isShown(claim: number): boolean {
    return this.shown[this.order[claim] as number] === 1;
  }

  /** The land does not move. */
  isFresh(): boolean {
    return false;
  }

  hold(claim: number, room: Room): boolean {
    const index = this.order[claim] as number;
    const label = this.labels[index] as Label;
    if (this.shownCount >= this.view.most || !this.isInBand(index, label)) return false;
    const stands = label.along
      ? this.along.hold(this.nameOf(index, label), this.view, room)
      : this.holdBeside(index, room);
    if (stands) this.count(index);
    return stands;
  }

  find(claim: number, room: Room): boolean {
    const index = this.order[claim] as number;
    const label = this.labels[index] as Label;
    if (!this.isInBand(index, label)) return false;
    const lesser = this.shownCount < this.view.most ? -1 : this.lastCounted(claim);
    if (this.shownCount >= this.view.most && lesser < 0) return false;
    const stands = label.along ? this.findAlong(index, label, room) : this.findBeside(index, label, room);
    if (!stands) return false;
    if (lesser >= 0) this.giveWay(lesser);
    this.shown[index] = 1;
    this.count(index);
    return true;
  }

  hide(claim: number): void {
    const index = this.order[claim] as number;
    this.shown[index] = 0;
    this.way[index] = -1;
  }

  /** Whether the mark at its place is drawn with a name that is shown. */
  hasMark(index: number): boolean {
    return this.isMarked(index, this.way[index] as number);
  }

  /** Boxes of the texts shown now: names along a line give one for each character. */
  boxes(): { id: string; box: readonly [number, number, number, number] }[] {
    return this.labels.flatMap(({ id }, index) => {
      if (this.shown[index] !== 1) return [];
      const run = this.runs.get(index);
      if (run) {
        return Array.from({ length: run.count }, (_, i) => {
          const half = (this.height[index] as number) / 2;
          const { left, top, right, bottom } = this.along.boxOf(run, i, half);
          return { id, box: [left, top, right, bottom] as const };
        });
      }
      const [x, y] = [this.x[index] as number, this.y[index] as number];
      const half = (this.width[index] as number) / 2;
      const tall = (this.height[index] as number) * (0.5 - TRIM_Y);
      return [{ id, box: [x - half, y - tall, x + half, y + tall] as const }];
    });
  }

  /** A few pictures' worth at a time: those of better rank come first, and no frame measures thousands of texts. */
  private want(index: number): void {
    if (this.wanted.length < this.view.most * 3) this.wanted.push(index);
  }

  private count(index: number): void {
    this.counted[index] = 1;
    this.shownCount++;
  }

  /** The claim of worst rank that counts already and comes after this one: it goes where there are enough. −1: none. */
  private lastCounted(claim: number): number {
    for (let last = this.order.length - 1; last > claim; last--)
      if (this.counted[this.order[last] as number] === 1) return last;
    return -1;
  }

  private giveWay(claim: number): void {
    this.hide(claim);
    this.counted[this.order[claim] as number] = 0;
    this.shownCount--;
  }

  private isInBand(index: number, label: Label): boolean {
    const slack = this.shown[index] === 1 ? BAND_SLACK : 1;
    const { heightM } = this.view;
    return heightM < label.belowM * slack && heightM * slack >= label.aboveM;
  }

  private nameOf(index: number, label: Label): LineName {
    const name = (this.lineName ??= { index, label, emPx: 0, side: 0 });
    name.index = index;
    name.label = label;
    name.emPx = this.height[index] as number;
    name.side = this.shown[index] === 1 ? (this.way[index] as number) : -1;
    return name;
  }

  private findAlong(index: number, label: Label, room: Room): boolean {
    if (!this.advances.has(index)) {
      this.want(index);
      return false;
    }
    const name = this.nameOf(index, label);
    if (!this.along.find(name, this.view, room)) return false;
    this.way[index] = name.side;
    return true;
  }

  private holdBeside(index: number, room: Room): boolean {
    const way = this.way[index] as number;
    if (way < 0 || !this.locate(index)) return false;
    this.tried = index;
    if (!room.isFree(this.ways.boxOf(way), 0)) return false;
    this.stand(index, way);
    room.take(this.box);
    return true;
  }

  private findBeside(index: number, label: Label, room: Room): boolean {
    if (!this.locate(index)) return false;
    if (this.width[index] === 0) {
      this.want(index);
      return false;
    }
    const { ways } = this;
    this.tried = index;
    ways.count = waysOf(anchorsOf(label)) * (mayBeBare(label) ? 1 + BARE_PX.length : 1);
    ways.now = this.shown[index] === 1 ? (this.way[index] as number) : -1;
    const way = chooseWay(ways, room);
    if (way < 0 || this.view.hidden(index, -1)) return false;
    this.stand(index, way);
    room.take(this.box);
    return true;
  }

  /** Writes the place of a label into `at`; false where it is out of the picture. */
  private locate(index: number): boolean {
    const { at, view } = this;
    return view.project(index, -1, at) && at.x >= 0 && at.y >= 0 && at.x <= view.width && at.y <= view.height;
  }

  /** Leaves what it takes in `box`. */
  private stand(index: number, way: number): void {
    const { box, at } = this;
    this.boxAt(index, way);
    this.way[index] = way;
    this.markX[index] = at.x;
    this.markY[index] = at.y;
    this.x[index] = (box.left + box.right) / 2;
    this.y[index] = (box.top + box.bottom) / 2;
    if (this.isMarked(index, way)) this.withMark(index);
  }

  private boxAt(index: number, way: number): void {
    const { box, at, sized } = this;
    const height = this.height[index] as number;
    sized.x = at.x;
    sized.y = at.y;
    sized.width = this.width[index] as number;
    sized.height = height;
    const anchors = anchorsOf(this.labels[index] as Label);
    const ring = Math.floor(way / waysOf(anchors));
    sized.gap = ring === 0 ? (this.reach[index] as number) : (BARE_PX[ring - 1] ?? 0) * this.view.pixelScale;
    sized.way = way % waysOf(anchors);
    anchorInto(anchors, sized, box);
    box.top += height * TRIM_Y;
    box.bottom -= height * TRIM_Y;
  }

  private isMarked(index: number, way: number): boolean {
    const label = this.labels[index] as Label;
    return label.style.mark !== 'none' && way < waysOf(anchorsOf(label));
  }

  /** Widens `box` over the mark at the place. */
  private withMark(index: number): void {
    const { box, at } = this;
    const reach = (this.reach[index] as number) * 0.8;
    box.left = Math.min(box.left, at.x - reach);
    box.right = Math.max(box.right, at.x + reach);
    box.top = Math.min(box.top, at.y - reach);
    box.bottom = Math.max(box.bottom, at.y + reach);
  }
}

const anchorsOf = ({ anchor }: Label): Anchors => (anchor === 'beside' ? AROUND : CENTRED);

/** Towns and seats, whose names say enough without the dot; lakes and dams, which are drawn by others. */
const mayBeBare = ({ anchor, style }: Label): boolean =>
  anchor === 'beside' && ['dot', 'ring', 'none'].includes(style.mark);
