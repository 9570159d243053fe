// Situation reports of one world, wired: incidents, orders, calls, choices and warnings they are counted out of.
import { warning } from '../../contracts/layers/warning.ts';
import type { CallBook } from '../calls/call-book.ts';
import type { Freezer } from '../evidence/port.ts';
import type { OptionBook } from '../options/option-book.ts';
import type { OrderBook } from '../orders/order-book.ts';
import { SituationBook } from '../situations/situation-book.ts';
import type { CommandParts } from './command-desks.ts';

type SituationParts = CommandParts & {
  readonly packs: Freezer;
  readonly orders: OrderBook;
  readonly options: OptionBook;
  readonly calls: CallBook;
};

/** What earlier runs of the server left undone is done before it resolves. */
export async function situationsOf(parts: SituationParts): Promise<SituationBook> {
  const { shared, world, clock, stores, incidents, outbox, packs, orders, options, calls } = parts;
  const { city, gate } = shared;
  const { decisions } = city.outbound;
  const system = city.systems.find(({ id }) => `system:${id}` === decisions?.to);
  const book = new SituationBook({
    ...{ log: stores.records, clock, logger: shared.log, freezer: packs, teller: outbox.book },
    ...{ incidents, decisions },
    systemName: system?.title ?? { zh: decisions?.to ?? '', en: decisions?.to ?? '' },
    ground: {
      timeZone: city.profile.timeZone,
      units: incidents.units,
      matter: (id) => {
        const incident = incidents.find(id);
        return (
          incident && {
            incident,
            orders: [...orders.everyone()].filter((one) => one.incident?.id === id),
            calls: [...calls.everyone()].filter((one) => one.incident?.id === id),
            choices: options.choicesOf(id),
            warnings: [...world.table(warning.slug).rows()].map(({ key }) => key),
            now: clock.now(),
          }
        );
      },
      nameOf: (subject) => gate.nameOf(subject),
    },
  });
  await book.open();
  return book;
}
