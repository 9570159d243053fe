// Whose rows somebody may see: an area is the code of a county or a town (GB/T 2260), and holds every code that begins with it.
import type { Layer } from '../layer.ts';

/** As an area: the city and everything beyond it. */
export const WHOLE_CITY = '*';

/** The rows of one layer that lie in somebody's areas. */
export interface Reach {
  /** Beginnings of region codes. */
  readonly codes: readonly string[];
  /** Also the rows of no county: those of the city as a whole, and those outside of it. */
  readonly citywide: boolean;
}

/** null: all rows. */
export function reachOf(areas: readonly string[], layer: Pick<Layer, 'citywide'>): Reach | null {
  if (areas.includes(WHOLE_CITY)) return null;
  return { codes: areas, citywide: layer.citywide === true };
}

/** `region`: code of a row, or of a cell that streams are cut into. */
export function isWithin(reach: Reach | null, region: string): boolean {
  if (!reach) return true;
  if (reach.citywide && isOfNoCounty(region)) return true;
  for (const code of reach.codes) if (region.startsWith(code)) return true;
  return false;
}

/** Nowhere, or a city: the last two of its six digits are zero. 'out' is the cell of such rows. */
const isOfNoCounty = (region: string): boolean =>
  region === '' || region === 'out' || /^\d{4}00$/.test(region);
