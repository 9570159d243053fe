// Open 12345 tickets by category, the most first, with how many are overdue.
import type { ticket } from '../../../contracts/layers/ticket.ts';
import type { LayerTable } from '../../../contracts/table.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import type { Locale } from '../../stores/session.ts';
import type { RankRow } from '../../ui/rank-row.ts';

type Table = LayerTable<(typeof ticket)['columns']>;

export interface Words {
  readonly other: string;
  readonly overdue: string;
  readonly unit: string;
}

export interface CategorySources {
  readonly table: Table | null;
  readonly most: number;
  readonly now: number;
  readonly locale: Locale;
  readonly words: Words;
}

export interface Category {
  readonly name: string;
  readonly open: number;
  readonly overdue: number;
}

/** All categories with open tickets, the most first. */
export function countCategories(table: Table | null, now: number): readonly Category[] {
  const counts = new Map<string, { open: number; overdue: number }>();
  for (let slot = 0; slot < (table?.highWater ?? 0); slot++) {
    if (table?.alive[slot] !== 1 || table.column('status').get(slot) === 'closed') continue;
    const name = table.column('category').value(slot) ?? '';
    const count = counts.get(name) ?? { open: 0, overdue: 0 };
    count.open++;
    if ((table.column('deadlineAt').value(slot) ?? Infinity) < now) count.overdue++;
    counts.set(name, count);
  }
  return [...counts]
    .map(([name, count]) => ({ name, ...count }))
    .sort((a, b) => b.open - a.open || (a.name < b.name ? -1 : 1));
}

/** What does not fit, and what has no category, is one row at the end. */
export function categoryRows({ table, most, now, locale, words }: CategorySources): readonly RankRow[] {
  const all = countCategories(table, now);
  const named = all.filter(({ name }) => name !== '');
  const shown = named.length + (named.length < all.length ? 1 : 0) <= most ? named : named.slice(0, most - 1);
  const rest = all.filter((one) => !shown.includes(one));
  const joined = rest.reduce(
    (sum, { open, overdue }) => ({ ...sum, open: sum.open + open, overdue: sum.overdue + overdue }),
    { name: words.other, open: 0, overdue: 0 },
  );
  const largest = Math.max(1, ...shown.map(({ open }) => open), joined.open);
  return [...shown, ...(joined.open > 0 ? [joined] : [])].map(({ name, open, overdue }) => ({
    key: name,
    name,
    text: formatNumber(open, 1, locale),
    unit: words.unit,
    share: open / largest,
    level: null,
    note: overdue > 0 ? `${words.overdue} ${formatNumber(overdue, 1, locale)}` : undefined,
  }));
}
