// The texts beside rows: values of stations, counts of counties, what layers write themselves. Collected anew when rows
// changed or the camera moved, at most twice a second; the collision board says which are shown.
import type { CesiumWidget } from 'cesium';
import { catalog } from '../../catalog.ts';
import { looks } from '../../looks/looks.ts';
import { session } from '../../stores/session.ts';
import { visible } from '../../stores/view.ts';
import type { StageState } from '../engine/stage-state.ts';
import type { Marks } from '../kit.ts';
import type { Hit } from '../layer.ts';
import type { Mark } from '../marks/mark.ts';
import { MarkPrimitive } from '../marks/mark-primitive.ts';
import type { Place } from '../marks/mark-places.ts';
import { countyMarks, valuesOf, type CountyPlace } from '../marks/row-marks.ts';
import type { Projector } from './camera.ts';
import { sizeAt } from './glyph-drawing.ts';

const COLLECT_EVERY_S = 0.45;
/** A glyph that is nearer than this is meant, not the text beside another. */
const MARK_DISTANCE_PX = 4;

export interface MarkBoardParts {
  readonly widget: CesiumWidget;
  readonly state: StageState;
  readonly projector: Projector;
  readonly counties: readonly CountyPlace[];
  /** The face of a text that was left out has come. */
  onFont(): void;
}

export class MarkBoard {
  readonly primitive: MarkPrimitive;
  private readonly parts: MarkBoardParts;
  /** Marks that layers write themselves, by layer. */
  private readonly own = new Map<string, { marks: readonly Mark[]; shown: boolean }>();
  private dirty = true;
  private collectedS = -Infinity;
  private locale = session.locale;

  constructor(parts: MarkBoardParts) {
    this.parts = parts;
    const { scene } = parts.widget;
    this.primitive = scene.primitives.add(new MarkPrimitive(parts.state, parts.onFont)) as MarkPrimitive;
  }

  /** Rows or counts changed. */
  touch(): void {
    this.dirty = true;
  }

  /** The marks one layer writes itself. */
  partOf(slug: string): Marks {
    const entry = { marks: [] as readonly Mark[], shown: true };
    this.own.set(slug, entry);
    return {
      set: (marks) => {
        entry.marks = marks;
        this.touch();
      },
      show: (shown) => {
        if (entry.shown === shown) return;
        entry.shown = shown;
        this.touch();
      },
      fade: () => undefined,
      raise: () => undefined,
      destroy: () => this.own.delete(slug),
    };
  }

  /** Call before the marks are settled. @param moved the camera stands elsewhere */
  refresh(unitPx: number, moved: boolean): void {
    const { state } = this.parts;
    this.primitive.setUnit(unitPx);
    if (!this.dirty && !moved && this.locale === session.locale) return;
    if (Math.abs(state.nowS - this.collectedS) < COLLECT_EVERY_S) {
      this.dirty = true;
      return;
    }
    this.collectedS = state.nowS;
    this.locale = session.locale;
    this.dirty = false;
    this.collect();
  }

  /** Rows changed, and their texts are not yet collected. */
  get waiting(): boolean {
    return this.dirty;
  }

  /** Boxes of what is shown, canvas pixels: left, top, right, bottom. */
  boxes(): ReturnType<MarkPrimitive['boxes']> {
    return this.primitive.boxes((place) => this.seen(place));
  }

  /** The row whose mark is under a canvas point. */
  pick(at: { readonly x: number; readonly y: number }): Hit | null {
    const found = this.primitive.pick((place) => this.seen(place), at);
    return found && catalog.has(found.layer) ? { ...found, distancePx: MARK_DISTANCE_PX } : null;
  }

  private seen(place: Place): { x: number; y: number } | null {
    const out = { x: 0, y: 0 };
    if (!this.parts.projector.project(place, out)) return null;
    const { width, height: tall } = this.parts.state.viewport;
    return out.x < 0 || out.y < 0 || out.x > width || out.y > tall ? null : out;
  }

  private collect(): void {
    const { state } = this.parts;
    const plane = [0, 0];
    const inView = (lon: number, lat: number): boolean => {
      state.frame.project(lon, lat, plane);
      return this.seen([plane[0] ?? 0, plane[1] ?? 0, state.heights.at(lon, lat)]) !== null;
    };
    const { heightM } = state;
    for (const [slug, { size }] of looks) {
      const own = this.own.get(slug);
      const values = valuesOf(slug, { heightM, glyphPx: () => sizeAt(size, heightM), inView });
      const written = visible.get(slug) === true && own?.shown ? own.marks : [];
      this.primitive.set(slug, [...values, ...written]);
    }
    this.primitive.set('counties', countyMarks(this.parts.counties, heightM));
  }
}
