// Decides which labels stand where for the camera as it is now: by rank, no two overlapping, none over what must stay
// visible. What is shown keeps its place until it really collides, what is hidden comes back only with room around it, so
// that nothing flickers while the camera moves. Works on arrays that are kept; a settled picture costs no allocation.
import type { Label } from './label.ts';
import { NameRun, runAlong, type ScreenLine } from './name-run.ts';
import { ScreenGrid, type Box } from './screen-grid.ts';

/** The view labels are placed in, canvas pixels, y down. */
export interface BoardView {
  readonly width: number;
  readonly height: number;
  readonly heightM: number;
  readonly most: number;
  /** Pixels of one u, and of one picture pixel at 1080 lines. */
  readonly unitPx: number;
  readonly pixelScale: number;
  /** Metres a pixel covers in the middle of the picture. */
  readonly metresPerPixel: number;
  /** Place of a label, or of point `point` of its line; false where it is not in front of the camera. */
  project(label: number, point: number, out: { x: number; y: number }): boolean;
  /** Whether the relief hides the place of a label. */
  hidden(label: number): boolean;
  /** Adds what no label may cover to `hard`, and what it should rather not cover to `soft`. */
  obstacles(hard: ScreenGrid, soft: ScreenGrid): void;
}

/** Anchors as parts of the text's size, and gaps in units of the mark's reach: x, y, gap x, gap y. */
const BESIDE = [0, -0.5, 1, 0, -1, -0.5, -1, 0, -0.5, -1, 0, -1, -0.5, 0, 0, 1];
const CENTRED = [-0.5, -0.5, 0, 0, -0.5, -1.3, 0, 0, -0.5, 0.3, 0, 0, -0.1, -0.5, 0, 0, -0.9, -0.5, 0, 0];
/** Room a hidden label needs around it before it appears, and beyond its height band before a shown one goes. */
const APPEAR_PX = 7;
const BAND_SLACK = 1.05;
/** Text boxes are less tall than their sprites, whose halo may touch. */
const TRIM_Y = 0.14;

/** One try of a name along a line. */
interface Way {
  line: ScreenLine;
  station: number;
  side: number;
  margin: number;
  /** Keeps off what a name should rather not cover, too. */
  calm: boolean;
}

const NO_LINE: ScreenLine = { xy: new Float32Array(0), seen: new Uint8Array(0), count: 0 };

export class LabelBoard {
  labels: readonly Label[] = [];
  /** Order of rank. */
  private order = new Int32Array(0);
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
  readonly runs = new Map<number, NameRun>();
  /** Widths of the characters of names along a line. */
  readonly advances = new Map<number, Float32Array>();
  /** Labels that would be shown but have no size yet. */
  readonly wanted: number[] = [];
  shownCount = 0;
  private anchor = new Int8Array(0);
  /** Point of its line in the middle of each name along one. */
  private station = new Int32Array(0);
  private readonly lines = new Map<number, { xy: Float32Array; seen: Uint8Array; count: number }>();
  private readonly hard = new ScreenGrid();
  private readonly soft = new ScreenGrid();
  private readonly box: Box = { left: 0, top: 0, right: 0, bottom: 0 };
  private readonly at = { x: 0, y: 0 };
  private readonly trial = new NameRun();
  private readonly way: Way = { line: NO_LINE, station: 0, side: 0, margin: 0, calm: false };

  set(labels: readonly Label[]): void {
    const count = labels.length;
    this.labels = labels;
    this.order = Int32Array.from(labels.keys()).sort((a, b) => labels[a]!.rank - labels[b]!.rank);
    this.width = new Float32Array(count);
    this.height = new Float32Array(count);
    this.reach = new Float32Array(count);
    this.shown = new Uint8Array(count);
    this.anchor = new Int8Array(count).fill(-1);
    this.station = new Int32Array(count);
    this.x = new Float32Array(count);
    this.y = new Float32Array(count);
    this.markX = new Float32Array(count);
    this.markY = new Float32Array(count);
    this.runs.clear();
    this.advances.clear();
    this.lines.clear();
    labels.forEach(({ along }, index) => {
      if (!along) return;
      const points = along.line.length;
      this.runs.set(index, new NameRun());
      this.lines.set(index, {
        xy: new Float32Array(points * 2),
        seen: new Uint8Array(points),
        count: points,
      });
    });
  }

