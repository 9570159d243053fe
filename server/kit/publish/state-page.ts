// A page of a state: its wanted rows by key, so that rows that come and go between two pages move no others.
import { rowOf } from '../../../contracts/geojson.ts';
import type { LayerTable } from '../../../contracts/table.ts';
import type { PublishedView } from './published-row.ts';
import { publishedFeature } from './published-row.ts';
import type { IsWanted } from './selection.ts';

export interface StatePageAsk {
  readonly view: PublishedView;
  readonly isWanted: IsWanted;
  /** Key of the last row of the page before; null: the first page. */
  readonly after: string | null;
  readonly limit: number;
}

export interface StatePage {
  /** GeoJSON features with commas between them. */
  readonly text: string;
  readonly returned: number;
  /** All wanted rows, those of other pages too. */
  readonly matched: number;
  /** `after` of the next page; null: this is the last one. */
  readonly next: string | null;
}

/** `slots`: rows that may be wanted; absent: all live ones. */
export function pageOfState(table: LayerTable, ask: StatePageAsk, slots?: readonly number[]): StatePage {
  const { view, isWanted, after, limit } = ask;
  let matched = 0;
  const ahead: number[] = [];
  const look = (slot: number): void => {
    if (table.alive[slot] !== 1 || !isWanted(rowOf(table, slot))) return;
    matched += 1;
    if (after === null || table.keyAt(slot) > after) ahead.push(slot);
  };
  if (slots) slots.forEach(look);
  else for (let slot = 0; slot < table.highWater; slot += 1) look(slot);
  ahead.sort((a, b) => (table.keyAt(a) < table.keyAt(b) ? -1 : 1));
  const shown = ahead.slice(0, limit);
  const text = shown.map((slot) => JSON.stringify(publishedFeature(rowOf(table, slot), view))).join(',\n');
  const last = shown.at(-1);
  const next = ahead.length > shown.length && last !== undefined ? table.keyAt(last) : null;
  return { text, returned: shown.length, matched, next };
}
