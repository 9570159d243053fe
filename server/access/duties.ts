// 三权分立: which roles may be held together, who may decide on whom, and which areas a role may have.
import { CodedError } from '../../contracts/errors.ts';
import type { Grant, NewAccount } from '../../contracts/records/account.ts';
import { DEPARTMENT, WHOLE_CITY } from '../../contracts/records/reach.ts';
import type { Rights } from './rights.ts';

interface Known {
  readonly rights: Rights;
  /** Whether the city has such a county, town or department. */
  readonly knowsArea: (code: string) => boolean;
}

/** @throws CodedError access/duties, request/invalid naming the role or the area */
export function requireFits(
  { rights, knowsArea }: Known,
  { kind, roles, areas }: Grant & Pick<NewAccount, 'kind'>,
): void {
  if (new Set(roles).size < roles.length) throw new CodedError('request/invalid', 'roles: one stands twice');
  for (const role of roles) {
    const { duty, unit } = rights.of(role);
    if (duty !== 'business' && roles.length > 1)
      throw new CodedError('access/duties', `${roles.join(', ')}: ${role} is held with no other role`);
    if ((duty === 'device') !== (kind === 'device'))
      throw new CodedError('access/duties', `${role}: viewer-wall is for devices, and for them alone`);
    if (unit && areas.includes(WHOLE_CITY))
      throw new CodedError('request/invalid', `areas: ${role} needs its ${unit}, not the whole city`);
    if (unit && areas.some((area) => area.startsWith(DEPARTMENT) !== (unit === 'department')))
      throw new CodedError('request/invalid', `areas: ${areas.join(', ')}: ${role} needs its ${unit}`);
  }
  const unknown = areas.find((code) => code !== WHOLE_CITY && !knowsArea(code));
  if (unknown !== undefined)
    throw new CodedError(
      'request/invalid',
      `areas: ${unknown} is no county, town or department of this city`,
    );
}

/** @throws CodedError access/duties: nobody keeps an own account, or decides on an own request */
export function requireOther(by: string, about: string, what: string): void {
  if (by === about) throw new CodedError('access/duties', `${by}: ${what} needs somebody else`);
}
