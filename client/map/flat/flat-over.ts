// What lies over the drawing of the light map, under its names: groups, texts beside rows, what is chosen and what was asked.
import type { LonLat } from '../../../contracts/column.ts';
import { mirrors } from '../../stores/layers.ts';
import { pathsOf, shapeOf } from '../../stores/row-place.ts';
import { asked, view as chosen } from '../../stores/view.ts';
import type { Look } from '../../looks/look.ts';
import type { Theme } from '../engine/theme.ts';
import type { LocalFrame } from '../geo/enu.ts';
import type { Hit } from '../layer.ts';
import type { CountyPlace } from '../marks/row-marks.ts';
import { GroupPlaces } from '../groups/group-places.ts';
import { FlatGroups, type GroupCircle } from './flat-groups.ts';
import { FlatMarks } from './flat-marks.ts';
import { cssOf, densityNow, type FlatView } from './flat-view.ts';
import type { Rectangle } from './place-marks.ts';

const RING_PX = 17;
const PIN_PX = 7;

export interface FlatOverParts {
  readonly theme: Theme;
  readonly frame: LocalFrame;
  /** CSS pixels of one u. */
  readonly unitPx: number;
  readonly counties: readonly CountyPlace[];
  /** Where a row is displayed now. */
  placeOf(layer: string, key: string): readonly [number, number] | null;
  requestRender(): void;
}

export class FlatOver {
  readonly marks: FlatMarks;
  private readonly parts: FlatOverParts;
  readonly canvas = document.createElement('canvas');
  private readonly pen: CanvasRenderingContext2D;
  /** Circles ask for room on the board of the names. */
  readonly places = new GroupPlaces();
  private readonly groups = new Map<string, FlatGroups>();

  constructor(parts: FlatOverParts) {
    this.parts = parts;
    const pen = this.canvas.getContext('2d');
    if (!pen) throw new Error('map: no 2D canvas in this browser: use a current one');
    this.pen = pen;
    this.canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none';
    this.marks = new FlatMarks(parts.theme, parts.counties, parts.requestRender);
  }

  groupsOf(look: Look): FlatGroups {
    const made = new FlatGroups(look, this.parts.frame);
    this.groups.set(look.layer.slug, made);
    return made;
  }

  /** New groups of a layer, shown when they are settled. */
  takeGroups(look: Look, records: Uint8Array<ArrayBuffer>): void {
    this.places.set(look.layer.slug, records, { quiet: look.quiet ?? false, order: look.order });
  }

  /** Groups on show, those of one too, CSS pixels. */
  groupsIn(view: FlatView): readonly GroupCircle[] {
    return [...this.groups.values()].flatMap((groups) => groups.circles(view));
  }

  pickGroup(view: FlatView, at: { readonly x: number; readonly y: number }): Hit | null {
    for (const groups of [...this.groups.values()].reverse()) {
      const hit = groups.pick(view, at);
      if (hit) return hit;
    }
    return null;
  }

  pickMark(view: FlatView, at: { readonly x: number; readonly y: number }): Hit | null {
    return this.marks.pick(view, at, densityNow());
  }

  /** Call before names and groups are placed; answers with what they must not and should not cover, device pixels. */
  begin(view: FlatView): { hard: readonly Rectangle[]; soft: readonly Rectangle[] } {
    const density = densityNow();
    this.places.view = groupView(view, this.parts.frame);
    for (const [slug, groups] of this.groups) this.places.list(slug, groups.shown);
    const circles = this.groupsIn(view);
    const boxOf = ({ x, y, radius }: GroupCircle): Rectangle => ({
      left: (x - radius) * density,
      top: (y - radius) * density,
      width: radius * 2 * density,
      height: radius * 2 * density,
    });
    const unitPx = this.parts.unitPx * density;
    this.marks.begin(view, { density, unitPx, circles: circles.map(boxOf) });
    const singles = circles.filter(({ count }) => count < 2);
    const grave = singles.filter((circle) => circle.grave).map(boxOf);
    const calm = singles.filter((circle) => !circle.grave).map(boxOf);
    return { hard: [...this.marks.standingBoxes(), ...grave], soft: calm };
  }

  /** Call when names and groups were placed: groups are drawn as they stand now. */
  lay(): void {
    for (const [slug, groups] of this.groups) {
      this.places.write(slug);
      groups.lay(this.places.records(slug));
    }
  }

  /** @param names boxes of the names on the map, device pixels */
  draw(view: FlatView, names: readonly Rectangle[]): void {
    const { pen, canvas } = this;
    const density = densityNow();
    const width = Math.round(view.viewport.width * density);
    const height = Math.round(view.viewport.height * density);
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.setTransform(density, 0, 0, density, 0, 0);
    for (const groups of this.groups.values()) groups.draw(pen, view);
    this.drawChosen(view);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    this.marks.finish(names);
    this.marks.draw(pen, view, density);
  }

  destroy(): void {
    this.canvas.remove();
  }

  private drawChosen(view: FlatView): void {
    const { selection } = chosen;
    if (selection) {
      const table = mirrors.get(selection.layer)?.table;
      const slot = table?.slotOf(selection.key) ?? -1;
      for (const path of table && slot >= 0 ? pathsOf(shapeOf(table, slot)) : []) this.path(view, path);
      const at = this.parts.placeOf(selection.layer, selection.key);
      if (at) this.ring(view, at, RING_PX);
    }
    if (asked.value) this.ring(view, asked.value.at, PIN_PX);
  }

  private path({ viewport }: FlatView, path: readonly LonLat[]): void {
    this.pen.beginPath();
    for (const [lon, lat] of path) {
      const [x = 0, y = 0] = viewport.project([lon, lat]);
      this.pen.lineTo(x, y);
    }
    this.strokeTwice();
  }

  private ring(
    { viewport }: FlatView,
    [lon, lat]: readonly [number, number, ...number[]],
    radius: number,
  ): void {
    const [x = 0, y = 0] = viewport.project([lon, lat]);
    this.pen.beginPath();
    this.pen.arc(x, y, radius, 0, 2 * Math.PI);
    this.strokeTwice();
  }

  /** In ink, with the colour of the paper on both sides. */
  private strokeTwice(): void {
    const { pen } = this;
    const { theme } = this.parts;
    pen.lineJoin = 'round';
    pen.lineWidth = 6;
    pen.strokeStyle = cssOf(theme.halo, 0.85);
    pen.stroke();
    pen.lineWidth = 2.5;
    pen.strokeStyle = cssOf(theme.ink);
    pen.stroke();
  }
}

const groupView = ({ viewport }: FlatView, frame: LocalFrame): GroupPlaces['view'] => ({
  pixelScale: densityNow(),
  metresPerPixel: viewport.metersPerPixel / densityNow(),
  projectPlace([east, north], out) {
    const [x = 0, y = 0] = viewport.project([...frame.toLonLat(east, north)]);
    out.x = x * densityNow();
    out.y = y * densityNow();
    return true;
  },
  hiddenPlace: () => false,
});
