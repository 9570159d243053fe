// The drawing kit a map layer is handed by the stage: glyphs, lines, areas and one grid texture, with picking for each.
import type { Layer } from '../../contracts/layer.ts';
import type { GroundArea } from './areas/area-primitive.ts';
import type { StageState } from './engine/stage-state.ts';
import type { Hit, MapDrawing, PickPoint } from './layer.ts';
import type { GroundLine } from './lines/line-geometry.ts';
import type { LineStyle } from './lines/line-primitive.ts';

export interface GlyphSize {
  /** Diameter in picture pixels at 1080 lines when the whole city is in view, and from 20 km height. */
  readonly farPx: number;
  readonly nearPx: number;
  /** Plain dots above this camera height, metres; Infinity for never. */
  readonly dotsAboveM: number;
  /** Not drawn above this camera height unless something is the matter with the row, metres. */
  readonly hiddenAboveM: number;
}

export interface Lines {
  set(lines: readonly (GroundLine & { readonly key: string })[]): void;
  show(visible: boolean): void;
  pick(at: PickPoint, layer: string): Hit | null;
  destroy(): void;
}

export interface Areas {
  set(areas: readonly (GroundArea & { readonly key: string })[]): void;
  show(visible: boolean): void;
  pick(at: PickPoint, layer: string): Hit | null;
  destroy(): void;
}

export interface GridTexture {
  /** Colours of cells, premultiplied RGBA, over a box in degrees, north row first; null hides it. */
  set(image: GridImage | null): void;
  show(visible: boolean): void;
  destroy(): void;
}

export interface GridImage {
  /** RGBA at a place, written into `out`; alpha 0 where nothing is known. */
  colourAt(place: readonly [lon: number, lat: number], out: Uint8ClampedArray, at: number): void;
  readonly bounds: readonly [west: number, south: number, east: number, north: number];
}

/** What a layer may know of the picture; the globe and the light map both say it. */
export type KitState = Pick<StageState, 'theme' | 'heightM' | 'metresPerPixel' | 'citySeconds'>;

export interface MapKit {
  readonly state: Readonly<KitState>;
  /** A whole drawing of a layer whose rows are glyphs. */
  glyphs(layer: Layer, size: GlyphSize): MapDrawing;
  lines(style: LineStyle): Lines;
  areas(): Areas;
  grid(): GridTexture;
  requestRender(): void;
}
