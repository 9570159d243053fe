// What an incident that moved makes the city say, and to whom; and who is told when nobody reads it. Pure.
import type { Incident, LogLine, UnitRef } from '../../contracts/records/incident.ts';
import { ownerOf } from '../../contracts/records/incident.ts';
import type { Message, Recipient } from '../../contracts/records/message.ts';
import type { Draft } from './fold.ts';
import type { Announcement, CityWords, GlassNews, IncidentSource, Note, NoteCause } from './port.ts';
import type { OutboundRules, Rung } from './port.ts';
import { glassWordsOf, wordsOf } from './wording.ts';

export interface Writing {
  readonly rules: OutboundRules;
  readonly city: CityWords;
  /** Of the city: what is once-only here is so beside other cities too. */
  readonly code: string;
  readonly incidents: IncidentSource;
  readonly now: number;
}

/** Drafts for one thing that was done to an incident; empty: nobody is told. */
export function draftsFor(incident: Incident, line: LogLine, writing: Writing): Draft[] {
  const { rules, city, now } = writing;
  const said = { by: line.by, text: line.text, city, now };
  const once = (which: string): string =>
    `${writing.code}-e${line.seq}-${line.knownAt.toString(36)}-${which}`;
  const told = rules.messages.flatMap(({ on, kind, to, text }, at): Draft[] => {
    const recipient = on === line.verb ? recipientOf(to, incident, writing) : null;
    if (!recipient) return [];
    const isNotice = kind === 'notice';
    return [
      {
        ...{ kind, to: recipient, text: wordsOf(text, incident, said), incident: briefly(incident) },
        ...{ once: once(String(at)), cause: line.verb, state: 'queued', rung: 0, escalates: null },
        ackDueAt: isNotice ? dueOn(rungsFor(incident, rules)[0], now) : null,
      },
    ];
  });
  return line.verb === 'close' ? [...told, ...repliesFor(incident, line, { ...writing, once })] : told;
}

/** What a unit is told of a plan; null: the city has no words for it. */
export function announcementOf(
  { about, incident: id, to, once, plan, words }: Announcement,
  { rules, city, now, incidents, code }: Writing,
): Draft | null {
  const incident = incidents.find(id);
  const template = { ...rules.plans, ...rules.crisis }[about];
  if (!incident || template === undefined) return null;
  const { version, clause } = plan ?? { version: 0, clause: '' };
  const said = { title: words.plan, version, clause, level: words.level, dueAt: words.dueAt };
  return {
    ...{ kind: 'notice', to, incident: briefly(incident), once: `${code}-${once}` },
    ...(plan ? { cause: 'plan', plan } : { cause: about }),
    text: wordsOf(template, incident, { text: words.text, plan: said, city, now }),
    ...{ state: 'queued', rung: 0, escalates: null },
    ackDueAt: dueOn(rungsFor(incident, rules)[0], now),
  };
}

/** One for each of those who watch; empty: the city names nobody. */
export function draftsOfGlass(news: GlassNews, { rules, city, code }: Writing): Draft[] {
  const { glass } = rules;
  return (glass?.to ?? []).map((to) => ({
    ...{ kind: 'notice', to, incident: null, cause: 'glass', state: 'queued' },
    text: glassWordsOf(glass?.[news.what] ?? '', news, { city }),
    once: `${code}-glass-${news.id}-${news.what}-${to.id.replaceAll(':', '-')}`,
    ...{ rung: 0, escalates: null, ackDueAt: null },
  }));
}

/** Of what no incident says: it has a life of its own, whatever becomes of the incident. */
export const isNote = ({ cause }: Pick<Message, 'cause'>): boolean => NOTES.has(cause);
const NOTES: ReadonlySet<string> = new Set([
  'order',
  'call',
  'decision',
  'acknowledgement',
] satisfies NoteCause[]);

export const draftOf = ({ about, once, ...note }: Note, code: string): Draft => ({
  ...{ ...note, incident: about, once: `${code}-${once}`, state: 'queued' },
  ...{ rung: 0, escalates: null, ackDueAt: null },
});

/** One for each row somebody spoke up with, those of incidents merged into this one too. A person sends them, not a rule. */
function repliesFor(
  incident: Incident,
  line: LogLine,
  { rules, city, now, incidents, once }: Writing & { readonly once: (which: string) => string },
): Draft[] {
  const parts = incident.merged.flatMap((id) => incidents.find(id) ?? []);
  const rows = [incident, ...parts].flatMap(({ evidence }) => evidence);
  const result = [...incident.log].reverse().find(({ verb }) => verb === 'answer')?.text ?? line.text;
  const seen = new Set<string>();
  return rows.flatMap(({ layer, key, name }, at): Draft[] => {
    const template = rules.replies[layer];
    const id = `${layer}:${key}`;
    if (template === undefined || seen.has(id)) return [];
    seen.add(id);
    const text = wordsOf(template, { ...incident, title: name }, { by: line.by, text: result, city, now });
    return [
      {
        ...{ kind: 'reply', to: { id, name: { zh: `来件 ${key}`, en: `Ticket ${key}` } }, text },
        ...{ incident: briefly(incident), once: once(`r${at}`), cause: 'close', state: 'draft' },
        ...{ rung: 0, escalates: null, ackDueAt: null },
      },
    ];
  });
}

/** The message to the next in line about one that stayed unread; null: nobody is left who was not told. */
export function nextInLine(unread: Message, below: readonly Message[], writing: Writing): Draft | null {
  const { rules, city, now, incidents, code } = writing;
  const incident = unread.incident && incidents.find(unread.incident.id);
  if (!incident) return null;
  const rungs = rungsFor(incident, rules);
  const told = new Set([unread, ...below].map(({ to }) => to.id));
  for (let rung = unread.rung; rung < rungs.length; rung += 1) {
    const to = recipientOf((rungs[rung] as Rung).to, incident, writing);
    if (!to || told.has(to.id)) continue;
    const minutes = Math.round((now - unread.writtenAt) / 60_000);
    const text = wordsOf(rules.unread.text, incident, { to: unread.to.name.zh, minutes, city, now });
    return {
      ...{ kind: 'notice', to, text, incident: briefly(incident), cause: 'unread', state: 'queued' },
      once: `${code}-m${unread.id}-${unread.writtenAt.toString(36)}-${rung}`,
      ...{ rung: rung + 1, escalates: unread.id, ackDueAt: dueOn(rungs[rung + 1], now) },
    };
  }
  return null;
}

const rungsFor = ({ urgent }: Incident, { unread }: OutboundRules): readonly Rung[] =>
  urgent ? unread.urgent : unread.normal;

const dueOn = (rung: Rung | undefined, now: number): number | null =>
  rung ? now + rung.afterMin * 60_000 : null;

function recipientOf(to: string, incident: Incident, { incidents, city }: Writing): Recipient | null {
  const unit = (one: UnitRef | undefined | null): Recipient | null => one ?? null;
  switch (to) {
    case 'owner':
      return unit(ownerOf(incident));
    case 'unit':
      return unit(incident.unit);
    case 'desk':
      return unit(incident.desk);
    default:
      if (to.startsWith('system:')) {
        const id = to.slice('system:'.length);
        const known = city.systems.find((one) => one.id === id);
        return { id: to, name: known?.title ?? { zh: id, en: id } };
      }
      return unit(incidents.units.find(({ id }) => id === to));
  }
}

const briefly = ({ id, no, title, region }: Incident) => ({ id, no, title, region });
