// The names on the light map: placed by the globe's own board, drawn on a canvas over the map.
import { CollisionBoard, type Party } from '../labels/collision-board.ts';
import { LabelBoard, type BoardView } from '../labels/label-board.ts';
import type { Label } from '../labels/label.ts';
import { LabelPen, loadLabelFonts } from '../labels/label-pen.ts';
import type { NameRun } from '../labels/name-run.ts';
import type { ScreenGrid } from '../labels/screen-grid.ts';
import type { Drawing } from '../labels/sprite-atlas.ts';
import { mostLabels } from '../stage/label-table.ts';
import type { Theme } from '../engine/theme.ts';
import type { Rectangle } from './place-marks.ts';
import { densityNow, type FlatView } from './flat-view.ts';

/** What no name may cover, and what none should, device pixels. */
interface Around {
  readonly hard: readonly Rectangle[];
  readonly soft: readonly Rectangle[];
}

const addBox = (grid: ScreenGrid, { left, top, width, height }: Rectangle): void =>
  grid.add({ left, top, right: left + width, bottom: top + height });

export class FlatLabels {
  readonly board = new LabelBoard();
  private readonly room = new CollisionBoard();
  private readonly canvas = document.createElement('canvas');
  private readonly context: CanvasRenderingContext2D;
  private readonly theme: Theme;
  private readonly unitPx: number;
  private readonly onReady: () => void;
  private readonly sprites = new Map<string, HTMLCanvasElement>();
  private readonly asked = new Set<number>();
  private pen: LabelPen;
  private density = 0;
  private gone = false;

  /** @param unitPx CSS pixels of one u @param onReady called when more names can be drawn */
  constructor(
    container: HTMLElement,
    { theme, unitPx }: { theme: Theme; unitPx: number },
    onReady: () => void,
  ) {
    const context = this.canvas.getContext('2d');
    if (!context) throw new Error('labels: no 2D canvas in this browser: use a current one');
    this.context = context;
    this.theme = theme;
    this.unitPx = unitPx;
    this.onReady = onReady;
    this.pen = new LabelPen(theme, unitPx);
    this.canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none';
    container.append(this.canvas);
  }

  /** Ids of what is shown now, for tests. */
  get shown(): string[] {
    return this.board.labels.filter((_, index) => this.board.shown[index] === 1).map(({ id }) => id);
  }

  /** Boxes of the names shown now, device pixels. */
  boxes(): Rectangle[] {
    return this.board.boxes().map(({ box: [left, top, right, bottom] }) => ({
      left,
      top,
      width: right - left,
      height: bottom - top,
    }));
  }

  set(labels: readonly Label[]): void {
    this.board.set(labels);
    this.sprites.clear();
    this.asked.clear();
  }

  /** @param others who wants room beside the names */
  draw(view: FlatView, around: Around, others: readonly Party[]): void {
    this.fit(view);
    this.board.view = this.viewOf(view, around);
    this.room.settle(this.board.view, [...others, this.board], 'whole');
    if (this.board.wanted.length > 0) void this.prepare();
    const { context, canvas } = this;
    context.clearRect(0, 0, canvas.width, canvas.height);
    for (const [index, label] of this.board.labels.entries())
      if (this.board.shown[index] === 1) this.drawLabel(index, label);
  }

  destroy(): void {
    this.gone = true;
    this.canvas.remove();
  }

  /** A screen of another density: every text is drawn and measured anew. */
  private fit({ viewport }: FlatView): void {
    const density = densityNow();
    const width = Math.round(viewport.width * density);
    const height = Math.round(viewport.height * density);
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    if (density === this.density) return;
    this.density = density;
    this.pen = new LabelPen(this.theme, this.unitPx * density);
    this.set(this.board.labels);
  }

  private viewOf({ viewport, heightM }: FlatView, around: Around): BoardView {
    const { density, board } = this;
    const at: [number, number] = [0, 0];
    return {
      width: this.canvas.width,
      height: this.canvas.height,
      heightM,
      most: mostLabels(heightM),
      pixelScale: density,
      metresPerPixel: viewport.metersPerPixel / density,
      project(index, point, out) {
        const label = board.labels[index];
        const place = point < 0 ? label && ([label.lon, label.lat] as const) : label?.along?.line[point];
        if (!place) return false;
        at[0] = place[0];
        at[1] = place[1];
        const [x = 0, y = 0] = viewport.project(at);
        out.x = x * density;
        out.y = y * density;
        return true;
      },
      hidden: () => false,
      obstacles: (hard, soft) => {
        for (const box of around.hard) addBox(hard, box);
        if (soft) for (const box of around.soft) addBox(soft, box);
      },
    };
  }

  /** Loads the faces of the texts that are wanted and measures them; they are placed in the next picture. */
  private async prepare(): Promise<void> {
    const { board, pen } = this;
    const fresh = board.wanted.filter((index) => !this.asked.has(index));
    for (const index of fresh) this.asked.add(index);
    const labels = fresh.flatMap((index) => board.labels[index] ?? []);
    if (labels.length === 0) return;
    await loadLabelFonts(labels);
    if (this.gone || pen !== this.pen) return;
    for (const index of fresh) {
      const label = board.labels[index];
      if (!label) continue;
      const { width, height, reach } = pen.size(label);
      board.width[index] = width;
      board.height[index] = label.along ? pen.pxOf(label.style) : height;
      board.reach[index] = reach;
      if (label.along) board.advances.set(index, pen.advances(label));
    }
    this.onReady();
  }

  private drawLabel(index: number, label: Label): void {
    const { board, pen } = this;
    const run = board.runs.get(index);
    if (run) {
      this.drawRun(label, run);
      return;
    }
    const { style } = label;
    if (board.hasMark(index)) {
      const mark = this.take(`mark ${style.mark} ${style.sizeU} ${style.colour}`, () => pen.mark(style));
      this.stamp(mark, board.markX[index] ?? 0, board.markY[index] ?? 0);
    }
    const text = this.take(label.id, () => pen.text(label, label.text));
    this.stamp(text, board.x[index] ?? 0, board.y[index] ?? 0);
  }

  private drawRun(label: Label, run: NameRun): void {
    const { context, pen } = this;
    let i = 0;
    for (const character of label.text) {
      if (i >= run.count) return;
      const sprite = this.take(`river ${label.style.sizeU} ${character}`, () => pen.text(label, character));
      context.save();
      context.translate(run.x[i] ?? 0, run.y[i] ?? 0);
      context.rotate(run.turn[i] ?? 0);
      context.drawImage(sprite, -sprite.width / 2, -sprite.height / 2);
      context.restore();
      i++;
    }
  }

  /** Whole pixels keep the strokes of level characters sharp. */
  private stamp(sprite: HTMLCanvasElement, x: number, y: number): void {
    this.context.drawImage(sprite, Math.round(x - sprite.width / 2), Math.round(y - sprite.height / 2));
  }

  private take(key: string, drawing: () => Drawing): HTMLCanvasElement {
    const known = this.sprites.get(key);
    if (known) return known;
    const { width, height, paint } = drawing();
    const sprite = document.createElement('canvas');
    sprite.width = Math.ceil(width);
    sprite.height = Math.ceil(height);
    const context = sprite.getContext('2d');
    if (context) paint(context);
    this.sprites.set(key, sprite);
    return sprite;
  }
}
