// Accounts of a demonstration: one for each role, that anybody may become without a password. They are nowhere on record,
// and a server with real feeds has none.
import { roles } from '../../contracts/records/account.ts';
import type { Role } from '../../contracts/records/account.ts';
import { WHOLE_CITY } from '../../contracts/records/reach.ts';
import type { Title } from '../../contracts/column.ts';
import type { Rights } from './rights.ts';

export interface DemoAccount {
  readonly id: string;
  readonly name: string;
  readonly title: Title;
  readonly role: Role;
  readonly areas: readonly string[];
}

interface Place {
  readonly code: string;
  readonly name: string;
}

/** Where the units of the demonstration are; the town lies in the county. */
export type DemoPlaces = Readonly<Record<'county' | 'town' | 'department', Place>>;

export function demoAccounts(rights: Rights, places: DemoPlaces): DemoAccount[] {
  return roles.map((role) => {
    const { title, unit } = rights.of(role);
    const place = unit && places[unit];
    return {
      id: `demo-${role}`,
      name: `演示·${place ? place.name : ''}${title.zh}`,
      title,
      role,
      areas: [place?.code ?? WHOLE_CITY],
    };
  });
}
