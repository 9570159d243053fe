// defineMapLayer: how one layer of the contracts is drawn. A map layer gets a kit and changed tables, never stores.
import type { Columns, Title } from '../../contracts/column.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { LayerTable } from '../../contracts/table.ts';
import type { Form, GlyphRule, Tint } from './glyphs/rule.ts';
import type { MapKit } from './kit.ts';

export interface LegendEntry {
  readonly title: Title;
  readonly sign:
    | { readonly kind: 'glyph'; readonly form: Form; readonly tint: Tint }
    | { readonly kind: 'line'; readonly colour: string; readonly dashed: boolean }
    | { readonly kind: 'hatch'; readonly colour: string }
    | {
        readonly kind: 'ramp';
        readonly colours: readonly string[];
        readonly low: string;
        readonly high: string;
      };
}

/** What is under the pointer: the row and how far its glyph is from it, in pixels. */
export interface Hit {
  readonly layer: string;
  readonly key: string;
  readonly distancePx: number;
}

export interface PickPoint {
  /** Canvas pixels, y down. */
  readonly x: number;
  readonly y: number;
  readonly radiusPx: number;
  /** Degrees on the ground under the pointer, or null beside the globe. */
  readonly ground: readonly [lon: number, lat: number] | null;
}

/** A living drawing. Whoever created it destroys it. */
export interface MapDrawing<C extends Columns = Columns> {
  show(visible: boolean): void;
  /** The table changed; its changed slots are listed. Called once with a full table after creation. */
  update(table: LayerTable<C>): void;
  frame?(): void;
  pick(at: PickPoint): Hit | null;
  destroy(): void;
}

export interface MapLayer<C extends Columns = Columns> {
  readonly layer: Layer<C>;
  /** Drawn over those of a lower order. */
  readonly order: number;
  readonly shownAtStart: boolean;
  /** Counts in "n 点": rows of the layer have a place of their own. */
  readonly legend: readonly LegendEntry[];
  /** The glyph rule of the layer, where it draws glyphs; the worker runs it. */
  readonly glyphs?: GlyphRule;
  create(kit: MapKit): MapDrawing<C>;
}

export function defineMapLayer<C extends Columns>(definition: MapLayer<C>): MapLayer {
  return definition;
}
