// The routes of incidents for units of one area and for departments: what is not theirs is as if it were not there.
import { CodedError } from '../../contracts/errors.ts';
import { isReached } from '../../contracts/records/incident-units.ts';
import { DEPARTMENT, isWithin, reachesOf, recordReach, WHOLE_CITY } from '../../contracts/records/reach.ts';
import type { Subject } from '../access/port.ts';
import type { Incidents } from '../command/port.ts';
import type { RegionOf } from './operations.ts';
import type { Asked, Route } from './route.ts';

interface Places {
  readonly incidents: Pick<Incidents, 'view' | 'isFileWithin'>;
  readonly regionOf: RegionOf;
}

/** The same routes in the same order. */
export function incidentsInAreas(routes: readonly Route[], places: Places): Route[] {
  return routes.map((route) => ({
    ...route,
    answer: (asked, response) => {
      const isLimited = !asked.subject.areas.includes(WHOLE_CITY);
      return route.answer(isLimited ? limited(route, asked, places) : asked, response);
    },
  }));
}

/** @throws CodedError request/not-found, request/invalid for whoever has several areas and names none */
function limited({ path }: Route, asked: Asked<unknown>, places: Places): Asked<unknown> {
  const { subject, params, query, body } = asked;
  if (path === '/api/incidents' && query) return { ...asked, query: queryWithin(query, subject) };
  if (path === '/api/incidents/from-row') requireOwn(places.regionOf(body as Row), subject, 'the row');
  const hash = params['hash'];
  if (hash !== undefined && !places.incidents.isFileWithin(hash, reachesOf(subject.areas)))
    throw new CodedError('request/not-found', `file ${hash.slice(0, 64)}`);
  const id = params['id'];
  if (
    id !== undefined &&
    !isReached(places.incidents.view(Number(id), []).incident, reachesOf(subject.areas))
  )
    throw new CodedError('request/not-found', `incident ${id}`);
  return asked;
}

interface Row {
  readonly layer: string;
  readonly key: string;
}

function queryWithin(query: object, { areas }: Subject): object {
  const { region } = query as { readonly region?: string };
  // Those of a department lie anywhere: the list itself holds its own alone.
  if (areas.some((area) => area.startsWith(DEPARTMENT))) return query;
  if (region !== undefined && isWithin(recordReach(areas), region)) return query;
  const [own, ...more] = areas;
  if (own === undefined || more.length > 0 || region !== undefined)
    throw new CodedError('request/invalid', `region: ${region ?? 'none'} is not one of ${areas.join(', ')}`);
  return { ...query, region: own };
}

function requireOwn(region: string | null, { areas }: Subject, what: string): void {
  if (region === null || !isWithin(recordReach(areas), region))
    throw new CodedError('request/not-found', what);
}
