// Orders on every screen: the place of each, and the way from who gave it to the unit; and where units sit.
import type { City } from '../../cities/load.ts';
import type { LonLat } from '../../contracts/column.ts';
import { order as orderLayer } from '../../contracts/layers/order.ts';
import type { Order } from '../../contracts/records/order.ts';
import { isOrderOpen } from '../../contracts/records/order.ts';
import type { Clock } from '../kit/clock.ts';
import type { OrderTargets } from '../orders/port.ts';
import type { LiveWorld } from '../state/live-world.ts';

/** What this server says itself, as the source of a row. */
const SELF = 'leader-cockpit';

export interface OrderTargetParts {
  readonly world: LiveWorld;
  readonly clock: Clock;
  readonly seats: Seats;
  readonly isDemo: boolean;
}

/** Of a unit; null: nobody knows. */
export type Seats = (unit: string) => LonLat | null;

/** Centres of the city and its counties, places of towns; a department sits where the city's centre is known to be. */
export function seatsOf({ organisation, places, towns, counties }: City): Seats {
  const at = new Map(places.map(({ properties, geometry }) => [properties.id, geometry.coordinates]));
  const city = at.get(organisation.city.centre) ?? null;
  const seats = new Map<string, LonLat>();
  if (city) seats.set('city', city);
  for (const { code, centre } of organisation.counties) {
    const seat = counties.find(({ properties }) => properties.code === code)?.properties.seat;
    const found = at.get(centre) ?? (seat && ([seat.lon, seat.lat] as const));
    if (found) seats.set(`county:${code}`, found);
  }
  for (const { code, lon, lat } of towns) seats.set(`town:${code}`, [lon, lat]);
  return (unit) => seats.get(unit) ?? (unit.startsWith('dept:') ? city : null);
}

export function orderTargets(parts: OrderTargetParts): OrderTargets {
  return {
    show: (order, from, isOverdue) => show(parts, order, { from, isOverdue }),
    showOnly: (ids) => {
      const table = parts.world.table(orderLayer.slug);
      for (const { key } of [...table.rows()]) if (!ids.has(key)) table.remove(table.slotOf(key), 'gone');
    },
  };
}

function show(
  { world, clock, seats, isDemo }: OrderTargetParts,
  order: Order,
  { from, isOverdue }: { readonly from: LonLat | null; readonly isOverdue: boolean },
): void {
  const held = world.layers.get(orderLayer.slug);
  if (!held) throw new Error(`layer ${orderLayer.slug} is not loaded: see contracts/layers`);
  const { table, batch } = held;
  const slot = table.slotOf(order.id);
  if (!isOrderOpen(order)) {
    if (slot >= 0) table.remove(slot, order.state === 'withdrawn' ? 'cancelled' : 'gone');
    return;
  }
  const values = valuesOf(order, { from, to: seats(order.to.unit.id), isOverdue });
  const before = slot < 0 ? null : table.row(slot).values;
  // What stands already is not said again: a restart is no news.
  if (before?.['revision'] === values.revision && before['overdue'] === values.overdue) return;
  const row = {
    ...{ key: order.id, validAt: clock.now(), regionCode: order.region },
    ...{ source: SELF, synthetic: isDemo, values },
  };
  table.put(row);
  batch.append(row);
}

const yes = (is: boolean): 'yes' | 'no' => (is ? 'yes' : 'no');

function valuesOf(
  order: Order,
  at: { readonly from: LonLat | null; readonly to: LonLat | null; readonly isOverdue: boolean },
) {
  const end = order.position ?? at.to;
  const isWay = at.from && end && (at.from[0] !== end[0] || at.from[1] !== end[1]);
  return {
    position: end,
    way: isWay ? { type: 'LineString' as const, coordinates: [at.from, end] } : null,
    title: order.text.slice(0, 160),
    no: order.no,
    state: order.state,
    urgent: yes(order.urgent),
    from: order.from.name.zh,
    unit: order.to.unit.name.zh,
    unitId: order.to.unit.id,
    place: order.place,
    dueAt: order.dueAt,
    overdue: yes(at.isOverdue),
    late: yes(order.late),
    escalations: Math.min(100, order.escalations),
    revision: order.seq,
  };
}