  settle(view: BoardView): void {
    const { labels, order, shown, hard, soft } = this;
    hard.clear(view.width, view.height);
    soft.clear(view.width, view.height);
    view.obstacles(hard, soft);
    this.wanted.length = 0;
    let count = 0;
    for (let i = 0; i < order.length; i++) {
      const index = order[i] as number;
      const label = labels[index] as Label;
      const was = shown[index] === 1;
      const slack = was ? BAND_SLACK : 1;
      const inBand = view.heightM < label.belowM * slack && view.heightM * slack >= label.aboveM;
      const stays = count < view.most && inBand && this.place(index, label, view);
      shown[index] = stays ? 1 : 0;
      if (stays) count++;
      else if (!was) this.anchor[index] = -1;
    }
    this.shownCount = count;
  }

  /** Boxes of the texts shown now: names along a line give one for each character. */
  boxes(): { id: string; box: readonly [number, number, number, number] }[] {
    return this.labels.flatMap(({ id }, index) => {
      if (this.shown[index] !== 1) return [];
      const run = this.runs.get(index);
      if (run) {
        return Array.from({ length: run.count }, (_, i) => {
          const { left, top, right, bottom } = this.boxOfCharacter(
            run,
            i,
            (this.height[index] as number) / 2,
          );
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
  private want(index: number, view: BoardView): void {
    if (this.wanted.length < view.most * 3) this.wanted.push(index);
  }

  private place(index: number, label: Label, view: BoardView): boolean {
    if (label.along) return this.placeAlong(index, label.along.best, view);
    const { at } = this;
    if (!view.project(index, -1, at)) return false;
    if (at.x < 0 || at.y < 0 || at.x > view.width || at.y > view.height) return false;
    if (this.width[index] === 0) {
      this.want(index, view);
      return false;
    }
    const anchors = label.anchor === 'beside' ? BESIDE : CENTRED;
    const anchor = this.choose(index, anchors, view);
    if (anchor < 0 || view.hidden(index)) return false;
    this.boxAt(index, anchors, anchor);
    const { box } = this;
    this.anchor[index] = anchor;
    this.markX[index] = at.x;
    this.markY[index] = at.y;
    this.x[index] = (box.left + box.right) / 2;
    this.y[index] = (box.top + box.bottom) / 2;
    this.withMark(index);
    this.hard.add(box);
    return true;
  }

  /** The best free anchor of a label whose place stands in `at`, or −1. */
  private choose(index: number, anchors: readonly number[], view: BoardView): number {
    const now = this.shown[index] === 1 ? (this.anchor[index] as number) : -1;
    const count = anchors.length / 4;
    let fallback = -1;
    for (let turn = now >= 0 ? -1 : 0; turn < count; turn++) {
      const anchor = turn < 0 ? now : turn;
      this.boxAt(index, anchors, anchor);
      const { box } = this;
      if (!inside(box, view)) continue;
      this.withMark(index);
      if (!this.hard.free(box, anchor === now ? 0 : APPEAR_PX * view.pixelScale)) continue;
      if (this.soft.free(box, anchor === now ? -4 * view.pixelScale : 0)) return anchor;
      if (fallback < 0) fallback = anchor;
    }
    return fallback;
  }

  private boxAt(index: number, anchors: readonly number[], anchor: number): void {
    const { box, at } = this;
    const width = this.width[index] as number;
    const height = this.height[index] as number;
    const reach = this.reach[index] as number;
    const from = anchor * 4;
    const left = at.x + (anchors[from] as number) * width + (anchors[from + 2] as number) * reach;
    const top = at.y + (anchors[from + 1] as number) * height + (anchors[from + 3] as number) * reach;
    box.left = left;
    box.right = left + width;
    box.top = top + height * TRIM_Y;
    box.bottom = top + height * (1 - TRIM_Y);
  }

  /** Widens `box` over the mark at the place. */
  private withMark(index: number): void {
    const { box, at } = this;
    const reach = (this.reach[index] as number) * 0.8;
    if (reach === 0 || this.labels[index]?.style.mark === 'none') return;
    box.left = Math.min(box.left, at.x - reach);
    box.right = Math.max(box.right, at.x + reach);
    box.top = Math.min(box.top, at.y - reach);
    box.bottom = Math.max(box.bottom, at.y + reach);
  }

  private placeAlong(index: number, best: readonly number[], view: BoardView): boolean {
    const line = this.lines.get(index);
    const run = this.runs.get(index);
    if (!line || !run) return false;
    const middle = this.projectLine(index, line, view);
    if (middle < 0) return false;
    const advances = this.advances.get(index);
    if (!advances) {
      this.want(index, view);
      return false;
    }
    const now = this.shown[index] === 1 ? (this.anchor[index] as number) : -1;
    const side = now >= 0 ? now % 2 : 0;
    if (now >= 0 && run.count > 0) {
      // The name stays where it is on the land while that is in view.
      const { way } = this;
      way.line = line;
      way.station = this.station[index] as number;
      way.side = side;
      way.margin = 0;
      way.calm = false;
      if (this.tryRun(index, way, view)) return true;
    }
    // First where it is free of signs as well, then anywhere.
    for (let calm = 0; calm < 2; calm++) {
      for (let i = 0; i <= best.length; i++) {
        const station = i < best.length ? Math.round((best[i] as number) * (line.count - 1)) : middle;
        for (let turn = 0; turn < 2; turn++) {
          const { way } = this;
          way.line = line;
          way.station = station;
          way.side = (side + turn) % 2;
          way.margin = APPEAR_PX * view.pixelScale;
          way.calm = calm === 0;
          if (this.tryRun(index, way, view)) return true;
        }
      }
    }
    return false;
  }

  /** Projects the points of a line; returns the one nearest to the middle of the picture, −1 where none is in it. */
  private projectLine(
    index: number,
    line: { xy: Float32Array; seen: Uint8Array; count: number },
    view: BoardView,
  ): number {
    const { at } = this;
    let nearest = -1;
    let least = Infinity;
    for (let point = 0; point < line.count; point++) {
      const seen = view.project(index, point, at);
      line.seen[point] = seen ? 1 : 0;
      if (!seen) continue;
      line.xy[point * 2] = at.x;
      line.xy[point * 2 + 1] = at.y;
      if (at.x < 0 || at.y < 0 || at.x > view.width || at.y > view.height) continue;
      const far = (at.x - view.width / 2) ** 2 + (at.y - view.height / 2) ** 2;
      if (far < least) {
        least = far;
        nearest = point;
      }
    }
    return nearest;
  }

  private tryRun(index: number, way: Way, view: BoardView): boolean {
    const { trial } = this;
    const emPx = this.height[index] as number;
    const advances = this.advances.get(index);
    if (!advances) return false;
    const widePx = (this.labels[index]?.along?.widthM ?? 0) / view.metresPerPixel;
    // A name that fits into its river stands in it, like those of lakes.
    const asidePx = widePx > emPx * 1.3 ? 0 : emPx * 0.7 + Math.max(widePx / 2, 2 * view.pixelScale);
    const offsetPx = way.side === 0 ? asidePx : -asidePx;
    if (!runAlong(way.line, { station: way.station, advances, emPx, offsetPx }, trial)) return false;
    for (let i = 0; i < trial.count; i++) {
      const box = this.boxOfCharacter(trial, i, emPx / 2);
      if (!inside(box, view) || !this.hard.free(box, way.margin)) return false;
      if (way.calm && !this.soft.free(box, 0)) return false;
    }
    const run = this.runs.get(index) as NameRun;
    run.count = trial.count;
    run.x.set(trial.x);
    run.y.set(trial.y);
    run.turn.set(trial.turn);
    for (let i = 0; i < run.count; i++) {
      this.hard.add(this.boxOfCharacter(run, i, emPx / 2));
    }
    this.anchor[index] = way.side;
    this.station[index] = way.station;
    return true;
  }

  private boxOfCharacter(run: NameRun, i: number, half: number): Box {
    const { box } = this;
    box.left = (run.x[i] as number) - half;
    box.right = (run.x[i] as number) + half;
    box.top = (run.y[i] as number) - half;
    box.bottom = (run.y[i] as number) + half;
    return box;
  }
}

const inside = ({ left, top, right, bottom }: Readonly<Box>, view: BoardView): boolean =>
  left >= 0 && top >= 0 && right <= view.width && bottom <= view.height;
