// Options and calls of one world, wired: plans in force, what is active, what units sit where and how they are rung.
import type { Title } from '../../contracts/column.ts';
import type { Freezer } from '../evidence/port.ts';
import { CallBook } from '../calls/call-book.ts';
import { lint } from '../plans/lint.ts';
import { OptionBook } from '../options/option-book.ts';
import type { CommandParts } from './command-desks.ts';
import { seatsOf } from './order-targets.ts';

/** Numbers of a unit, out of the plans in force. */
export const contactsIn =
  (parts: Pick<CommandParts, 'library'>) =>
  (unit: string): readonly { readonly post: Title; readonly phone: string }[] => {
    const all = plansInForce(parts).flatMap(({ plan }) => plan.contacts.filter((one) => one.unit === unit));
    return [...new Map(all.map(({ post, phone }) => [phone, { post, phone }])).values()];
  };

const plansInForce = ({ library }: Pick<CommandParts, 'library'>) =>
  library.list().flatMap(({ id }) => library.inForce(id) ?? []);

export async function optionsOf(parts: CommandParts & { readonly packs: Freezer }): Promise<OptionBook> {
  const { shared, clock, stores, incidents, library, runs, packs } = parts;
  const book = new OptionBook({
    ...{ log: stores.records, clock, freezer: packs },
    ground: {
      plans: () => plansInForce(parts),
      incident: (id) => incidents.find(id),
      active: (incident) =>
        new Set(runs.list(incident, () => true).flatMap(({ plan, level }) => (level === null ? [] : [plan]))),
      errorsOf: ({ plan }) =>
        lint(plan, library.ground, clock.now()).filter(({ severity }) => severity === 'error').length,
      nameOf: (subject) => shared.gate.nameOf(subject),
    },
  });
  await book.open();
  return book;
}

export async function callsOf(parts: CommandParts): Promise<CallBook> {
  const { shared, clock, stores, incidents, outbox } = parts;
  const { city, gate } = shared;
  const { profile } = city;
  const seats = seatsOf(city);
  const book = new CallBook({
    ...{ log: stores.records, clock, teller: outbox.book, rules: city.outbound.calls },
    ground: {
      ...{ cityCode: profile.code, timeZone: profile.timeZone, city: profile.title.zh },
      ...{ units: incidents.units, placeOf: seats },
      contactsOf: contactsIn(parts),
      incident: (id) => incidents.find(id),
      nameOf: (subject) => gate.nameOf(subject),
    },
  });
  await book.open();
  return book;
}
