// Rows of five layers as signals: when, where, how grave, in which words.
import type { AlertSeverity } from '../../../contracts/records/alert-rule.ts';
import { alertSeverities } from '../../../contracts/records/alert-rule.ts';
import type { LayerTable } from '../../../contracts/table.ts';
import { positionsOf } from '../areas.ts';
import type { PlacesInText } from './places-in-text.ts';

/** Slugs of the layers whose rows are signals. */
export const signalLayers = ['emergency-call', 'ticket', 'opinion-post', 'alert', 'warning'] as const;

export interface Signal {
  readonly layer: string;
  readonly key: string;
  readonly at: number;
  readonly title: string;
  /** Degrees; null: nobody says where. */
  readonly place: { readonly lon: number; readonly lat: number } | null;
  /** The place comes out of the words. */
  readonly isPlaceRead: boolean;
  readonly names: readonly string[];
  readonly region: string;
  /**
   * Pairs of characters without the names of places; not of the class of a ticket, which is wide: two potholes of one class are
   * not one pothole.
   */
  readonly words: ReadonlySet<string>;
  readonly severity: AlertSeverity | null;
  /** Rule of an alert; '': no alert. */
  readonly rule: string;
  readonly isClosed: boolean;
  readonly synthetic: boolean;
  /** People hurt, killed or trapped that it tells of; null: it does not say. */
  readonly hurt: number | null;
}

/** Of a warning over a county the place says little: half of it would be near everything. */
const NO_PLACE = new Set(['warning']);
const CLOSED = new Set(['closed', 'answered', 'returned']);

export function signalOf(table: LayerTable, slot: number, places: PlacesInText): Signal {
  const text = (name: string): string => {
    const store = table.stores.columns.get(name);
    return store?.kind === 'text' || store?.kind === 'enum' ? (store.get(slot) ?? '') : '';
  };
  const { slug } = table.layer;
  const title = text('title');
  const region = table.regionAt(slot);
  const found = places.find(`${title} ${text('address')}`, region);
  const own = NO_PLACE.has(slug) ? null : (positionsOf(table)?.value(slot) ?? null);
  const at = own ?? (found.place ? ([found.place.lon, found.place.lat] as const) : null);
  const severity = text('severity');
  return {
    layer: slug,
    key: table.keyAt(slot),
    at: table.validAt[slot] as number,
    title,
    place: at && { lon: at[0], lat: at[1] },
    isPlaceRead: own === null && at !== null,
    names: found.names,
    region: region === '' ? (found.place?.countyCode ?? '') : region,
    words: wordsOf(`${title}${text('kind')}${text('event')}`, found.names),
    severity: isSeverity(severity) ? severity : null,
    rule: text('rule'),
    isClosed: CLOSED.has(text('status')),
    synthetic: table.syntheticAt(slot),
    hurt: hurtIn(title),
  };
}

const isSeverity = (text: string): text is AlertSeverity =>
  (alertSeverities as readonly string[]).includes(text);

/** Said in every second title: they bind nothing together. */
const COMMON = new Set(['附近', '发生', '反映', '群众', '请求', '有人', '广元', '元市', '现场', '正在']);

export function wordsOf(text: string, names: readonly string[]): ReadonlySet<string> {
  let rest = text;
  for (const name of names) rest = rest.replaceAll(name, ' ');
  const words = new Set<string>();
  for (const part of rest.match(/\p{Script=Han}+/gu) ?? []) {
    for (let at = 0; at + 2 <= part.length; at++) {
      const word = part.slice(at, at + 2);
      if (!COMMON.has(word)) words.add(word);
    }
  }
  return words;
}

/** A post above this praises: nothing in it has to be dealt with. */
const PRAISE_ABOVE = 0.1;

/** Whether a row tells of something that may have to be dealt with. */
export function isTelling(table: LayerTable, slot: number): boolean {
  const sentiment = table.stores.columns.get('sentiment');
  if (table.layer.slug !== 'opinion-post' || sentiment?.kind !== 'number') return true;
  return !((sentiment.value(slot) ?? 0) > PRAISE_ABOVE);
}

const DIGITS = '零一二三四五六七八九十';

/** "3人受伤", "两人被困", "无人员伤亡"; null: nothing is said. */
export function hurtIn(text: string): number | null {
  if (/(无|没有)人?员?(伤亡|受伤|被困)/.test(text)) return 0;
  const [, count = ''] =
    /([0-9]+|[一二两三四五六七八九十])[人名](?:受伤|死亡|遇难|被困|伤亡|失联)/.exec(text) ?? [];
  if (count === '') return null;
  return count === '两' ? 2 : /\d/.test(count) ? Number(count) : DIGITS.indexOf(count);
}
