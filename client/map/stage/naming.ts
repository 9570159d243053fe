// The names on the map: which there are, and in which language and size.
import type { CesiumWidget } from 'cesium';
import type { Title } from '../../../contracts/column.ts';
import type { City } from '../../stores/city.ts';
import type { HeightGrid } from '../../shapes.ts';
import type { StageState } from '../engine/stage-state.ts';
import { summitsOf, type Summit } from '../geo/summits.ts';
import type { Label } from '../labels/label.ts';
import { loadLabelFonts } from '../labels/label-pen.ts';
import { LabelPrimitive } from '../labels/label-primitive.ts';
import type { Basemap, NamedPoint } from './basemap-source.ts';
import { cityLabels } from './city-labels.ts';

/** Spot heights read out of the relief. */
const MOST_SUMMITS = 300;

export interface NamingParts {
  readonly widget: CesiumWidget;
  readonly state: StageState;
  readonly city: City;
  readonly basemap: Basemap;
  say(title: Title): string;
  /** There are other names, or more of them can be drawn: they are placed anew. */
  onNames(): void;
}

export class Naming {
  readonly labels: LabelPrimitive;
  villages: readonly NamedPoint[] = [];
  private readonly parts: NamingParts;
  private summits: readonly Summit[] = [];
  private ready = false;
  private destroyed = false;

  constructor(parts: NamingParts) {
    this.parts = parts;
    const { widget, state } = parts;
    this.labels = widget.scene.primitives.add(
      new LabelPrimitive(state, () => this.renew()),
    ) as LabelPrimitive;
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

  /** There is something to place. */
  get isReady(): boolean {
    return this.ready;
  }

  /** Draws the names over everything drawn so far. */
  raise(): void {
    this.parts.widget.scene.primitives.raiseToTop(this.labels);
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
    this.parts.onNames();
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
