// OASIS CAP 1.2 documents. Element order is the schema's.
import type { LonLat } from '../engine/geo.ts';
import { element, xmlDocument } from './xml.ts';

export interface CapArea {
  description: string;
  /** Closed ring; null: the area is told by its geocode alone. */
  polygon: readonly LonLat[] | null;
  circle: { centre: LonLat; radiusKm: number } | null;
  geocode: string;
}

export interface CapAlert {
  identifier: string;
  sender: string;
  senderName: string;
  sent: string;
  status: 'Actual' | 'Exercise' | 'Test';
  msgType: 'Alert' | 'Update' | 'Cancel';
  references: readonly string[];
  category: string;
  event: string;
  eventCode: string;
  urgency: 'Immediate' | 'Expected' | 'Future' | 'Past';
  severity: 'Extreme' | 'Severe' | 'Moderate' | 'Minor';
  certainty: 'Observed' | 'Likely' | 'Possible';
  responseType: string;
  effective: string;
  onset: string;
  expires: string;
  headline: string;
  description: string;
  instruction: string;
  colour: string;
  areas: readonly CapArea[];
}

/** Positions in CAP are "lat,lon". */
const point = (p: LonLat): string => `${p[1].toFixed(4)},${p[0].toFixed(4)}`;

const named = (tag: string, name: string, value: string): string =>
  element(tag, [element('valueName', name), element('value', value)]);

function areaXml(area: CapArea): string {
  return element('area', [
    element('areaDesc', area.description),
    area.polygon === null ? '' : element('polygon', area.polygon.map(point).join(' ')),
    area.circle === null ? '' : element('circle', `${point(area.circle.centre)} ${area.circle.radiusKm}`),
    named('geocode', 'GB/T 2260', area.geocode),
  ]);
}

export function encodeCap(a: CapAlert): Buffer {
  const info = element('info', [
    element('language', 'zh-CN'),
    element('category', a.category),
    element('event', a.event),
    element('responseType', a.responseType),
    element('urgency', a.urgency),
    element('severity', a.severity),
    element('certainty', a.certainty),
    named('eventCode', 'GB/T 35965.1', a.eventCode),
    element('effective', a.effective),
    element('onset', a.onset),
    element('expires', a.expires),
    element('senderName', a.senderName),
    element('headline', a.headline),
    element('description', a.description),
    element('instruction', a.instruction),
    named('parameter', 'colour', a.colour),
    named('parameter', 'synthetic', 'true'),
    ...a.areas.map(areaXml),
  ]);
  return xmlDocument(
    element(
      'alert',
      [
        element('identifier', a.identifier),
        element('sender', a.sender),
        element('sent', a.sent),
        element('status', a.status),
        element('msgType', a.msgType),
        element('scope', 'Public'),
        element('note', '演示数据 synthetic'),
        a.references.length === 0 ? '' : element('references', a.references.join(' ')),
        info,
      ],
      { xmlns: 'urn:oasis:names:tc:emergency:cap:1.2' },
    ),
  );
}

/** How another message names this one: sender,identifier,sent. */
export const referenceTo = (a: Pick<CapAlert, 'sender' | 'identifier' | 'sent'>): string =>
  `${a.sender},${a.identifier},${a.sent}`;
