// Column kinds of a layer: how a value is typed, quantised, labelled and put on the wire.
// Everything downstream (tables, frames, checks, forms, legends, GeoJSON) is derived from these declarations.

/** Text for people, Chinese first. */
export interface Title {
  readonly zh: string;
  readonly en: string;
}

/** Who may see a value: 公开, 内部, 敏感. A stream of one class holds the columns of that class and of the lower ones. */
export const labels = ['public', 'internal', 'sensitive'] as const;
export type Label = (typeof labels)[number];

interface ColumnBase {
  readonly title: Title;
  /** Default 'public'. */
  readonly label?: Label;
  /** What `null` says about the world; where absent, `null` means "the source did not say". */
  readonly nullMeans?: string;
  /** Field of the standard or of the source this comes from, for the data dictionary. */
  readonly origin?: string;
  /** Kept and served on request, not streamed: long texts. */
  readonly detail?: boolean;
}

/** A measured or counted number, stored as an integer multiple of `step`. */
export interface NumberColumn extends ColumnBase {
  readonly type: 'number';
  /** A unit of contracts/units.ts. */
  readonly unit: string;
  /** Quantum in the unit; a value is kept within half of it. */
  readonly step: number;
  /** Physically possible range in the unit: outside it a record is refused. |value / step| stays below 2^31 − 1. */
  readonly min: number;
  readonly max: number;
}

/** Where the row is: [lon, lat] in WGS-84 degrees, quantised to 1e-5° (1.11 m of latitude). */
export interface PositionColumn extends ColumnBase {
  readonly type: 'position';
}

/** A shape, put-only: GeoJSON geometry in WGS-84, coordinates quantised to 1e-5°, or a feature of a static tileset. */
export interface GeometryColumn extends ColumnBase {
  readonly type: 'geometry';
  readonly shapes: readonly Geometry['type'][];
}

/** One of a closed list of codes. An unknown code is an error, never "other". At most 255 codes. */
export interface EnumColumn<K extends string = string> extends ColumnBase {
  readonly type: 'enum';
  readonly values: Readonly<Record<K, Title>>;
}

/** A set of named bits, at most 31. Value: the integer. */
export interface FlagsColumn extends ColumnBase {
  readonly type: 'flags';
  readonly bits: Readonly<Record<string, Title>>;
}

export interface TextColumn extends ColumnBase {
  readonly type: 'text';
  /** Longest value in UTF-16 units; longer text is refused. */
  readonly max: number;
}

export interface StringsColumn extends ColumnBase {
  readonly type: 'strings';
  readonly max: number;
  readonly maxItems: number;
}

/** Epoch ms UTC, kept to `stepMs`. */
export interface TimeColumn extends ColumnBase {
  readonly type: 'time';
  readonly stepMs: number;
}

/** One block of a grid: nx × ny cells, west to east, then north to south, each an integer multiple of `step`; null = no coverage. */
export interface CellsColumn extends ColumnBase {
  readonly type: 'cells';
  readonly unit: string;
  readonly step: number;
  readonly min: number;
  readonly max: number;
}

export type Column =
  | NumberColumn
  | PositionColumn
  | GeometryColumn
  | EnumColumn
  | FlagsColumn
  | TextColumn
  | StringsColumn
  | TimeColumn
  | CellsColumn;

export type Columns = Readonly<Record<string, Column>>;

export type LonLat = readonly [lon: number, lat: number];

/** The GeoJSON geometries a layer may carry, or a reference into a static tileset. */
export type Geometry =
  | { readonly type: 'Point'; readonly coordinates: LonLat }
  | { readonly type: 'MultiPoint'; readonly coordinates: readonly LonLat[] }
  | { readonly type: 'LineString'; readonly coordinates: readonly LonLat[] }
  | { readonly type: 'MultiLineString'; readonly coordinates: readonly (readonly LonLat[])[] }
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly LonLat[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly LonLat[])[])[] }
  | { readonly type: 'TilesetFeature'; readonly tileset: string; readonly id: string };

/** Cells of one grid block. `values` are in the column's unit; NaN = no coverage. Both sides are at most 64. */
export interface Cells {
  readonly nx: number;
  readonly ny: number;
  readonly values: Float32Array;
}

/** The value a column holds, as rows carry it. */
export type ValueOf<C extends Column> = C extends { type: 'number' | 'flags' | 'time' }
  ? number | null
  : C extends { type: 'position' }
    ? LonLat | null
    : C extends { type: 'geometry' }
      ? Geometry | null
      : C extends EnumColumn<infer K>
        ? K | null
        : C extends { type: 'text' }
          ? string | null
          : C extends { type: 'strings' }
            ? readonly string[] | null
            : C extends { type: 'cells' }
              ? Cells | null
              : never;

/** Degrees per quantum of every coordinate in tables and frames. */
export const POSITION_STEP_DEG = 1e-5;

/** The integer that stands for `null` in quantised number, position, time and flag columns. */
export const NULL_QUANTUM = -0x80000000;
