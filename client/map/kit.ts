// The drawing kit a map layer is handed by the stage: glyphs, lines, areas, marks and a grid, with picking for each.
import type { Locale } from '../stores/session.ts';
import type { GroundArea } from './areas/area-primitive.ts';
import type { StageState } from './engine/stage-state.ts';
import type { GridCells, GridStop } from './grids/grid-primitive.ts';
import type { Hit, MapDrawing, PickPoint } from './layer.ts';
import type { GroundLine } from './lines/line-geometry.ts';
import type { LineStyle } from './lines/line-primitive.ts';
import type { Mark } from './marks/mark.ts';

/** What every part of a drawing can do. */
export interface Part {
  show(visible: boolean): void;
  fade(opacity: number): void;
  raise(): void;
  destroy(): void;
}

export interface Lines extends Part {
  set(lines: readonly (GroundLine & { readonly key: string })[]): void;
  pick(at: PickPoint, layer: string): Hit | null;
}

export interface Areas extends Part {
  set(areas: readonly (GroundArea & { readonly key: string })[]): void;
  pick(at: PickPoint, layer: string): Hit | null;
}

export interface Grid extends Part {
  set(cells: GridCells | null): void;
}

export interface Marks extends Part {
  set(marks: readonly Mark[]): void;
}

/** What a layer may know of the picture; the globe and the light map both say it. */
export type KitState = Pick<StageState, 'theme' | 'heightM' | 'metresPerPixel' | 'citySeconds'>;

export interface MapKit {
  readonly state: Readonly<KitState>;
  /** The rows as glyphs, groups, heat or counts, as the look of the layer says for the height. */
  glyphs(): MapDrawing;
  lines(style: LineStyle): Lines;
  areas(): Areas;
  grid(stops: readonly GridStop[]): Grid;
  /** Texts beside places, shown while there is room. */
  marks(): Marks;
  /** Texts in the language and time of the page. */
  readonly locale: () => Locale;
  moment(at: number): string;
  requestRender(): void;
}

/** A drawing of several parts: shown, faded, raised and destroyed together. */
export function together(parts: readonly Part[]): Part {
  const each = (call: (part: Part) => void): void => {
    for (const part of parts) call(part);
  };
  return {
    show: (visible) => each((part) => part.show(visible)),
    fade: (opacity) => each((part) => part.fade(opacity)),
    raise: () => each((part) => part.raise()),
    destroy: () => each((part) => part.destroy()),
  };
}
