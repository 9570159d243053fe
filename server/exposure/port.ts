// What others see of exposure: types only.
import type { LonLat } from '../../contracts/column.ts';
import type { Exposure } from '../../contracts/records/exposure.ts';

/** Polygons of GeoJSON order: outside first, then holes. They do not overlap one another. */
export type Polygons = readonly (readonly (readonly LonLat[])[])[];

export interface ExposureMeter {
  /**
   * @param areas may overlap: who is in several is counted once
   * @param at epoch ms: the hour, the day and whether school is on
   */
  measure(areas: readonly Polygons[], at: number): Exposure;
  /** Who was in areas that follow one another. */
  tally(): ExposureTally;
}

export interface ExposureTally {
  add(areas: readonly Polygons[], at: number): void;
  /** Each place as full as it was at most while an area held it. */
  readonly people: number;
}
