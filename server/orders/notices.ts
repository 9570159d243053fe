// What somebody is told of an order, in the words of the city. Pure, and the same each time it is asked: the outbox tells each
// once, so that a kill between the order and its notice neither loses nor doubles one.
import type { Addressee, Order, OrderLine } from '../../contracts/records/order.ts';
import type { Note, OutboundRules } from '../outbound/port.ts';
import { filled, shortTime } from '../kit/filled-words.ts';

export interface NoticeWords {
  readonly rules: OutboundRules['orders'];
  /** Of the city. */
  readonly city: string;
  readonly timeZone: string;
}

const MINUTE_MS = 60_000;
const verbWords = { issue: 'issue', remind: 'remind', escalate: 'escalate', withdraw: 'withdraw' } as const;

/** Of everything that was done to it; what was done before `since`, epoch ms, is told to nobody any more. */
export function noticesOf(order: Order, words: NoticeWords, since: number): Note[] {
  return order.log.flatMap((line) => (line.at < since ? [] : (noticeOf(order, line, words) ?? [])));
}

function noticeOf(order: Order, line: OrderLine, { rules, city, timeZone }: NoticeWords): Note | null {
  const word = verbWords[line.verb as keyof typeof verbWords] as keyof typeof verbWords | undefined;
  const template = word && rules?.[word];
  if (template === undefined) return null;
  const to = line.to ?? order.to;
  const said = {
    ...{ city, no: order.no, place: order.place || '见系统', from: order.from.name.zh },
    text: line.verb === 'withdraw' ? line.text : order.text,
    to: wordOf(order.to),
    time: shortTime(line.at, timeZone),
    due: order.dueAt === null ? '尽快' : shortTime(order.dueAt, timeZone),
    minutes: String(line.verb === 'issue' ? order.ackMin : Math.round((line.at - order.givenAt) / MINUTE_MS)),
  };
  return {
    ...{ kind: 'notice', cause: 'order', to: { id: to.unit.id, name: nameOf(to) } },
    text: filled(template, said),
    about: aboutOf(order),
    once: onceOf(order, line),
  };
}

/** Whom the first notice goes to says whether the order arrived. */
export const issueOnce = (order: Order): string => onceOf(order, order.log[0] as OrderLine);

const onceOf = ({ id, givenAt }: Order, { verb, seq }: OrderLine): string =>
  `o${id}-${givenAt.toString(36)}-${verb}-${seq}`;

export const aboutOf = ({ incident, no, text, region }: Order): Note['about'] => ({
  id: incident?.id ?? 0,
  no: incident?.no ?? no,
  title: text.slice(0, 80),
  region: incident?.region ?? region,
});

const wordOf = ({ unit, person }: Addressee): string => `${unit.name.zh}${person === '' ? '' : ` ${person}`}`;
const nameOf = ({ unit, person }: Addressee) =>
  person === '' ? unit.name : { zh: `${unit.name.zh} ${person}`, en: `${unit.name.en} ${person}` };
