// One building, whatever it was made from: a file of footprints or the synthesised towns.
import type { Ring } from '../city/features.ts';

export const USES = [
  'residential',
  'commercial',
  'office',
  'industrial',
  'school',
  'hospital',
  'public',
  'other',
] as const;
export type Use = (typeof USES)[number];

export interface Building {
  /** Unique in the city. */
  id: string;
  name: string;
  use: Use;
  /** Outer ring counter-clockwise, then holes; degrees, open (the first vertex is not repeated). */
  rings: Ring[];
  /** Metres from the ground to the roof. */
  heightM: number;
  floors: number;
  /** People who live in it. */
  residents: number;
  /** 0: not known. */
  buildYear: number;
}
