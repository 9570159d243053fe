// The names on the map: which there are, in which language and size, and when they are placed anew.
import type { CesiumWidget } from 'cesium';
import type { Title } from '../../../contracts/column.ts';
import type { City } from '../../stores/city.ts';
import type { HeightGrid } from '../../shapes.ts';
import type { StageState } from '../engine/stage-state.ts';
import { summitsOf, type Summit } from '../geo/summits.ts';
import type { Label } from '../labels/label.ts';
import { loadLabelFonts } from '../labels/label-pen.ts';
import { LabelPrimitive } from '../labels/label-primitive.ts';
import type { Box } from '../labels/screen-grid.ts';
import type { Basemap, NamedPoint } from './basemap-source.ts';
import type { Projector } from './camera.ts';
import { cityLabels } from './city-labels.ts';
import { LabelView } from './label-view.ts';
import { addSignBoxes, coversOf } from './sign-boxes.ts';

/** Spot heights read out of the relief. */
const MOST_SUMMITS = 300;
/** Signs come and go: names make room for them this often, seconds. */
const SIGNS_EVERY_S = 2;

export interface NamingParts {
  readonly widget: CesiumWidget;
  readonly state: StageState;
  readonly projector: Projector;
  readonly city: City;
  readonly basemap: Basemap;
  /** Groups of rows on the screen, canvas pixels: names rather stand beside them. */
  groups(): readonly { left: number; top: number; width: number; height: number }[];
  say(title: Title): string;
}

export class Naming {
  readonly labels: LabelPrimitive;
  villages: readonly NamedPoint[] = [];
  private readonly parts: NamingParts;
  private readonly view: LabelView;
  private summits: readonly Summit[] = [];
  private covers: readonly Box[] = [];
  private settledAtS = 0;
  private ready = false;
  private destroyed = false;

  constructor(parts: NamingParts) {
    this.parts = parts;
    const { widget, state, projector } = parts;
    this.labels = widget.scene.primitives.add(
      new LabelPrimitive(state, () => this.renew()),
    ) as LabelPrimitive;
    this.view = new LabelView({
      widget,
      state,
      projector,
      labels: this.labels,
      outline: parts.basemap.outline,
      signs: (hard, soft) => {
        for (const cover of this.covers) hard.add(cover);
        addSignBoxes(parts, { hard, soft });
        for (const { left, top, width, height } of parts.groups())
          soft.add({ left, top, right: left + width, bottom: top + height });
      },
    });
  }

  /** Names are on the map. */
  get placed(): boolean {
    return this.ready && this.labels.board.shownCount > 0;
  }

  /** New heights of the ground: new spot heights, and every name lies on it anew. */
  readHeights(grid: HeightGrid | null): void {
    this.summits = grid ? summitsOf(grid, MOST_SUMMITS) : [];
  }

  /** Call when the language, the size of the screen or what there is to name has changed. */
  async refresh(): Promise<void> {
    const { city, basemap, state, say } = this.parts;
    const labels = cityLabels(
      { city, basemap, summits: this.summits, villages: this.villages },
      state.theme,
      say,
    );
    // What every picture of the city shows is there at once; the rest loads its face when it is first wanted.
    if (!this.ready) await loadLabelFonts(labels.filter(({ belowM }) => belowM === Infinity));
    if (!this.destroyed) this.set(labels);
  }

  /** Call every frame, after the projector was refreshed. */
  frame(): void {
    if (!this.ready) return;
    const { state, widget } = this.parts;
    if (state.nowS - this.settledAtS > SIGNS_EVERY_S) {
      this.settledAtS = state.nowS;
      this.covers = coversOf(widget.canvas);
      this.view.renew();
    }
    this.view.frame();
  }

  /** The screen has another size: texts are drawn anew for it. */
  resized(): void {
    if (this.ready) void this.refresh();
  }

  /** The primitive goes with the scene. */
  destroy(): void {
    this.destroyed = true;
  }

  private set(labels: readonly Label[]): void {
    this.labels.set(labels, this.unitPx());
    this.ready = true;
    this.renew();
  }

  private renew(): void {
    this.view.renew();
    this.parts.widget.scene.requestRender();
  }

  /** Pixels of one u on the canvas. */
  unitPx(): number {
    const { state, widget } = this.parts;
    const css =
      Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--u-px')) || 15;
    return (css * state.viewport.width) / Math.max(1, widget.canvas.clientWidth);
  }
}
