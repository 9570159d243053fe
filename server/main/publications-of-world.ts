// Public statements of one world as rows of their layer, from the outbox that keeps them.
import { publication } from '../../contracts/layers/publication.ts';
import type { Message } from '../../contracts/records/message.ts';
import type { CommandParts } from './command-desks.ts';

/** What this server says itself, as the source of a row. */
const SELF = 'leader-cockpit';

/** Shows what is there and follows what becomes of it; what is older than the layer keeps stays away. */
export function publicationsOf({ outbox, world, shared, clock, incidents }: CommandParts): void {
  const held = world.layers.get(publication.slug);
  if (!held) throw new Error(`layer ${publication.slug} is not loaded: see contracts/layers`);
  const { table, batch } = held;
  const keepMs = (publication.expireS ?? Infinity) * 1000;
  let isEarlier = true;
  outbox.book.watchStatements((message) => {
    const row = rowOf(message);
    if (clock.now() - row.validAt > keepMs) return;
    table.put(row);
    if (!isEarlier) batch.append(row);
  });
  isEarlier = false;

  function rowOf(message: Message) {
    const { id, incident, state, text, facts, writtenBy, approvedBy, writtenAt, sentAt, log } = message;
    const region = incident && (incidents.find(incident.id)?.region ?? incident.region);
    return {
      ...{ key: String(id), validAt: log.at(-1)?.at ?? writtenAt, source: SELF },
      ...{ regionCode: region ?? shared.city.profile.code, synthetic: shared.config.demo },
      values: {
        title: (incident?.title ?? '').slice(0, 160),
        ...{ incident: incident?.no ?? '', incidentId: incident?.id ?? 0, state, text },
        ...{ facts: facts?.length ?? 0, writtenBy, approvedBy, writtenAt, publishedAt: sentAt },
      },
    };
  }
}
