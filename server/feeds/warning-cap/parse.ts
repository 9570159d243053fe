// CAP 1.2 → `warning`. One row an info block; updates and cancellations end what they refer to.
import type { RowValues } from '../../../contracts/layer.ts';
import { warning } from '../../../contracts/layers/warning.ts';
import type { Sink } from '../../kit/feed.ts';
import { parseIsoTime } from '../../kit/times.ts';
import type { XmlElement } from '../../kit/xml.ts';
import { childrenNamed, parseXml, textOf } from '../../kit/xml.ts';
import { unreadable } from '../../kit/unreadable.ts';
import type { CapArea } from './area.ts';
import { readAreas } from './area.ts';

type Values = RowValues<(typeof warning)['columns']>;

/** Domestic colours as severities. */
const SEVERITY = {
  Extreme: 'red',
  Severe: 'orange',
  Moderate: 'yellow',
  Minor: 'blue',
  Unknown: null,
} as const;
const STATUS = {
  Actual: 'actual',
  Exercise: 'exercise',
  System: 'system',
  Test: 'test',
  Draft: 'draft',
} as const;
const URGENCY = {
  Immediate: 'immediate',
  Expected: 'expected',
  Future: 'future',
  Past: 'past',
  Unknown: 'unknown',
} as const;
/** 'Very Likely' is CAP 1.0 and to be read as Likely. */
const CERTAINTY = {
  Observed: 'observed',
  Likely: 'likely',
  'Very Likely': 'likely',
  Possible: 'possible',
  Unlikely: 'unlikely',
  Unknown: 'unknown',
} as const;
const MESSAGE_TYPES = new Set(['Alert', 'Update', 'Cancel', 'Ack', 'Error']);

const USED_OF_ALERT = new Set([
  'identifier',
  'sender',
  'sent',
  'status',
  'msgType',
  'references',
  'info',
  'scope',
]);
const USED_OF_INFO = new Set(
  (
    'language category event urgency severity certainty eventCode effective onset expires senderName headline ' +
    'description instruction area'
  ).split(' '),
);

export interface WarningReader {
  /** One CAP document. */
  read(bytes: Uint8Array, now: number): void;
  /** Ends rows whose `expires` has passed. */
  expire(now: number): void;
}

interface Open {
  readonly rowId: string;
  readonly expiresAt: number | null;
}

/** Keeps which rows stand for which identifier, so that references can end them. */
export function createWarningReader(sink: Sink): WarningReader {
  const open = new Map<string, Open[]>();

  const end = (identifier: string, reason: 'cancelled' | 'superseded' | 'expired', at: number): void => {
    const rows = open.get(identifier) ?? [{ rowId: identifier, expiresAt: null }];
    for (const row of rows) sink.remove(warning, row.rowId, reason, at);
    open.delete(identifier);
  };

  return {
    read(bytes, now) {
      const alert = readAlert(bytes, sink);
      if (!alert) return;
      if (alert.type === 'Ack' || alert.type === 'Error') return sink.ignore(`msgType ${alert.type}`);
      for (const reference of alert.references) {
        end(identifierIn(reference), alert.type === 'Cancel' ? 'cancelled' : 'superseded', alert.sentAt);
      }
      if (alert.type === 'Cancel') return;
      const rows: Open[] = [];
      alert.infos.forEach((info, index) => {
        const values = readInfo(info, alert, sink);
        if (!values) return;
        if (values.expiresAt !== null && values.expiresAt <= now)
          return sink.ignore('expired before it was read');
        const rowId = index === 0 ? alert.identifier : `${alert.identifier}#${index}`;
        rows.push({ rowId, expiresAt: values.expiresAt });
        const [only, second] = values.geocodes ?? [];
        sink.put(warning, {
          id: rowId,
          validAt: alert.sentAt,
          regionCode: only !== undefined && second === undefined ? only : undefined,
          values,
        });
      });
      if (rows.length > 0) open.set(alert.identifier, rows);
    },
    expire(now) {
      for (const [identifier, rows] of open) {
        if (rows.every((row) => row.expiresAt !== null && row.expiresAt <= now))
          end(identifier, 'expired', now);
      }
    },
  };
}

interface Alert {
  readonly identifier: string;
  readonly sender: string;
  readonly sentAt: number;
  readonly status: Values['status'];
  readonly type: string;
  /** sender,identifier,sent */
  readonly references: readonly string[];
  readonly infos: readonly XmlElement[];
}

