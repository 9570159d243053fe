// Data that travels from the worker to the page and on to the map.

/** Where the city is, for positions in metres east and north of `origin`. */
export interface Place {
  readonly origin: readonly [lon: number, lat: number];
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
