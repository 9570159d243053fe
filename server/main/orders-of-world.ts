// Orders of one world, wired: the roster that says who is asked next, plans in force, evidence, outbox and tasks.
import type { Freezer } from '../evidence/port.ts';
import { OrderBook } from '../orders/order-book.ts';
import { orderTargets, seatsOf } from './order-targets.ts';
import type { CommandParts } from './command-desks.ts';

/** What earlier runs of the server left undone is done before it resolves. */
export async function ordersOf(parts: CommandParts & { readonly packs: Freezer }): Promise<OrderBook> {
  const { shared, world, clock, stores, incidents, outbox, library, duty, packs } = parts;
  const { city, config, gate, log } = shared;
  const { profile } = city;
  const seats = seatsOf(city);
  const orders = new OrderBook({
    ...{ log: stores.records, clock, logger: log, freezer: packs, teller: outbox.book },
    ground: {
      ...{ cityCode: profile.code, timeZone: profile.timeZone, units: incidents.units },
      placeOf: seats,
      onDuty: (unit) => duty.onDuty(unit),
    },
    words: { rules: city.outbound.orders, city: profile.title.zh, timeZone: profile.timeZone },
    targets: orderTargets({ world, clock, seats, isDemo: config.demo }),
    incident: (id) => incidents.find(id),
    inForce: (plan) => library.inForce(plan),
    tasks: incidents.tasks,
    nameOf: (subject) => gate.nameOf(subject),
  });
  await orders.open();
  parts.followers.add((incident) => orders.happened(incident));
  return orders;
}
