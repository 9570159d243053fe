// defineMapLayer: how a layer of the contracts is drawn where it is more than glyphs. A map layer gets a kit and changed
// tables, never stores; what its rows look like is in its look.
import type { Columns } from '../../contracts/column.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { LayerTable } from '../../contracts/table.ts';
import type { RowView } from '../looks/row-view.ts';
import type { MapKit } from './kit.ts';

/** What is under the pointer: the row and how far its glyph is from it, in pixels. */
export interface Hit {
  readonly layer: string;
  readonly key: string;
  readonly distancePx: number;
  /** An area of the ground: what stands on it is nearer. */
  readonly ground?: true;
  /** A group of so many rows instead of one: where it stands, metres on the plane. */
  readonly group?: { readonly count: number; readonly east: number; readonly north: number };
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
  /** Fainter as a whole, 0 to 1. */
  fade(opacity: number): void;
  /** The table changed, or how the screen wants it; its changed slots are listed. Called with a full table at first. */
  update(table: LayerTable<C>, rows: RowView): void;
  frame?(): void;
  pick(at: PickPoint): Hit | null;
  /** Draws over everything drawn so far. */
  raise(): void;
  destroy(): void;
}

export interface MapLayer<C extends Columns = Columns> {
  readonly layer: Layer<C>;
  create(kit: MapKit): MapDrawing<C>;
}

export function defineMapLayer<C extends Columns>(definition: MapLayer<C>): MapLayer {
  return definition;
}
