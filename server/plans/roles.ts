// Which unit a step is bound to: pure.
import type { Plan } from '../../contracts/records/plan.ts';

/** `chief`, `office`, the id of a working group, or a unit. → id of the unit; null: nobody of that name */
export function unitOfRole(
  { command, groups }: Pick<Plan, 'command' | 'groups'>,
  role: string,
): string | null {
  if (role === 'chief') return command.chief.unit;
  if (role === 'office') return command.office.unit;
  const group = groups.find(({ id }) => id === role);
  if (group) return group.lead;
  return role === 'city' || role.includes(':') ? role : null;
}
