// Units and the areas they have: `county:<code>` has the county, a department the whole city.
import type { UnitRef } from '../../contracts/records/incident.ts';
import { DEPARTMENT, WHOLE_CITY } from '../../contracts/records/reach.ts';

/** The unit of who acts, by their areas: of the whole city its desk; of several areas the first. */
export function unitOfAreas(areas: readonly string[], units: readonly UnitRef[]): UnitRef {
  const ids = areas.map((area) => {
    if (area === WHOLE_CITY) return 'city';
    return area.startsWith(DEPARTMENT) ? area : `${area.length > 6 ? 'town' : 'county'}:${area}`;
  });
  const own = ids.includes('city') ? ['city'] : [...ids, 'city'];
  return own.flatMap((id) => units.find((unit) => unit.id === id) ?? [])[0] as UnitRef;
}

/** Code of the area a unit has: of a department the city's. */
export const regionOfUnit = ({ id }: UnitRef, cityCode: string): string =>
  /^(?:county|town):(\d+)$/.exec(id)?.[1] ?? cityCode;
