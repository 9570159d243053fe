// What a wanted warning says as a CAP alert: wording, severity, areas.
import type { County } from '../city/city.ts';
import type { LonLat } from '../engine/geo.ts';
import { HOUR } from '../engine/local-time.ts';
import { referenceTo, type CapAlert, type CapArea } from '../protocols/cap.ts';
import type { World } from '../world.ts';

export type Colour = '蓝' | '黄' | '橙' | '红';

export interface Kind {
  event: string;
  code: string;
  category: string;
  months: number[];
  colours: Colour[];
  text: string;
}

export interface Issued {
  alert: CapAlert;
  updatedAt: number;
  expiresAt: number;
  kind: Kind;
  colour: Colour;
  counties: County[];
  /** Replaced or cancelled: no further message refers to it. */
  over: boolean;
}

const SEVERITY = { 红: 'Extreme', 橙: 'Severe', 黄: 'Moderate', 蓝: 'Minor' } as const;
export const COLOURS: readonly Colour[] = ['蓝', '黄', '橙', '红'];
const MAX_RING = 90;
/** Events before which people are moved. */
const MOVING = new Set(['暴雨', '地质灾害', '山洪灾害']);

function responseOf(kind: Kind, colour: Colour, over: boolean): string {
  if (over) return 'AllClear';
  if (colour === '蓝' || colour === '黄') return 'Monitor';
  return MOVING.has(kind.event) ? 'Evacuate' : 'Prepare';
}

function ringOf(county: County): LonLat[] | null {
  const ring = county.rings[0];
  if (ring === undefined || ring.length < 4) return null;
  const step = Math.ceil(ring.length / MAX_RING);
  const thinned = ring.filter((_, i) => i % step === 0);
  return [...thinned, thinned[0] as LonLat];
}

export interface Wanted {
  kind: Kind;
  colour: Colour;
  counties: County[];
  at: number;
  hours: number;
  status?: CapAlert['status'];
  polygons?: boolean;
  refersTo?: Issued;
  cancel?: boolean;
  /** All towns acknowledge it within so many seconds. */
  answerS?: number;
}

const areasOf = (list: readonly County[], polygons: boolean): CapArea[] =>
  list.map((county) => ({
    description: county.name,
    polygon: polygons ? ringOf(county) : null,
    circle: null,
    geocode: county.code,
  }));

/** The alert of a warning; `serial` makes its identifier unique. */
export function toAlert({ city, time }: World, w: Wanted, serial: number): CapAlert {
  const area = w.counties.length === 0 ? city.name : w.counties.map((county) => county.name).join('、');
  const sender = w.kind.category === 'Met' ? 'qxj@warning.example' : 'yjj@warning.example';
  const senderName = `${city.name}${w.kind.category === 'Met' ? '气象台' : '应急管理局'}`;
  const exercise = w.status === 'Exercise' ? '【演练】' : '';
  const expiresAt = w.at + w.hours * HOUR;
  const verb = w.cancel === true ? '解除' : w.refersTo === undefined ? '发布' : '变更为';
  return {
    identifier: `${city.code}41600000_${time.digits(w.at)}${String(serial).padStart(4, '0')}`,
    sender,
    senderName,
    sent: time.iso(w.at),
    status: w.status ?? 'Actual',
    msgType: w.cancel === true ? 'Cancel' : w.refersTo === undefined ? 'Alert' : 'Update',
    references: w.refersTo === undefined ? [] : [referenceTo(w.refersTo.alert)],
    category: w.kind.category,
    event: w.kind.event,
    eventCode: w.kind.code,
    urgency: w.cancel === true ? 'Past' : w.hours <= 6 ? 'Immediate' : 'Expected',
    severity: SEVERITY[w.colour],
    certainty: w.hours <= 6 ? 'Observed' : 'Likely',
    responseType: responseOf(w.kind, w.colour, w.cancel === true),
    effective: time.iso(w.at),
    onset: time.iso(w.at),
    expires: time.iso(expiresAt),
    headline: `${exercise}${senderName}${verb}${w.kind.event}${w.colour}色预警`,
    description:
      w.cancel === true
        ? `${area}${w.kind.event}影响已减弱，解除${w.kind.event}${w.colour}色预警。`
        : exercise +
          w.kind.text
            .replace('{area}', area)
            .replace('{hours}', String(w.hours))
            .replace('{mm}', w.colour === '红' ? '100' : '50'),
    instruction: w.cancel === true ? '转入常态值守。' : '请相关部门和公众做好防范应对工作。',
    colour: w.colour,
    areas: areasOf(w.counties, w.polygons ?? true),
  };
}
