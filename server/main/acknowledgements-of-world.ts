// Acknowledgements of one world, wired: town posts of the city package, its rules, receipts, plans that hold numbers, and the
// rows that screens read.
import { acknowledgement as layer } from '../../contracts/layers/acknowledgement.ts';
import { dispatchOrder } from '../../contracts/layers/dispatch-order.ts';
import { townReceipt } from '../../contracts/layers/town-receipt.ts';
import { warning } from '../../contracts/layers/warning.ts';
import type { Columns } from '../../contracts/column.ts';
import type { Acknowledgement } from '../../contracts/records/acknowledgement.ts';
import { missingIn } from '../../contracts/records/acknowledgement.ts';
import type { UnitRef } from '../../contracts/records/incident.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { AckBook } from '../acknowledgements/ack-book.ts';
import type { AckGround } from '../acknowledgements/port.ts';
import type { LiveWorld } from '../state/live-world.ts';
import { contactsIn } from './calls-of-world.ts';
import type { CommandParts } from './command-desks.ts';

/** What this server says itself, as the source of a row. */
const SELF = 'leader-cockpit';
/** Of the columns of lists. */
const MOST_NAMED = 40;

export async function acknowledgementsOf(parts: CommandParts): Promise<AckBook> {
  const { shared, world, clock, stores, outbox } = parts;
  const book = new AckBook({
    ...{ log: stores.records, clock, logger: shared.log, teller: outbox.book, ground: groundOf(parts) },
    tables: {
      warnings: tableOf(world, warning),
      orders: tableOf(world, dispatchOrder),
      receipts: tableOf(world, townReceipt),
    },
    show: (ack) => show(parts, ack),
  });
  await book.open();
  world.compute(book);
  return book;
}

function groundOf({ shared, incidents, library }: CommandParts): AckGround {
  const { city, gate } = shared;
  const { profile, acknowledgements: rules, stations, towns } = city;
  const units = new Map(incidents.units.map((unit) => [unit.id, unit]));
  // Areas that are no governments have no duty post.
  const posts = towns
    .filter(({ kind }) => kind !== 'area')
    .flatMap(({ code }) => units.get(`town:${code}`) ?? []);
  const reservoirs = new Map(stations.reservoirs.map(({ id, name }) => [name, id]));
  const unitOf = (code: string): readonly UnitRef[] => {
    const unit = units.get(`town:${code}`);
    return unit ? [unit] : [];
  };
  return {
    ...{ rules, cityCode: profile.code, timeZone: profile.timeZone, city: profile.title.zh },
    units: incidents.units,
    townsOf: (geocodes) => {
      const isAll = geocodes.some((code) => code.startsWith(profile.code));
      return posts.filter(({ id }) => isAll || geocodes.some((code) => id.startsWith(`town:${code}`)));
    },
    downstreamOf: (name) => (rules.orders?.downstream[reservoirs.get(name) ?? ''] ?? []).flatMap(unitOf),
    contactsOf: contactsIn({ library }),
    nameOf: (subject) => gate.nameOf(subject),
  };
}

const tableOf = <C extends Columns>(
  world: LiveWorld,
  { slug }: { slug: string; columns: C },
): LayerTable<C> => world.table(slug) as unknown as LayerTable<C>;

function show({ world, clock, shared }: CommandParts, ack: Acknowledgement): void {
  const held = world.layers.get(layer.slug);
  if (!held) throw new Error(`layer ${layer.slug} is not loaded: see contracts/layers`);
  const { table, batch } = held;
  const key = String(ack.id);
  const slot = table.slotOf(key);
  if (ack.endedAt !== null) {
    if (slot >= 0) table.remove(slot, 'gone');
    return;
  }
  // What stands already is not said again: a restart is no news.
  if (slot >= 0 && table.row(slot).values['revision'] === ack.seq) return;
  const missing = missingIn(ack);
  const state = missing.length === 0 ? 'complete' : ack.escalated.length > 0 ? 'escalated' : 'waiting';
  const row = {
    ...{ key, validAt: clock.now(), regionCode: shared.city.profile.code, source: SELF },
    synthetic: shared.config.demo,
    values: {
      ...{ title: ack.title, subject: ack.subject, of: ack.of, severity: ack.severity, state },
      ...{ asked: ack.asked.length, acknowledged: ack.answers.length, at: ack.at, dueAt: ack.dueAt },
      late: ack.answers.filter(({ isLate }) => isLate).length,
      missing: missing.slice(0, MOST_NAMED).map(({ name }) => name.zh),
      revision: ack.seq,
    },
  };
  table.put(row);
  batch.append(row);
}
