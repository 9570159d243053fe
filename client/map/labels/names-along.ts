// Names along rivers and streets: where on its line each stands, beside it or in it, character by character.
import { APPEAR_PX, type Room } from './collision-board.ts';
import type { Label } from './label.ts';
import type { BoardView } from './label-board.ts';
import { NameRun, runAlong, type ScreenLine } from './name-run.ts';
import type { Box } from './screen-grid.ts';

interface LaidLine extends ScreenLine {
  readonly xy: Float32Array;
  readonly seen: Uint8Array;
  readonly count: number;
}

/** One name of the board. */
export interface LineName {
  index: number;
  label: Label;
  /** Height of a character, pixels. */
  emPx: number;
  /** 0 or 1: the side of its line where it stands now, −1 where it stands nowhere. */
  side: number;
}

/** One try. */
interface Way {
  station: number;
  side: number;
  margin: number;
  /** Keeps off what a name should rather not cover, too. */
  calm: boolean;
  /** Keeps where the relief does not hide it. */
  sight: boolean;
}

export class NamesAlong {
  /** Characters of each name as they stand. */
  readonly runs = new Map<number, NameRun>();
  /** Widths of the characters of each name, once they are known. */
  readonly advances = new Map<number, Float32Array>();
  private readonly lines = new Map<number, LaidLine>();
  /** Point of its line in the middle of each name. */
  private readonly stations = new Map<number, number>();
  private readonly trial = new NameRun();
  private readonly way: Way = { station: 0, side: 0, margin: 0, calm: false, sight: false };
  private readonly box: Box = { left: 0, top: 0, right: 0, bottom: 0 };
  private readonly at = { x: 0, y: 0 };

  set(labels: readonly Label[]): void {
    this.runs.clear();
    this.advances.clear();
    this.lines.clear();
    this.stations.clear();
    labels.forEach(({ along }, index) => {
      if (!along) return;
      const count = along.line.length;
      this.runs.set(index, new NameRun());
      this.lines.set(index, { xy: new Float32Array(count * 2), seen: new Uint8Array(count), count });
    });
  }

  /** The name stays where it is on the land; false where it cannot. */
  hold(name: LineName, view: BoardView, room: Room): boolean {
    const line = this.lines.get(name.index);
    if (!line || name.side < 0 || !this.advances.has(name.index)) return false;
    this.project(name.index, line, view);
    this.way.sight = false;
    return this.tryAgain(name, view, room);
  }

  /** Finds a stretch for the name and writes its side; false where there is none. Needs the widths of its characters. */
  find(name: LineName, view: BoardView, room: Room): boolean {
    const line = this.lines.get(name.index);
    const middle = line ? this.project(name.index, line, view) : -1;
    if (!line || middle < 0) return false;
    this.way.sight = true;
    if (name.side >= 0 && this.tryAgain(name, view, room)) return true;
    const best = name.label.along?.best ?? [];
    const first = Math.max(0, name.side);
    const { way } = this;
    way.margin = APPEAR_PX * view.pixelScale;
    // First where it is free of signs as well, then anywhere.
    for (let calm = 0; calm < 2; calm++) {
      for (let i = 0; i <= best.length; i++) {
        way.station = i < best.length ? Math.round((best[i] as number) * (line.count - 1)) : middle;
        for (let turn = 0; turn < 2; turn++) {
          way.side = (first + turn) % 2;
          way.calm = calm === 0;
          if (this.tryWay(name, view, room)) return true;
        }
      }
    }
    return false;
  }

  /** Box of a character of a run, in an object that is used again. */
  boxOf(run: NameRun, i: number, half: number): Box {
    const { box } = this;
    box.left = (run.x[i] as number) - half;
    box.right = (run.x[i] as number) + half;
    box.top = (run.y[i] as number) - half;
    box.bottom = (run.y[i] as number) + half;
    return box;
  }

  private tryAgain(name: LineName, view: BoardView, room: Room): boolean {
    const { way } = this;
    way.station = this.stations.get(name.index) ?? 0;
    way.side = name.side;
    way.margin = 0;
    way.calm = false;
    return this.tryWay(name, view, room);
  }

  private tryWay(name: LineName, view: BoardView, room: Room): boolean {
    const { trial, way } = this;
    const { index, emPx } = name;
    const line = this.lines.get(index);
    const advances = this.advances.get(index);
    if (!line || !advances) return false;
    const widePx = (name.label.along?.widthM ?? 0) / view.metresPerPixel;
    // A name that fits into its river stands in it, like those of lakes.
    const asidePx = widePx > emPx * 1.3 ? 0 : emPx * 0.7 + Math.max(widePx / 2, 2 * view.pixelScale);
    const offsetPx = way.side === 0 ? asidePx : -asidePx;
    if (!runAlong(line, { station: way.station, advances, emPx, offsetPx }, trial)) return false;
    for (let i = 0; i < trial.count; i++) {
      const box = this.boxOf(trial, i, emPx / 2);
      if (!room.isFree(box, way.margin) || (way.calm && !room.isCalm(box, 0))) return false;
    }
    if (way.sight && view.hidden(index, way.station)) return false;
    this.stand(name, room);
    return true;
  }

  /** The name stands as it was tried. */
  private stand(name: LineName, room: Room): void {
    const { trial, way } = this;
    const run = this.runs.get(name.index);
    if (!run) return;
    run.count = trial.count;
    run.x.set(trial.x);
    run.y.set(trial.y);
    run.turn.set(trial.turn);
    for (let i = 0; i < run.count; i++) room.take(this.boxOf(run, i, name.emPx / 2));
    name.side = way.side;
    this.stations.set(name.index, way.station);
  }

  /** Projects the points of a line; returns the one nearest to the middle of the picture, −1 where none is in it. */
  private project(index: number, line: LaidLine, view: BoardView): number {
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
}
