// Whose rows somebody may see. An area is the code of a county or a town (GB/T 2260) and holds every code that begins with it,
// or a department of the city (委办局), by the id of its unit: `dept:police`.
import type { Label } from '../column.ts';
import type { Layer } from '../layer.ts';

/** As an area: the city and everything beyond it. */
export const WHOLE_CITY = '*';

/** As the beginning of an area. */
export const DEPARTMENT = 'dept:';
const isDepartment = (area: string): boolean => area.startsWith(DEPARTMENT);

/** The rows of one layer that lie in somebody's areas. */
export interface Reach {
  /** Beginnings of region codes. */
  readonly codes: readonly string[];
  /** Also the rows of no county: those of the city as a whole, and those outside of it. */
  readonly citywide: boolean;
}

/**
 * null: all rows. A department has to do with the whole city: it sees all rows of what is there for everybody, and none of
 * the layers whose rows belong to units; its own of those are told by the record.
 */
export function reachOf(areas: readonly string[], layer: Pick<Layer, 'citywide' | 'ofUnits'>): Reach | null {
  if (areas.includes(WHOLE_CITY)) return null;
  if (layer.ofUnits !== true && areas.some(isDepartment)) return null;
  return { codes: areas, citywide: layer.citywide === true };
}

/** Of records, which belong to somebody: of those of a region alone. null: all. */
export const recordReach = (areas: readonly string[]): Reach | null => reachOf(areas, { ofUnits: true });

/** Whether somebody may have to do with what lies in a region, or belongs to units; ids as of UnitRef. */
export type Reaches = (region: string, units?: readonly string[]) => boolean;

export const reachesOf =
  (areas: readonly string[]): Reaches =>
  (region, units = []) =>
    isWithin(recordReach(areas), region) || units.some((unit) => isDepartment(unit) && areas.includes(unit));

/** Who reads columns of layers. */
export interface ColumnReader {
  readonly areas: readonly string[];
  readonly labels: readonly Label[];
  /** Layers that systems of their departments alone write; absent: none. */
  readonly owns?: ReadonlySet<string>;
}

/**
 * Classes of columns of a layer, by slug; null: of any. A department reads what is public, and all it may of what its own
 * systems carry; what is internal of its own cases stands in their record.
 */
export const layerLabels = (of: ColumnReader, layer: string | null): readonly Label[] =>
  of.areas.includes(WHOLE_CITY) || !of.areas.some(isDepartment) || (layer !== null && of.owns?.has(layer))
    ? of.labels
    : of.labels.filter((label) => label === 'public');

/** The class somebody reads of layers, where it is another for some of them. */
export interface Reading {
  readonly label: Label;
  /** Layers that are read with another class; absent: none. */
  readonly own?: { readonly layers: readonly string[]; readonly label: Label };
}

export const labelIn = ({ label, own }: Reading, layer: string): Label =>
  own?.layers.includes(layer) ? own.label : label;

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
