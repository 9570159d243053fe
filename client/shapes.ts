// Data that travels from the worker to the page and on to the map.

/** Where the city is, for positions in metres east and north of `origin`. */
export interface Place {
  readonly origin: readonly [lon: number, lat: number];
  readonly bounds: readonly [west: number, south: number, east: number, north: number];
  /** Folder of the city's tiles with its height raster, or null where there is none. */
  readonly tilesUrl: string | null;
}

/** Glyph records of changed slots, in the order of `slots`, null: of all, in order; see map/glyphs/record.ts. */
export interface GlyphUpdate {
  readonly slug: string;
  readonly slots: Uint32Array<ArrayBuffer> | null;
  readonly records: ArrayBuffer;
  readonly highWater: number;
}

/** Heights of the ground, row by row from the north-west corner, metres. */
export interface HeightGrid {
  readonly bounds: readonly [number, number, number, number];
  readonly nx: number;
  readonly ny: number;
  readonly heights: Float32Array<ArrayBuffer>;
}

/** How the page wants the rows of a layer summed up at the height of its camera. */
export type Aim =
  | { readonly as: 'groups'; readonly cellM: number; readonly metresPerPx: number }
  | { readonly as: 'heat' }
  | { readonly as: 'counts' };

/** What became of it. */
export type Sum =
  /** Records of map/groups/group-record.ts. */
  | { readonly slug: string; readonly as: 'groups'; readonly records: Uint8Array<ArrayBuffer> }
  | {
      readonly slug: string;
      readonly as: 'heat';
      /** South row first, 255 at the last step of the look's heat. */
      readonly cells: Uint8Array<ArrayBuffer>;
      readonly box: GroundBox;
    }
  | {
      readonly slug: string;
      readonly as: 'counts';
      readonly regions: readonly (readonly [code: string, count: number])[];
    };

/** A box of nx × ny cells on the plane of the city, metres. */
export interface GroundBox {
  readonly west: number;
  readonly south: number;
  readonly width: number;
  readonly height: number;
  readonly nx: number;
  readonly ny: number;
}

/** Rows of a layer by the classes of its look, in their order; `shown` of `total` pass the filter. */
export interface Tally {
  readonly slug: string;
  readonly total: number;
  readonly shown: number;
  readonly kinds: readonly number[];
}
