// What towns, counties and the city are told of an acknowledgement, in the words of the city. Pure, and the same each time: the
// outbox tells each once.
import type { Acknowledgement } from '../../contracts/records/acknowledgement.ts';
import { missingIn } from '../../contracts/records/acknowledgement.ts';
import type { UnitRef } from '../../contracts/records/incident.ts';
import { filled } from '../kit/filled-words.ts';
import type { Note } from '../outbound/port.ts';
import type { AckGround } from './port.ts';

const MINUTE_MS = 60_000;
/** Names that are told of those who have not answered. */
const MOST_NAMED = 12;

/** Everybody who was asked, then who was told of those who are missing. */
export function notesOf(ack: Acknowledgement, ground: AckGround): Note[] {
  const { texts } = ground.rules;
  if (!texts) return [];
  const { title, at, dueAt, asked, subject } = ack;
  const words = { city: ground.city, title, minutes: String(Math.round((dueAt - at) / MINUTE_MS)) };
  const text = filled(subject === 'warning' ? texts.warning : texts.order, words);
  const escalated = ack.escalated.flatMap(({ to }) => escalation(ack, to, { ground, words }));
  return [...asked.map((unit) => noteTo(ack, unit, { text, ground })), ...escalated];
}

export const askOnce = ({ id, at }: Acknowledgement, unit: string): string =>
  `a${id}-${at.toString(36)}-${unit}`;

/** Each county its own towns; the city all of them. */
function escalation(
  ack: Acknowledgement,
  to: 'county' | 'city',
  { ground, words }: { readonly ground: AckGround; readonly words: Readonly<Record<string, string>> },
): Note[] {
  const missing = missingIn(ack);
  const groups =
    to === 'city'
      ? new Map([['city', missing]])
      : Map.groupBy(missing, ({ id }) => `county:${id.slice(5, 11)}`);
  return [...groups].flatMap(([id, towns]) => {
    const unit = ground.units.find((one) => one.id === id);
    if (!unit || towns.length === 0) return [];
    const named = towns.slice(0, MOST_NAMED).map(({ name }) => name.zh);
    const text = `${named.join('、')}${towns.length > named.length ? `等${towns.length}个` : ''}`;
    const note = noteTo(ack, unit, {
      text: filled(ground.rules.texts?.missing ?? '', { ...words, text }),
      ground,
    });
    return [{ ...note, once: `${note.once}-missing-${to}` }];
  });
}

function noteTo(
  ack: Acknowledgement,
  unit: UnitRef,
  { text, ground }: { readonly text: string; readonly ground: AckGround },
): Note {
  const region = /^(?:county|town):(\d+)$/.exec(unit.id)?.[1] ?? ground.cityCode;
  return {
    ...{ kind: 'notice', cause: 'acknowledgement', to: unit, text, once: askOnce(ack, unit.id) },
    about: { id: 0, no: ack.of.slice(0, 60), title: ack.title.slice(0, 80), region },
  };
}
