// Rows of `warning` as OASIS CAP 1.2: one message with an info block a row, the elements in the order of the schema.
import type { Geometry, LonLat } from '../../../contracts/column.ts';
import type { Row } from '../../../contracts/layer.ts';
import type { warning } from '../../../contracts/layers/warning.ts';
import { branch, leaf, xmlDocument } from './xml-text.ts';

export type WarningRow = Row<(typeof warning)['columns']>;
type Values = WarningRow['values'];

export interface CapPublisher {
  /** Of the city. */
  readonly id: string;
  /** IANA: times are told at its offset from UTC. */
  readonly timeZone: string;
}

const SEVERITY = { red: 'Extreme', orange: 'Severe', yellow: 'Moderate', blue: 'Minor' } as const;

/** `rows`: of one message, at least one. Synthetic ones are an exercise, whatever their source said. */
export function capDocument(rows: readonly WarningRow[], publisher: CapPublisher): string {
  const [first] = rows as [WarningRow, ...WarningRow[]];
  const { values, synthetic } = first;
  const references = (values.references ?? []).join(' ');
  const note = synthetic ? '演示数据 demo data' : null;
  const message = branch(
    'alert',
    [
      leaf('identifier', identifierOf(first, publisher)),
      leaf('sender', nameless(values.senderId ?? `leader-cockpit.${publisher.id}`)),
      leaf('sent', capTime(values.sentAt ?? first.validAt, publisher.timeZone)),
      leaf('status', synthetic ? 'Exercise' : word(values.status ?? 'actual')),
      leaf('msgType', references === '' ? 'Alert' : 'Update'),
      leaf('source', `leader-cockpit ${publisher.id}`),
      leaf('scope', 'Public'),
      leaf('note', note),
      leaf('references', references === '' ? null : references),
      ...rows.map((row) => infoOf(row, publisher)),
    ],
    { xmlns: 'urn:oasis:names:tc:emergency:cap:1.2' },
  );
  return xmlDocument(message);
}

/** The one its issuer gave it, so that who hears it twice knows. */
export const identifierOf = ({ key, values }: WarningRow, { id }: CapPublisher): string =>
  nameless(values.issuedBy ?? `${id}.${key}`);

/** Identifiers and senders hold no spaces, commas, < or &. */
const nameless = (text: string): string => text.replaceAll(/[\s,<&]/g, '-');

function infoOf({ values, synthetic }: WarningRow, { timeZone }: CapPublisher): string {
  const { severity, categories } = values;
  const at = (moment: number | null): string | null => (moment === null ? null : capTime(moment, timeZone));
  return branch('info', [
    leaf('language', 'zh-CN'),
    ...(categories?.length ? categories : ['Other']).map((category) => leaf('category', category)),
    leaf('event', values.event ?? values.title ?? '预警'),
    leaf('urgency', word(values.urgency ?? 'unknown')),
    leaf('severity', severity === null ? 'Unknown' : SEVERITY[severity]),
    leaf('certainty', word(values.certainty ?? 'unknown')),
    values.eventCode === null ? '' : named('eventCode', 'GB/T 35965.1', values.eventCode),
    leaf('onset', at(values.onsetAt)),
    leaf('expires', at(values.expiresAt)),
    leaf('senderName', values.sender),
    leaf('headline', values.title),
    leaf('description', values.description),
    leaf('instruction', values.instruction),
    synthetic ? named('parameter', 'synthetic', 'true') : '',
    ...areasOf(values),
  ]);
}

/**
 * Names, outlines and codes of one area each where they are as many; otherwise one area of all of them: which outline
 * has which name is not known then.
 */
function areasOf({ areaNames, geocodes, area }: Values): string[] {
  const [names, codes, rings] = [areaNames ?? [], geocodes ?? [], ringsOf(area)];
  if (names.length + codes.length + rings.length === 0) return [];
  const isOneEach = [codes, rings].every(({ length }) => length === 0 || length === names.length);
  if (isOneEach) {
    return names.map((name, at) => areaOf(name, rings.slice(at, at + 1), codes.slice(at, at + 1)));
  }
  return [areaOf(names.join('、') || codes.join('、') || '图示范围', rings, codes)];
}

function areaOf(name: string, rings: readonly (readonly LonLat[])[], codes: readonly string[]): string {
  return branch('area', [
    leaf('areaDesc', name),
    // Latitude first.
    ...rings.map((ring) => leaf('polygon', ring.map(([lon, lat]) => `${lat},${lon}`).join(' '))),
    ...codes.map((code) => named('geocode', 'GB/T 2260', code)),
  ]);
}

/** Outer rings: CAP knows no holes. */
function ringsOf(area: Geometry | null): (readonly LonLat[])[] {
  if (area?.type === 'Polygon') return area.coordinates.slice(0, 1);
  if (area?.type === 'MultiPolygon') return area.coordinates.flatMap((rings) => rings.slice(0, 1));
  return [];
}

const named = (tag: string, name: string, value: string): string =>
  branch(tag, [leaf('valueName', name), leaf('value', value)]);

/** Codes are CAP's own words in small letters. */
const word = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1);

/** CAP wants whole seconds and an offset in digits, Z not being one. */
export function capTime(moment: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(moment);
  const told = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '00', minutes = '00'] = /([+-])(\d\d):(\d\d)/.exec(told) ?? [];
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  return `${new Date(moment + offsetMs).toISOString().slice(0, 19)}${sign}${hours}:${minutes}`;
}
