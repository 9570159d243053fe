// Who is asked when an order is not acknowledged: who holds the post above in the same unit, by the roster, then the desk of
// the unit above, up to the city's. Pure.
import type { Post } from '../../contracts/records/duty.ts';
import type { UnitRef } from '../../contracts/records/incident.ts';
import type { Addressee, Order } from '../../contracts/records/order.ts';
import type { OrderGround } from './port.ts';

/** Of one shift, from below. */
const RANKS: readonly Post[] = ['officer', 'chief', 'leader'];

/** The next in line who was not told yet; null: nobody is left. */
export function nextAbove(order: Order, ground: OrderGround): Addressee | null {
  const told = order.log.flatMap(({ to }) => (to ? [nameOf(to)] : []));
  const known = new Set([nameOf(order.to), ...told]);
  return lineOf(order.to, ground).find((one) => !known.has(nameOf(one))) ?? null;
}

export function lineOf(of: Addressee, ground: OrderGround): Addressee[] {
  const line = aboveIn(of.unit, of.post, ground);
  for (let unit = superiorOf(of.unit, ground); unit; unit = superiorOf(unit, ground)) {
    line.push({ unit, post: '', person: '' }, ...aboveIn(unit, 'officer', ground));
  }
  return line;
}

/** Whom the roster of the unit names above a post; of a unit as a whole, its chief first. */
function aboveIn(unit: UnitRef, post: Post | '', { onDuty }: OrderGround): Addressee[] {
  const from = post === '' ? 1 : RANKS.indexOf(post) + 1;
  const people = onDuty(unit.id);
  return RANKS.slice(from).flatMap((rank) => {
    const found = people.find((one) => one.post === rank);
    return found ? [{ unit, post: rank, person: found.name }] : [];
  });
}

/** Of a town its county, of counties and departments the city's desk. */
export function superiorOf({ id }: UnitRef, { units }: OrderGround): UnitRef | null {
  if (id === 'city') return null;
  const town = /^town:(\d{6})/.exec(id)?.[1];
  const above = town === undefined ? 'city' : `county:${town}`;
  return units.find((unit) => unit.id === above) ?? units.find((unit) => unit.id === 'city') ?? null;
}

const nameOf = ({ unit, post }: Addressee): string => `${unit.id} ${post}`;

/** The person on duty, where an order is for who holds a post. */
export function addresseeOf(unit: UnitRef, post: Addressee['post'], { onDuty }: OrderGround): Addressee {
  const person = post === '' ? '' : (onDuty(unit.id).find((one) => one.post === post)?.name ?? '');
  return { unit, post, person };
}
