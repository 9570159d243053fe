// Feeds as people ask for them: those of one state, those that hold a text, in the order of any column.
import { stateWords, type StateWord } from '../../i18n/words.ts';
import { sortedBy, type SortBy } from '../../ui/sort.ts';
import type { FeedRow } from './feeds.ts';

export interface FeedFilter {
  /** null for all. */
  readonly state: StateWord | null;
  readonly text: string;
}

const ORDER = Object.keys(stateWords);
/** In the order of their systems, as the server lists them. */
export const asListed: SortBy = { by: '', descending: false };

/** `nameOf`: what people call a feed. */
export function arranged(
  rows: readonly FeedRow[],
  { state, text }: FeedFilter,
  { sort, nameOf }: { readonly sort: SortBy; readonly nameOf: (row: FeedRow) => string },
): FeedRow[] {
  const wanted = text.normalize('NFKC').trim().toLowerCase();
  const found = rows.filter(
    (row) =>
      (state === null || row.state === state) &&
      [nameOf(row), row.id, row.system, row.detail].some((part) => part.toLowerCase().includes(wanted)),
  );
  return sortedBy(found, sort, (row) => {
    switch (sort.by) {
      case 'feed':
        return nameOf(row);
      case 'state':
        return ORDER.indexOf(row.state);
      case 'period':
        return row.periodS;
      case 'last':
        return row.lastAt;
      case 'lag':
        return row.lagMs;
      case 'rate':
        return row.ratePerMin;
      case 'accepted':
        return row.accepted;
      case 'rejected':
        return row.rejected;
      case 'reason':
        return row.reason === 'none' ? null : row.reason;
      default:
        return 0;
    }
  });
}

/** How many feeds are in each state that any is in, in the order of the states. */
export function countStates(
  rows: readonly FeedRow[],
): readonly (readonly [state: StateWord, count: number])[] {
  return (ORDER as StateWord[]).flatMap((state): (readonly [StateWord, number])[] => {
    const count = rows.filter((row) => row.state === state).length;
    return count > 0 ? [[state, count]] : [];
  });
}