function readAlert(bytes: Uint8Array, sink: Sink): Alert | null {
  let root: XmlElement;
  try {
    root = parseXml(bytes);
  } catch (error) {
    unreadable(bytes);
    sink.reject('record/parse', error instanceof Error ? error.message.slice(0, 200) : String(error), bytes);
    return null;
  }
  const field = (name: string): string => textOf(root, name) ?? '';
  const status = field('status');
  const type = field('msgType');
  const missing = ['identifier', 'sender', 'sent'].find((name) => field(name) === '');
  if (root.name !== 'alert' || missing || !(status in STATUS) || !MESSAGE_TYPES.has(type)) {
    const why =
      root.name !== 'alert'
        ? `root <${root.name.slice(0, 40)}>`
        : (missing ?? `status "${status.slice(0, 40)}", msgType "${type.slice(0, 40)}"`);
    sink.reject('record/shape', `CAP alert: ${why}`, bytes);
    return null;
  }
  const sentAt = parseIsoTime(field('sent'));
  if (Number.isNaN(sentAt)) {
    sink.reject('record/time', `sent "${field('sent').slice(0, 60)}"`, bytes);
    return null;
  }
  ignoreUnused(root, USED_OF_ALERT, sink);
  return {
    identifier: field('identifier').slice(0, 190),
    sender: field('sender'),
    sentAt,
    status: STATUS[status as keyof typeof STATUS],
    type,
    references: referencesOf(field('references')),
    infos: oneLanguage(childrenNamed(root, 'info'), sink),
  };
}

/** "sender,identifier,sent sender,identifier,sent" → those with an identifier. */
const referencesOf = (text: string): string[] =>
  text.split(/\s+/).filter((triple) => identifierIn(triple) !== '');

const identifierIn = (triple: string): string => (triple.split(',')[1] ?? '').slice(0, 190);

/** The same news in several languages is one row: Chinese where there is Chinese, otherwise the first language. */
function oneLanguage(infos: readonly XmlElement[], sink: Sink): readonly XmlElement[] {
  const languageOf = (info: XmlElement): string => (textOf(info, 'language') ?? 'en-US').toLowerCase();
  const languages = infos.map(languageOf);
  const wanted = languages.find((language) => language.startsWith('zh')) ?? languages[0];
  return infos.filter((_, index) => {
    const keep = languages[index] === wanted;
    if (!keep) sink.ignore(`info in ${languages[index]?.slice(0, 20)}`);
    return keep;
  });
}

function readInfo(info: XmlElement, alert: Alert, sink: Sink): Values | null {
  const field = (name: string): string | null => textOf(info, name);
  const severity = field('severity') ?? 'Unknown';
  const urgency = field('urgency') ?? 'Unknown';
  const certainty = field('certainty') ?? 'Unknown';
  if (!(severity in SEVERITY) || !(urgency in URGENCY) || !(certainty in CERTAINTY)) {
    const codes = [severity, urgency, certainty].map((code) => code.slice(0, 30)).join(', ');
    sink.reject('record/enum', `${alert.identifier}: severity, urgency, certainty: ${codes}`, '');
    return null;
  }
  const [onsetAt, expiresAt] = [field('onset') ?? field('effective'), field('expires')].map(timeOrNull);
  if (Number.isNaN(onsetAt) || Number.isNaN(expiresAt)) {
    sink.reject('record/time', `${alert.identifier}: onset or expires is unreadable`, '');
    return null;
  }
  ignoreUnused(info, USED_OF_INFO, sink);
  const area: CapArea = readAreas(childrenNamed(info, 'area'), sink);
  return {
    position: area.labelAt,
    area: area.geometry,
    title: clip(field('headline') ?? field('event'), 200),
    event: clip(field('event'), 60),
    eventCode: clip(
      childrenNamed(info, 'eventCode').map((code) => textOf(code, 'value') ?? '')[0] ?? null,
      40,
    ),
    severity: SEVERITY[severity as keyof typeof SEVERITY],
    urgency: URGENCY[urgency as keyof typeof URGENCY],
    certainty: CERTAINTY[certainty as keyof typeof CERTAINTY],
    status: alert.status,
    sender: clip(field('senderName') ?? alert.sender, 120),
    issuedBy: alert.identifier,
    areaNames: area.names,
    geocodes: area.geocodes,
    sentAt: alert.sentAt,
    onsetAt: onsetAt ?? null,
    expiresAt: expiresAt ?? null,
    description: clip(field('description'), 8000),
    instruction: clip(field('instruction'), 8000),
    senderId: clip(alert.sender, 200),
    categories: childrenNamed(info, 'category')
      .slice(0, 12)
      .map(({ text }) => text.slice(0, 20)),
    references: alert.references.slice(0, 50).map((triple) => triple.slice(0, 400)),
  };
}

function timeOrNull(text: string | null): number | null {
  return text === null ? null : parseIsoTime(text);
}

function clip(text: string | null, max: number): string | null {
  return text === null ? null : text.slice(0, max);
}

function ignoreUnused(element: XmlElement, used: ReadonlySet<string>, sink: Sink): void {
  for (const part of element.children) {
    if (!used.has(part.name)) sink.ignore(`${element.name}.${part.name.slice(0, 40)}`);
  }
}
