// The traffic index with its word, and closures and accidents that are not over.
import type { Title } from '../../../contracts/column.ts';
import { title } from '../../../contracts/declare.ts';
import type { roadEvent } from '../../../contracts/layers/road-event.ts';
import type { LayerTable } from '../../../contracts/table.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import type { StateWord } from '../../i18n/words.ts';
import type { Reading } from '../../stores/indicators.ts';
import type { Locale } from '../../stores/session.ts';
import { signRow, type SignRow } from '../../stores/signs.ts';

export type RoadEventTable = LayerTable<(typeof roadEvent)['columns']>;

export const tpi = { slug: 'tpi', title: title('运行指数', 'Traffic index') };

/** Words of the traffic performance index, 0–10 in steps of two (DB11/T 785). */
const TPI_WORDS: readonly (readonly [below: number, word: Title])[] = [
  [2, title('畅通', 'Free')],
  [4, title('基本畅通', 'Mostly free')],
  [6, title('轻度拥堵', 'Light congestion')],
  [8, title('中度拥堵', 'Moderate congestion')],
];
const SEVERE = title('严重拥堵', 'Severe congestion');
export const tpiWord = (value: number): Title => TPI_WORDS.find(([below]) => value < below)?.[1] ?? SEVERE;

export interface TrafficModel {
  readonly index: SignRow;
  readonly indexWord: Title | null;
  /** 'off': nobody would tell us of a closure. */
  readonly contact: StateWord;
  readonly closures: string;
  readonly accidents: string;
  /** Keys of the newest of each, for selection; null where there is none. */
  readonly newest: { readonly closure: string | null; readonly accident: string | null };
}

export interface TrafficSources {
  readonly readings: ReadonlyMap<string, Reading>;
  readonly events: RoadEventTable | null;
  readonly contact: StateWord;
  /** The writer of the indicators does not answer. */
  readonly down: boolean;
  readonly now: number;
  readonly locale: Locale;
}

export function trafficModel(sources: TrafficSources): TrafficModel {
  const { readings, events, contact, down, now, locale } = sources;
  const index = signRow(tpi, { readings, trends: new Map(), waiting: false, down, now, locale });
  const value = readings.get(tpi.slug)?.value ?? null;
  const closures = openEvents(events, 'closure');
  const accidents = openEvents(events, 'accident');
  const count = (keys: readonly string[]): string => formatNumber(keys.length, 1, locale);
  return {
    index,
    indexWord: index.text === null || value === null ? null : tpiWord(value),
    contact,
    closures: count(closures),
    accidents: count(accidents),
    newest: { closure: closures[0] ?? null, accident: accidents[0] ?? null },
  };
}

/** Keys of events of a kind that are not over, newest first. */
export function openEvents(table: RoadEventTable | null, kind: 'closure' | 'accident'): readonly string[] {
  if (!table) return [];
  const slots = Array.from({ length: table.highWater }, (_, slot) => slot).filter(
    (slot) =>
      table.alive[slot] === 1 &&
      table.column('kind').get(slot) === kind &&
      table.column('status').get(slot) !== 'closed',
  );
  return slots
    .sort((a, b) => (table.validAt[b] ?? 0) - (table.validAt[a] ?? 0))
    .map((slot) => table.keyAt(slot));
}
